"""What pydantic found wrong, in words for people who write packs."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from yizhan.releases.faults import Fault, did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from yizhan.releases.pack import Source


def faults_of(error: ValidationError, source: Source, model: type[BaseModel]) -> Iterator[Fault]:
    """Every problem of a definition, each at its place and with a suggestion where one is near."""
    for detail in error.errors(include_url=False):
        places = [part for part in detail["loc"] if not _is_choice_label(part, source.raw, detail["loc"])]
        yield source.fault(_path(places), _words(detail), suggestion=_suggestion(detail, places, model))


def _path(places: list[int | str]) -> str:
    path = ""
    for part in places:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _is_choice_label(part: int | str, raw: Any, places: tuple[int | str, ...]) -> bool:
    """Pydantic puts the name of a union's member into the place; people know no such key."""
    here: Any = raw
    for step in places:
        is_known = (
            isinstance(step, int) if isinstance(here, list) else isinstance(here, dict) and step in here
        )
        if step is part:
            return isinstance(part, str) and not is_known and part is not places[-1]
        if is_known:
            here = here[step]
    return False


def _words(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    given = detail["input"]
    if kind == "extra_forbidden":
        return _("不认识的键")
    if kind == "missing":
        return _("缺少必填项")
    if kind == "value_error":
        return str(context.get("error", detail["msg"]))
    if kind in {"literal_error", "enum", "union_tag_invalid"}:
        expected = context.get("expected") or context.get("expected_tags", "")
        return _("“%(given)s”不在可选范围：%(expected)s") % {"given": _short(given), "expected": expected}
    if kind == "string_pattern_mismatch":
        return _("“%(given)s”的写法不合要求（%(pattern)s）") % {
            "given": _short(given),
            "pattern": context.get("pattern", ""),
        }
    wanted = _WANTED.get(kind)
    if wanted:
        return _("应为%(wanted)s，实为“%(given)s”") % {"wanted": wanted(), "given": _short(given)}
    return _("“%(given)s”不合要求：%(why)s") % {"given": _short(given), "why": detail["msg"]}


_WANTED = {
    "string_type": lambda: _("文字"),
    "int_type": lambda: _("整数"),
    "int_parsing": lambda: _("整数"),
    "int_from_float": lambda: _("整数"),
    "float_type": lambda: _("数字"),
    "float_parsing": lambda: _("数字"),
    "decimal_parsing": lambda: _("数字"),
    "bool_type": lambda: _("true 或 false"),
    "bool_parsing": lambda: _("true 或 false"),
    "list_type": lambda: _("列表"),
    "tuple_type": lambda: _("列表"),
    "dict_type": lambda: _("键值对"),
    "model_type": lambda: _("键值对"),
    "model_attributes_type": lambda: _("键值对"),
    "date_type": lambda: _("日期（2026-11-20）"),
    "date_from_datetime_parsing": lambda: _("日期（2026-11-20）"),
}


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _suggestion(detail: ErrorDetails, places: list[int | str], model: type[BaseModel]) -> str:
    if detail["type"] != "extra_forbidden" or not places:
        return ""
    holder = _model_at(model, places[:-1])
    return did_you_mean(str(places[-1]), holder.model_fields) if holder else ""


def _model_at(model: type[BaseModel], places: list[int | str]) -> type[BaseModel] | None:
    """The model that describes a place, where the path down to it is plain."""
    here: type[BaseModel] | None = model
    kind: Any = model
    for part in places:
        if here is not None and isinstance(part, str) and part in here.model_fields:
            kind = here.model_fields[part].annotation
        else:
            inner = [a for a in get_args(kind) if a is not type(None)]
            kind = inner[-1] if inner else None
        kind = _without_none(kind)
        here = kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    return here


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        members = [a for a in get_args(kind) if a is not type(None)]
        return members[0] if len(members) == 1 else kind
    return kind
