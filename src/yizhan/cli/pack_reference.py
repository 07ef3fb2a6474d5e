"""``docs/reference/packs.md`` 键的索引, made from the kinds that rooms announce: what authors may write."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from yizhan.cases import sending, telling
from yizhan.cases.paper_data import PAPER_DATA
from yizhan.cli.places import CHECKOUT
from yizhan.feel.builtins.registry import FUNCTIONS
from yizhan.forms.formats import NAMES
from yizhan.forms.widgets import WIDGETS
from yizhan.registry.catalogue import CATALOGUE
from yizhan.releases import vocabulary
from yizhan.releases.kinds import Kind, house
from yizhan.releases.manifest import Manifest
from yizhan.releases.words import Basis, Text, fields_of

FILE = CHECKOUT / "docs/reference/packs.md"
_SHARED = (Text, Basis)
_PAGE = Path(__file__).with_suffix(".md")


def text() -> str:
    """The whole page."""
    shapes = [_shape_tables(_name("pack.yaml"), gathered(Manifest))]
    shapes += [_of_kind(kind) for kind in house.all() if kind.name != "form_schema" and kind.model]
    shapes.append(_shape_tables("Text, Basis", list(_SHARED)))
    parts = {
        "files": "\n".join(_file_row(kind) for kind in house.all()),
        "shapes": "\n".join(shapes),
        "facts": "\n".join(
            f"| `{one.key}` | {one.type} | {one.meaning.zh} | {one.meaning.en} |"
            for one in CATALOGUE.values()
        ),
        "widgets": "\n".join(
            f"| `{name}` | `{widget.wants.replace('|', chr(92) + '|')}` |" for name, widget in WIDGETS.items()
        ),
        "formats": _list(NAMES),
        "given": _list(sending.GIVEN),
        "to_roles": _list(telling.GIVEN),
        "of_a_card": _list(telling.OF_A_CARD - telling.GIVEN),
        "by_themselves": "\n".join(
            f"| `{template}` | {_list(given)} |"
            for template, given in sorted(sending.by_themselves().items())
        ),
        "paper_data": _list(PAPER_DATA),
        "functions": _list(FUNCTIONS),
    }
    page = _PAGE.read_text(encoding="utf-8")
    return re.sub(r"<<(\w+)>>", lambda place: parts[place[1]], page)


def shapes_of(kind: Kind) -> list[type[BaseModel]]:
    """The shapes of a kind, the outermost first; those that all kinds share are left out."""
    return gathered(kind.model)


def gathered(model: type[BaseModel] | None) -> list[type[BaseModel]]:
    """A shape and all that stand in it."""
    found: list[type[BaseModel]] = []
    _gather(model, found)
    return found


def _gather(annotation: Any, found: list[type[BaseModel]]) -> None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation in found or annotation in _SHARED:
            return
        found.append(annotation)
        for field in fields_of(annotation).values():
            _gather(field.annotation, found)
    for inner in get_args(annotation):
        _gather(inner, found)


def _file_row(kind: Kind) -> str:
    return f"| `{_name(kind)}` | {kind.purpose[0]} | {kind.purpose[1]} |"


def _name(kind: Kind | str) -> str:
    if isinstance(kind, str):
        return kind
    return f"{kind.folder}/*{kind.suffix}" if kind.folder else kind.suffix


def _of_kind(kind: Kind) -> str:
    return _shape_tables(_name(kind), shapes_of(kind))


def _shape_tables(title: str, shapes: list[type[BaseModel]]) -> str:
    tables = [line for shape in shapes for line in _table(shape)]
    return "\n".join([f"## `{title}`" if "." in title else f"## {title}", "", *tables])


def _table(shape: type[BaseModel]) -> Iterator[str]:
    yield f"### {shape.__name__}"
    yield ""
    yield "| key | type | zh | en |"
    yield "|---|---|---|---|"
    for name, field in fields_of(shape).items():
        key = field.alias or name
        word = vocabulary.word(shape, key) or Text(zh="—", en="—")
        yield f"| `{key}` | {_type(field)} | {word.zh} | {word.en} |"
    yield ""


def _type(field: FieldInfo) -> str:
    said = f"`{_said(field.annotation)}`"
    if field.is_required():
        return said
    default = field.get_default(call_default_factory=True, validated_data={})
    if default in (None, PydanticUndefined, "", [], {}):
        return f"{said} ?"
    if isinstance(default, BaseModel):
        written = {key: value for key, value in default.model_dump().items() if value is not None}
        return f"{said} ? ({', '.join(f'{key}: {_plain(value)}' for key, value in written.items() if value != {})})"
    return f"{said} ? ({_plain(default)})"


def _plain(value: object) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _said(annotation: Any) -> str:
    """A type in few signs."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _said(inner[0])
    if origin in (Union, types.UnionType):
        members = [_said(one) for one in inner if one is not type(None)]
        return " \\| ".join(dict.fromkeys(members))
    if origin is Literal:
        return " \\| ".join(str(one) for one in inner)
    if origin is list:
        return f"[{_said(inner[0])}]"
    if origin is dict:
        return f"{{key: {_said(inner[1])}}}"
    names = {str: "text", int: "whole number", bool: "true \\| false", Any: "any"}
    return names.get(annotation) or str(getattr(annotation, "__name__", annotation))


def _list(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))
