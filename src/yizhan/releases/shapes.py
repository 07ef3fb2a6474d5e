"""Finding one's way in the shapes of definitions: which keys a place may have.

A place may lie in a list, a dictionary of shapes, an optional shape, or a choice of shapes told apart by a key
such as ``kind``; then what was written there says which of them is meant.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from yizhan.releases.words import fields_of

Places = Sequence[int | str]


def keys_at(model: type[BaseModel], raw: Any, places: Places) -> set[str]:
    """The keys that the shape at a place knows, as authors write them."""
    found = models_at(model, raw, places)
    return {field.alias or name for shape in found for name, field in fields_of(shape).items()}


def tags_at(model: type[BaseModel], raw: Any, places: Places) -> list[str]:
    """What the key that tells the shapes of a place apart may say."""
    named = {
        str(value)
        for shape in models_at(model, raw, places)
        for field in fields_of(shape).values()
        if get_origin(field.annotation) is Literal and field.is_required()
        for value in get_args(field.annotation)[:1]
        if len(get_args(field.annotation)) == 1
    }
    return sorted(named)


def models_at(model: type[BaseModel], raw: Any, places: Places) -> list[type[BaseModel]]:
    """The shapes that may stand at a place; several only where nothing written tells which is meant."""
    kinds: list[Any] = [model]
    for part in places:
        kinds = [inner for kind in kinds for inner in _step(kind, raw, part)]
        raw = _written(raw, part)
    return [shape for kind in kinds for shape in _meant(list(_models(kind)), raw)]


def _step(kind: Any, raw: Any, part: int | str) -> Iterator[Any]:
    """What may stand one step further."""
    for shape in _meant(list(_models(kind)), raw):
        for name, field in fields_of(shape).items():
            if part == (field.alias or name):
                yield field.annotation
    for member in _members(kind):
        if get_origin(member) in (list, tuple) and isinstance(part, int):
            yield get_args(member)[0]
        elif get_origin(member) is dict:
            yield get_args(member)[1]


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    for member in _members(kind):
        if isinstance(member, type) and issubclass(member, BaseModel):
            yield member


def _members(kind: Any) -> Iterator[Any]:
    """A kind itself, or the members of a union."""
    if get_origin(kind) is Annotated:
        yield from _members(get_args(kind)[0])
    elif get_origin(kind) in (Union, types.UnionType):
        for member in get_args(kind):
            yield from _members(member)
    else:
        yield kind


def _meant(shapes: list[type[BaseModel]], raw: Any) -> list[type[BaseModel]]:
    """Of several shapes the one whose fixed words are written there."""
    if len(shapes) < 2 or not isinstance(raw, dict):
        return shapes
    fitting = [shape for shape in shapes if _fits(shape, raw)]
    return fitting or shapes


def _fits(shape: type[BaseModel], raw: dict[Any, Any]) -> bool:
    fixed = {
        field.alias or name: get_args(field.annotation)
        for name, field in fields_of(shape).items()
        if get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1
    }
    return bool(fixed) and all(raw.get(name) in words for name, words in fixed.items())


def _written(raw: Any, part: int | str) -> Any:
    if isinstance(raw, dict):
        return raw.get(part)
    if isinstance(raw, list) and isinstance(part, int) and part < len(raw):
        return raw[part]
    return None
