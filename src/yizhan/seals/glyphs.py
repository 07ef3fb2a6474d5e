"""Outlines of characters 字形轮廓, each put in a place of its own; the one place that reads a font for seals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
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
        name, glyphs = self._found(character)
        left, low, right, high = _bounds(glyphs, name)
        em = Transform().translate(x, y).rotate(turned).scale(width / (right - left), height / (high - low))
        em = em.translate(-(left + right) / 2, -(low + high) / 2)
        pen = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(TransformPen(pen, em))
        return list(_steps(pen.value))

    def _found(self, character: str) -> tuple[str, Mapping[str, Any]]:
        for face in self._faces:
            known, glyphs = _opened(face)
            if name := known.get(ord(character)):
                return name, glyphs
        raise NoGlyph(character)


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


def _steps(drawn: Iterable[tuple[str, tuple[Any, ...]]]) -> Iterable[list[Any]]:
    """What a pen recorded as path steps; quadratic curves become cubic ones."""
    at = (0.0, 0.0)
    for verb, points in drawn:
        if verb in ("closePath", "endPath"):
            yield ["Z"]
            continue
        if verb == "qCurveTo":
            for control, end in _quadratics(points):
                yield ["C", *_rounded((*_third(at, control), *_third(end, control), *end))]
                at = end
            continue
        letter = {"moveTo": "M", "lineTo": "L", "curveTo": "C"}[verb]
        yield [letter, *_rounded(value for point in points for value in point)]
        at = points[-1]


def _rounded(values: Iterable[float]) -> list[float]:
    """Thousandths of a millimetre are finer than any printer."""
    return [round(value, 3) for value in values]


def _quadratics(points: tuple[tuple[float, float], ...]) -> Iterable[tuple[Any, Any]]:
    """TrueType leaves out the points on the curve that lie half-way between two controls."""
    controls, end = points[:-1], points[-1]
    for place, control in enumerate(controls):
        if place == len(controls) - 1:
            yield control, end
        else:
            after = controls[place + 1]
            yield control, ((control[0] + after[0]) / 2, (control[1] + after[1]) / 2)


def _third(end: tuple[float, float], control: tuple[float, float]) -> tuple[float, float]:
    return end[0] + 2 / 3 * (control[0] - end[0]), end[1] + 2 / 3 * (control[1] - end[1])


@lru_cache(maxsize=4)
def _opened(face: Path) -> tuple[Mapping[int, str], Mapping[str, Any]]:
    opened = TTFont(face, lazy=True)
    return opened.getBestCmap(), opened.getGlyphSet()
