"""What is drawn of each node 图元: its shape, its words and the room they take; before anything has a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from yizhan.workflow.pictures import words
from yizhan.workflow.pictures.lettering import pixels, wrapped
from yizhan.workflow.pictures.plan import Size
from yizhan.workflow.pictures.rows import NOBODY, Rows, rows_of
from yizhan.workflow.pictures.states import Participant
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.nodes import (
    AnyNode,
    Automatic,
    Body,
    Decide,
    Each,
    End,
    Gateway,
    Start,
    Wait,
)

Shape: TypeAlias = Literal["box", "pill", "hexagon", "diamond", "dot", "body", "column"]
Icon: TypeAlias = Literal["", "gear", "clock", "envelope", "bolt", "stop", "plus", "circle", "cross"]

LINE, SMALL_LINE = 18, 16
NARROW, WIDE, MOST_LINES = 16, 22, 6
USUAL = Size(136, 52)
LETTER = 7  # pixels of half a Chinese character of 14 px
SMALL = 13
FOOT = 8
_ENDS: Mapping[str, Icon] = {"way": "", "all": "stop", "error": "bolt"}
MOST_ON_A_LINE, LABEL = 5, 18


@dataclass(frozen=True)
class Figure:
    """One node as it is drawn.

    Attributes:
        lines: its title, within it or, where there is no room within, ``beside`` it.
        icon: a small drawing that tells its sort.
        note: a smaller line below its title.
        rows: who takes part.
        foot: room below its words, where signs stand on its edge.
    """

    shape: Shape
    size: Size
    lines: tuple[str, ...] = ()
    beside: int = 0
    icon: Icon = ""
    note: str = ""
    rows: Rows = NOBODY
    foot: int = 0

    @property
    def pointed(self) -> bool:
        """Whether lines meet it in the middle only."""
        return self.shape in {"diamond", "dot"}


def figure(graph: Graph, node: AnyNode, taking_part: tuple[Participant, ...], width: int) -> Figure:
    """How a node is drawn; ``width``: that of a body, as far as it is known."""
    found = _figure(graph, node, taking_part, width)
    if isinstance(node, Body) or not graph.boundaries(node.key):
        return found
    width, height = found.size
    return replace(found, size=Size(width, height + FOOT), foot=FOOT)


def _figure(graph: Graph, node: AnyNode, taking_part: tuple[Participant, ...], width: int) -> Figure:
    text = words.title(graph, node)
    if isinstance(node, Body):
        return _body(node.each, text, taking_part, width)
    if isinstance(node, Start):
        return _start(node, text)
    if isinstance(node, Gateway):
        return _diamond(words.beside(graph, node), "plus" if node.kind == "parallel" else "circle")
    if isinstance(node, Decide):
        beside = words.beside(graph, node)
        return _diamond(beside, "cross") if node.table is None else _titled("hexagon", text)
    if isinstance(node, End):
        return _titled("pill", text, _ENDS[node.kind], least=Size(104, 38))
    each = graph.each(node.key)
    if each is not None:
        return _several(each, text, taking_part)
    if isinstance(node, Wait):
        timed = node.limit is not None or not node.answers
        return _titled("pill", text, "clock" if timed else "envelope")
    working = isinstance(node, Automatic) and (node.does is not None or node.waits)
    posting = isinstance(node, Automatic) and bool(node.sends)
    return _titled("box", text, "gear" if working else "envelope" if posting else "")


def column(title: str, width: int) -> Figure:
    """One of several branches side by side, under its title."""
    lines = tuple(wrapped(title, max((width - 20) // LETTER, NARROW), MOST_LINES)) if title else ()
    return Figure("column", Size(120, 12 + LINE * len(lines) + 8), lines)


def dot() -> Figure:
    """Where a branch begins."""
    return Figure("dot", Size(12, 12))


def label(texts: Sequence[str]) -> tuple[tuple[str, ...], Size]:
    """The words of the ways that share a line, and the room they take."""
    lines: list[str] = []
    for number, text in enumerate(texts):
        own = wrapped(text, LABEL, 3)
        between = " /" if number < len(texts) - 1 else ""
        lines += [*own[:-1], own[-1] + between]
    if len(lines) > MOST_ON_A_LINE:
        lines = [*lines[: MOST_ON_A_LINE - 1], "…"]
    width = max(pixels(line, SMALL) for line in lines) + 10
    return tuple(lines), Size(width + width % 2, SMALL_LINE * len(lines) + 4)


def _titled(shape: Shape, text: str, icon: Icon = "", least: Size = USUAL) -> Figure:
    aside = 20 if icon else 0
    width, room = least.w + aside, NARROW
    lines = wrapped(text, room, MOST_LINES)
    if len(lines) > 3:
        width, room = 184 + aside, WIDE
        lines = wrapped(text, room, MOST_LINES)
    width = max(width, max(map(pixels, lines)) + 22 + aside)
    if shape == "hexagon":
        width += 16
    return Figure(shape, Size(width, max(least.h, 16 + LINE * len(lines))), tuple(lines), icon=icon)


def _diamond(text: str, icon: Icon) -> Figure:
    lines = wrapped(text, NARROW, 4) if text else []
    if len(lines) > 2:
        return _titled("hexagon", text, icon)
    beside = max((pixels(line, SMALL) for line in lines), default=0)
    return Figure("diamond", Size(40, 40), tuple(lines), beside=beside + 8 if beside else 0, icon=icon)


def _start(node: Start, text: str) -> Figure:
    if node.within:
        return dot()
    return _titled("pill", text, "envelope" if node.message else "", least=Size(96, 36))


def _several(each: Each, text: str, taking_part: tuple[Participant, ...]) -> Figure:
    rows = rows_of(taking_part, 0)
    width = max(184, rows.width + 24)
    lines = wrapped(text, (width - 24) // LETTER, MOST_LINES)
    height = 18 + LINE * len(lines) + SMALL_LINE + rows.height
    note = words.several(each, len(taking_part))
    return Figure("box", Size(width, max(height, USUAL.h)), tuple(lines), note=note, rows=rows)


def _body(each: Each | None, text: str, taking_part: tuple[Participant, ...], width: int) -> Figure:
    rows = rows_of(taking_part, width - 24)
    least = max(176, rows.width + 24)
    lines = wrapped(text, (max(width, least) - 28) // LETTER, MOST_LINES)
    height = 18 + LINE * len(lines) + (SMALL_LINE if each else 0) + rows.height
    note = words.several(each, len(taking_part)) if each else ""
    return Figure("body", Size(least, height), tuple(lines), note=note, rows=rows)
