"""The schema 数据结构, ``forms/<key>.schema.json``: plain JSON Schema 2020-12, a closed set of its keywords.

Closed, because JSON Schema takes an unknown keyword in silence: ``requierd`` would demand nothing. References
stay inside the file and never turn in a circle. Patterns run in an engine that is linear in the length of the
input (the Rust ``regex`` crate); what it cannot run, look-around and back-references, is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs
from django.utils.translation import gettext as _
from pydantic import ConfigDict, RootModel

from yizhan.forms import formats
from yizhan.releases.faults import did_you_mean

DEEPEST = 8
DIALECT = "https://json-schema.org/draft/2020-12/schema"
LINEAR = jsonschema_rs.RegexOptions()

_ONE = {"items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"}
_MANY = {"allOf", "anyOf", "oneOf"}
_NAMED = {"properties", "$defs"}
_PLAIN = {
    *("$schema", "$id", "$ref", "$comment", "title", "description", "examples", "default", "deprecated"),
    *("type", "enum", "const", "format", "pattern", "required", "dependentRequired"),
    *("minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "minContains", "maxContains"),
}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
KEYWORDS = _ONE | _MANY | _NAMED | _PLAIN


class SchemaFile(RootModel[dict[str, Any]]):
    """A schema as it is written; what it must be is looked at by :func:`faults`."""

    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a schema, at a place such as ``properties.name.minLength``."""

    path: str
    message: str
    suggestion: str = ""


@dataclass(frozen=True)
class Spot:
    """A place that can hold an answer: a plain value, a list of them, or a list of rows.

    Attributes:
        path: ``agent.name``; inside rows ``members[].name``.
        schema: the schema of the value, references followed.
        required: whether the object around it demands it.
    """

    path: str
    schema: Mapping[str, Any]
    required: bool


@dataclass
class Outline:
    """All places of a schema, and the objects around them with whether each is demanded."""

    spots: dict[str, Spot] = field(default_factory=dict)
    objects: dict[str, bool] = field(default_factory=dict)


def outline(root: Mapping[str, Any]) -> Outline:
    """The places that a schema offers for answers."""
    found = Outline()
    _outline(root, root, "", found, 0)
    return found


def _outline(here: Mapping[str, Any], root: Mapping[str, Any], path: str, found: Outline, depth: int) -> None:
    demanded = here.get("required", [])
    for name, written in here.get("properties", {}).items():
        inner = resolved(written, root)
        place = f"{path}.{name}" if path else name
        if inner.get("type") == "object" and depth < DEEPEST:
            found.objects[place] = name in demanded
            _outline(inner, root, place, found, depth + 1)
            continue
        found.spots[place] = Spot(place, inner, name in demanded)
        items = resolved(inner.get("items", {}), root)
        if inner.get("type") == "array" and items.get("type") == "object" and depth < DEEPEST:
            _outline(items, root, f"{place}[]", found, depth + 1)


