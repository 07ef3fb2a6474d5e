"""Outlines of characters 字形轮廓, each put in a place of its own; the one place that reads a font for seals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from yizhan.seals.faults import Refused
from yizhan.seals.shapes import Shape


class NoGlyph(Refused):
    """The font of seals has no such character; the seal is not made."""

    about = "name"

    def __init__(self, character: str) -> None:
        super().__init__(_("印章字体中没有“%(character)s”字，印章没有制成") % {"character": character})


class Glyphs:
    """Outlines of a face, each put in a place of its own."""

    def __init__(self, faces: Sequence[Path]) -> None:
        self._faces = faces

    def placed(
        self, character: str, x: float, y: float, *, width: float, height: float, turned: float
    ) -> Shape:
        """The character in a box of this width and height around a point, turned by an angle in radians.

        Raises:
            NoGlyph: see there.
        """
        outline = self._found(character)
        left, low, right, high = outline.box
        em = Transform().translate(x, y).rotate(turned).scale(width / (right - left), height / (high - low))
        em = em.translate(-(left + right) / 2, -(low + high) / 2)
        return list(_steps(outline.drawn, em))

    def _found(self, character: str) -> _Outline:
        for face in self._faces:
            if outline := _outline(face, character):
                return outline
        raise NoGlyph(character)


@dataclass(frozen=True)
class _Outline:
    """A character as a face has it, in the units of the face.

    Attributes:
        box: what it fills, left, low, right and high.
        drawn: what a pen recorded.
    """

    box: tuple[float, float, float, float]
    drawn: list[tuple[str, tuple[Any, ...]]]


@lru_cache(maxsize=512)  # districts and bureaus are called by few characters, and their numbers by ten
def _outline(face: Path, character: str) -> _Outline | None:
    known, glyphs = _opened(face)
    name = known.get(ord(character))
    if name is None:
        return None
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return _Outline(_bounds(glyphs, name), pen.value)


def _bounds(glyphs: Mapping[str, Any], name: str) -> tuple[float, float, float, float]:
    """What a character fills: the whole box of ink, so that all characters of a seal are of one size.

    A stroke such as 一 would be blown up; it keeps the box that characters have.
    """
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    left, low, right, high = pen.bounds or (0, -120, 1000, 880)
    wide, tall = max(right - left, 620.0), max(high - low, 620.0)
    if glyphs[name].width < 700:  # a digit
        wide, tall = right - left, high - low
        wide = max(wide, 0.6 * tall)
    middle, centre = (left + right) / 2, (low + high) / 2
    return middle - wide / 2, centre - tall / 2, middle + wide / 2, centre + tall / 2


def _steps(drawn: Iterable[tuple[str, tuple[Any, ...]]], moved: Transform) -> Iterable[list[Any]]:
    """What a pen recorded as path steps, moved to their place; quadratic curves become cubic ones."""
    at = (0.0, 0.0)
    for verb, recorded in drawn:
        points = moved.transformPoints(recorded)
        if verb in ("closePath", "endPath"):
            yield ["Z"]
            continue
        if verb == "qCurveTo":
            for (x, y), end in _quadratics(points):
                yield ["C", *_rounded((
                    at[0] + 2 / 3 * (x - at[0]), at[1] + 2 / 3 * (y - at[1]),
                    end[0] + 2 / 3 * (x - end[0]), end[1] + 2 / 3 * (y - end[1]), *end,
                ))]  # fmt: skip
                at = end
            continue
        letter = {"moveTo": "M", "lineTo": "L", "curveTo": "C"}[verb]
        yield [letter, *_rounded(value for point in points for value in point)]
        at = points[-1]


def _rounded(values: Iterable[float]) -> list[float]:
    """Thousandths of a millimetre are finer than any printer."""
    return [round(value, 3) for value in values]


def _quadratics(points: Sequence[tuple[float, float]]) -> Iterable[tuple[Any, Any]]:
    """TrueType leaves out the points on the curve that lie half-way between two controls."""
    controls, end = points[:-1], points[-1]
    for place, control in enumerate(controls):
        if place == len(controls) - 1:
            yield control, end
        else:
            after = controls[place + 1]
            yield control, ((control[0] + after[0]) / 2, (control[1] + after[1]) / 2)


@lru_cache(maxsize=4)
def _opened(face: Path) -> tuple[Mapping[int, str], Mapping[str, Any]]:
    opened = TTFont(face, lazy=True)
    return opened.getBestCmap(), opened.getGlyphSet()
