"""Seals as shapes 印章图形: a ring, a star, the unit's name on the arc, a row for special seals, the number below.

Drawn once when a seal is made, from the outlines of a font, and kept with the seal: the same shapes are ink in a file
(:mod:`yizhan.seals.ink`) and a picture on a page. Measures follow the State Council's rules on seals of organs
(国发〔1999〕25号: those of county governments and their departments are round, 4.2 cm, with a star) and stand in
millimetres, the origin in the middle of the seal, y upwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from yizhan.seals.faults import Refused
from yizhan.seals.glyphs import Glyphs
from yizhan.seals.shapes import DIAMETER, Shape

RING = 1.2
_STAR = 7.0  # from the middle to a tip
_LONGEST_NAME = 24
_ROOM = DIAMETER / 2 - RING
_SPAN, _SPAN_SPECIAL = 280, 232  # degrees of the arc that the longest names fill


class NameTooLong(Refused):
    """More characters than can be read on an arc."""

    about = "name"

    def __init__(self) -> None:
        super().__init__(_("印章上的单位名称最多 %(n)s 个字，请使用规范简称") % {"n": _LONGEST_NAME})


@dataclass(frozen=True)
class Lettering:
    """How characters stand: ``height`` and ``width`` of one in mm, and how far its middle is from the seal's."""

    height: float
    width: float
    radius: float


def round_seal(name: str, *, inscription: str = "", number: str = "", faces: Sequence[Path]) -> Shape:
    """A round seal with a star.

    Args:
        name: of the unit, on the upper arc from left to right.
        inscription: of a special seal, in a row below the star.
        number: along the lower edge.
        faces: the files of the face that seals are cut in; the first that has a character draws it.

    Raises:
        NoGlyph, NameTooLong: see there.
    """
    if len(name) > _LONGEST_NAME:
        raise NameTooLong
    glyphs = Glyphs(faces)
    shape = [*_ring(), *_star(_STAR, raised=1.2 if inscription else 0.0)]
    shape += _on_arc(
        glyphs, name, _lettering(len(name), special=bool(inscription)), special=bool(inscription)
    )
    shape += _in_row(glyphs, inscription)
    shape += _below(glyphs, number)
    return shape


def signature(name: str, *, faces: Sequence[Path]) -> Shape:
    """A signature stamp 签名章: the name in a frame, 40 by 18 mm at most."""
    glyphs = Glyphs(faces)
    height, width = 11.0, min(11.0, 36.0 / max(len(name), 1))
    right, top = len(name) * width / 2 + 2, height / 2 + 2.5
    shape = [*_frame(right, top), *_frame(right - 0.7, top - 0.7, inner=True)]
    for place, character in enumerate(name):
        x = (place - (len(name) - 1) / 2) * width
        shape += glyphs.placed(character, x, 0, width=width * 0.92, height=height * 0.95, turned=0)
    return shape


def _lettering(characters: int, *, special: bool) -> Lettering:
    """Long names are narrower and smaller, so that the arc never closes."""
    height = 6.4 if characters <= 12 else 5.6 if characters <= 17 else 4.8
    radius = _ROOM - 0.9 - height / 2
    span = math.radians(_SPAN_SPECIAL if special else _SPAN)
    room = span * radius / max(characters, 1)
    return Lettering(height, min(height * 0.74, room * 0.88), radius)


def _on_arc(glyphs: Glyphs, name: str, how: Lettering, *, special: bool) -> Shape:
    """Spread over an arc that grows with the name, its middle at the top."""
    widest = math.radians(_SPAN_SPECIAL if special else _SPAN)
    step = min(widest / max(len(name), 1), math.radians(34), 1.75 * how.width / how.radius + 0.05)
    shape: Shape = []
    for place, character in enumerate(name):
        angle = (place - (len(name) - 1) / 2) * step
        x, y = how.radius * math.sin(angle), how.radius * math.cos(angle)
        shape += glyphs.placed(character, x, y, width=how.width, height=how.height, turned=-angle)
    return shape


def _in_row(glyphs: Glyphs, words: str) -> Shape:
    """The words of a special seal, below the star and never wider than the ring leaves room there."""
    height, y = 4.2, -10.2
    room = 2 * math.sqrt((_ROOM - 1.2) ** 2 - (y - height / 2) ** 2)
    width = min(3.6, room / max(len(words), 1))
    shape: Shape = []
    for place, character in enumerate(words):
        x = (place - (len(words) - 1) / 2) * width
        shape += glyphs.placed(character, x, y, width=width * 0.88, height=height, turned=0)
    return shape


def _below(glyphs: Glyphs, number: str) -> Shape:
    """The number along the lower edge, read from left to right, its feet to the ring."""
    height, radius = 1.7, _ROOM - 1.7
    step = 1.55 / radius
    shape: Shape = []
    for place, character in enumerate(number):
        angle = (place - (len(number) - 1) / 2) * step
        x, y = radius * math.sin(angle), -radius * math.cos(angle)
        shape += glyphs.placed(character, x, y, width=1.15, height=height, turned=angle)
    return shape


def _ring() -> Shape:
    outer = DIAMETER / 2
    return [*_circle(outer, clockwise=False), *_circle(outer - RING, clockwise=True)]


def _circle(radius: float, *, clockwise: bool) -> Shape:
    """Four curves; the inner circle runs the other way round, so that the ring stays hollow."""
    k = radius * 4 / 3 * (math.sqrt(2) - 1)
    turn = -1 if clockwise else 1
    shape: Shape = [["M", radius, 0.0]]
    x, y = radius, 0.0
    for _quarter in range(4):
        to_x, to_y = -turn * y, turn * x
        shape.append(["C", x - turn * y * k / radius, y + turn * x * k / radius,
                      to_x + turn * to_y * k / radius, to_y - turn * to_x * k / radius, to_x, to_y])  # fmt: skip
        x, y = to_x, to_y
    return [*shape, ["Z"]]


def _star(size: float, *, raised: float) -> Shape:
    """Five tips, one upwards; the inner corners lie where the lines from tip to tip cross."""
    inner = size * math.sin(math.radians(18)) / math.sin(math.radians(54))
    corners = []
    for corner in range(10):
        angle = math.radians(90 - 36 * corner)
        radius = inner if corner % 2 else size
        corners.append((radius * math.cos(angle), radius * math.sin(angle) + raised))
    return [["M", *corners[0]], *(["L", *corner] for corner in corners[1:]), ["Z"]]


def _frame(right: float, top: float, *, inner: bool = False) -> Shape:
    corners = [(right, top), (-right, top), (-right, -top), (right, -top)]
    if inner:
        corners.reverse()
    return [["M", *corners[0]], *(["L", *corner] for corner in corners[1:]), ["Z"]]