def resolved(schema: Any, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema with its ``$ref`` into ``$defs`` followed; words beside the reference win."""
    for _step in range(DEEPEST):
        if not isinstance(schema, Mapping):
            return {}
        target = _target(schema.get("$ref"), root)
        if target is None:
            return schema
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return {}


def _target(reference: object, root: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if not isinstance(reference, str) or not reference.startswith("#/$defs/"):
        return None
    target = root.get("$defs", {}).get(reference.removeprefix("#/$defs/"))
    return target if isinstance(target, Mapping) else None


def validator(schema: Mapping[str, Any]) -> jsonschema_rs.Validator:
    """The compiled schema: offline, linear patterns, the formats of the house.

    Raises:
        ValueError: the schema is none, or has a pattern that cannot run in linear time.
    """
    return jsonschema_rs.Draft202012Validator(
        dict(schema),
        formats=formats.tests(),
        validate_formats=True,
        ignore_unknown_formats=False,
        pattern_options=LINEAR,
        offline=True,
    )


def faults(root: Mapping[str, Any]) -> Iterator[Wrong]:
    """Everything that is wrong with a schema, as far as it can be seen at once."""
    found = list(_walk(root, "", 0))
    found += _circles(root)
    if not found:
        found += _against_the_standard(root)
    if root.get("type") != "object":
        found.append(Wrong("type", _("表单的 schema 须以 type: object 开头")))
    if not found:
        try:
            validator(root)
        except ValueError as fault:
            found.append(Wrong("", _("schema 无法使用：%(why)s") % {"why": str(fault).splitlines()[0]}))
    yield from found


def _walk(here: Any, path: str, depth: int) -> Iterator[Wrong]:
    if isinstance(here, bool):
        return
    if not isinstance(here, Mapping):
        yield Wrong(path, _("这里应为一个 schema（键值对）"))
        return
    if depth > 4 * DEEPEST:
        yield Wrong(path, _("schema 嵌套过深"))
        return
    for keyword, value in here.items():
        place = f"{path}.{keyword}" if path else keyword
        yield from _keyword(keyword, value, place)
        for name, inner in _inside(keyword, value):
            yield from _walk(inner, f"{place}{name}", depth + 1)
    yield from _open_object(here, path)


def _inside(keyword: str, value: Any) -> list[tuple[str, Any]]:
    """The schemas that stand under a keyword, each with the rest of its place."""
    if keyword in _ONE:
        return [("", value)]
    if keyword in _MANY and isinstance(value, list):
        return [(f"[{number}]", inner) for number, inner in enumerate(value)]
    if keyword in _NAMED and isinstance(value, Mapping):
        return [(f".{name}", inner) for name, inner in value.items()]
    return []


def _keyword(keyword: str, value: Any, place: str) -> Iterator[Wrong]:
    if keyword not in KEYWORDS:
        yield Wrong(place, _("不认识的关键字"), did_you_mean(keyword, KEYWORDS))
    elif keyword == "properties" and isinstance(value, Mapping):
        for name in (name for name in value if not _NAME.fullmatch(name)):
            yield Wrong(f"{place}.{name}", _("键名须以小写字母开头，只用小写字母、数字和下划线"))
    elif keyword == "pattern":
        yield from _pattern(value, place)
    elif keyword == "format" and value not in formats.NAMES:
        yield Wrong(
            place, _("不认识的格式“%(name)s”") % {"name": value}, did_you_mean(str(value), formats.NAMES)
        )
    elif keyword == "$ref" and not str(value).startswith("#/$defs/"):
        yield Wrong(place, _("只能引用本文件内的 #/$defs/…"))
    elif keyword == "$schema" and value != DIALECT:
        yield Wrong(place, _("只支持 JSON Schema 2020-12"), DIALECT)


def _pattern(value: Any, place: str) -> Iterator[Wrong]:
    try:
        jsonschema_rs.Draft202012Validator({"pattern": value}, pattern_options=LINEAR, offline=True)
    except ValueError:
        yield Wrong(
            place,
            _("正则表达式“%(pattern)s”无法在线性时间内执行") % {"pattern": value},
            _("不能使用前后查找（?=、?<）和反向引用（\\1），也不能写得过大"),
        )


def _open_object(here: Mapping[str, Any], path: str) -> Iterator[Wrong]:
    if here.get("type") == "object" and here.get("additionalProperties") is not False:
        place = f"{path}.additionalProperties" if path else "additionalProperties"
        yield Wrong(place, _("对象须写明 additionalProperties: false，不收表单以外的内容"))


def _circles(root: Mapping[str, Any]) -> Iterator[Wrong]:
    known = root.get("$defs", {})
    uses = (
        {name: set(_references(inner)) for name, inner in known.items()} if isinstance(known, Mapping) else {}
    )
    for target in sorted(set(_references(root)) - uses.keys()):
        place = f"$ref #/$defs/{target}"
        yield Wrong("$defs", _("引用 %(ref)s 找不到") % {"ref": place}, did_you_mean(target, uses))
    for name, used in uses.items():
        reached, waiting = set[str](), set(used)
        while waiting:
            step = waiting.pop()
            reached.add(step)
            waiting |= uses.get(step, set()) - reached
        if name in reached:
            yield Wrong(f"$defs.{name}", _("引用绕成了圈"))


def _references(here: Any) -> Iterator[str]:
    if isinstance(here, Mapping):
        reference = here.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/$defs/"):
            yield reference.removeprefix("#/$defs/")
        for value in here.values():
            yield from _references(value)
    elif isinstance(here, list):
        for value in here:
            yield from _references(value)


def _against_the_standard(root: Mapping[str, Any]) -> list[Wrong]:
    seen: dict[str, Wrong] = {}
    for error in _STANDARD.iter_errors(dict(root)):
        place = ".".join(str(part) for part in error.instance_path)
        seen.setdefault(
            place, Wrong(place, _("不符合 JSON Schema 2020-12：%(why)s") % {"why": error.message})
        )
    return list(seen.values())


_STANDARD = jsonschema_rs.Draft202012Validator({"$ref": DIALECT}, offline=True)
