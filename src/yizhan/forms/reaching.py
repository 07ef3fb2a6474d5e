"""Whether what the schema demands is always asked 必填可达. Else nobody could finish the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yizhan.forms.schema import Outline
from yizhan.forms.sheet import FieldSheet


@dataclass(frozen=True)
class Asked:
    """A question as it is written: its path, its place in the file, and all conditions of its being asked."""

    path: str
    place: str
    sheet: FieldSheet
    conditions: frozenset[str]


def unreachable(asked: Mapping[str, Asked], outline: Outline) -> Iterator[Asked]:
    """Questions that the schema demands with the object around them, and that may be hidden all the same."""
    for path, question in asked.items():
        spot = outline.spots.get(path)
        if spot and spot.required and not question.conditions <= _shared_conditions(path, asked, outline):
            yield question


def _shared_conditions(path: str, asked: Mapping[str, Asked], outline: Outline) -> frozenset[str]:
    """The conditions without which the object around a path is not there: its questions all have them."""
    around = path.rpartition(".")[0]
    if not around or around.endswith("[]") or _is_always_there(around, outline):
        return frozenset()
    inside = [other.conditions for name, other in asked.items() if name.startswith(f"{around}.")]
    return frozenset[str].intersection(*inside)


def _is_always_there(path: str, outline: Outline) -> bool:
    while path and not path.endswith("[]"):
        if not outline.objects.get(path, False):
            return False
        path = path.rpartition(".")[0]
    return True
