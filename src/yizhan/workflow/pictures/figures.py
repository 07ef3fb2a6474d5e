"""What is drawn of each node 图元: its shape, its words and the room they take; before anything has a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from yizhan.workflow.pictures import words
from yizhan.workflow.pictures.lettering import cut, units, wrapped
from yizhan.workflow.pictures.plan import Size
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

Shape: TypeAlias = Literal["box", "pill", "hexagon", "diamond", "dot", "ring", "body", "column"]
Icon: TypeAlias = Literal["", "gear", "clock", "envelope", "bolt", "stop", "plus", "circle", "cross", "inner"]

LINE, SMALL_LINE, ROW = 18, 16, 22
NARROW, WIDE, MOST_LINES = 16, 22, 6
USUAL = Size(136, 52)
LETTER = 7  # pixels of a letter of 14 px; a Chinese character is two
SMALL_LETTER = 6.5
MOST_SHOWN, TALLEST, FOOT = 40, 10, 8
MOST_ON_A_LINE = 4


@dataclass(frozen=True)
class Figure:
    """One node as it is drawn.

    Attributes:
        lines: its title, within it or, where there is no room within, ``beside`` it.
        icon: a small drawing that tells its sort.
        note: a smaller line below its title.
        rows: who takes part, as (participant, its title as it fits).
        room: how wide a row is, at least; they stand in ``columns``.
        foot: room below its words, where signs stand on its edge.
        left_out: how many take part beside these.
    """

    shape: Shape
    size: Size
    lines: tuple[str, ...] = ()
    beside: int = 0
    icon: Icon = ""
    note: str = ""
    rows: tuple[tuple[Participant, str], ...] = ()
    room: int = 0
    columns: int = 1
    foot: int = 0
    left_out: int = 0

    @property
    def pointed(self) -> bool:
        """Whether lines meet it in the middle only."""
        return self.shape in {"diamond", "dot", "ring"}


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
        shown = "" if node.within and str(graph.nodes[node.within].title) == text else text
        return _diamond(shown, "plus" if node.kind == "parallel" else "circle")
    if isinstance(node, Decide):
        return _diamond(text, "cross") if node.table is None else _titled("hexagon", text)
    if isinstance(node, End):
        icon: Icon = {"way": "", "all": "stop", "error": "bolt"}[node.kind]  # type: ignore[assignment]
        return _titled("pill", text, icon, least=Size(104, 38))
    each = graph.each(node.key)
    if each is not None:
        return _several(each, text, taking_part)
    if isinstance(node, Wait):
        timed = node.limit is not None or not node.answers
        return _titled("ring" if not text else "pill", text, "clock" if timed else "envelope")
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
        own = wrapped(text, NARROW, 2)
        between = " /" if number < len(texts) - 1 else ""
        lines += [*own[:-1], own[-1] + between]
    if len(lines) > MOST_ON_A_LINE:
        lines = [*lines[: MOST_ON_A_LINE - 1], "…"]
    width = int(max(map(units, lines)) * SMALL_LETTER) + 10
    return tuple(lines), Size(width + width % 2, SMALL_LINE * len(lines) + 4)


def _titled(shape: Shape, text: str, icon: Icon = "", least: Size = USUAL) -> Figure:
    aside = 20 if icon else 0
    width, room = least.w + aside, NARROW
    lines = wrapped(text, room, MOST_LINES)
    if len(lines) > 3:
        width, room = 184 + aside, WIDE
        lines = wrapped(text, room, MOST_LINES)
    width = max(width, max(map(units, lines)) * LETTER + 24 + aside)
    if shape == "hexagon":
        width += 16
    return Figure(shape, Size(width, max(least.h, 16 + LINE * len(lines))), tuple(lines), icon=icon)


def _diamond(text: str, icon: Icon) -> Figure:
    lines = wrapped(text, NARROW, 4) if text else []
    if len(lines) > 2:
        return _titled("hexagon", text, icon)
    beside = int(max(map(units, lines), default=0) * SMALL_LETTER)
    return Figure("diamond", Size(40, 40), tuple(lines), beside=beside + 8 if beside else 0, icon=icon)


def _start(node: Start, text: str) -> Figure:
    if node.within:
        return dot()
    return _titled("pill", text, "envelope" if node.message else "", least=Size(96, 36))


def _several(each: Each, text: str, taking_part: tuple[Participant, ...]) -> Figure:
    room, rows, left_out = _rows(taking_part)
    columns = -(-len(rows) // TALLEST) or 1
    width = max(184, room * columns + 24)
    lines = wrapped(text, (width - 24) // LETTER, MOST_LINES)
    height = 14 + LINE * len(lines) + SMALL_LINE
    height += ROW * (-(-len(rows) // columns) + (left_out > 0)) + 8 if rows else 0
    return Figure(
        "box", Size(width, max(height, 56)), tuple(lines), note=words.several(each, len(taking_part)),
        rows=rows, room=room, columns=columns, left_out=left_out,
    )  # fmt: skip


def _body(each: Each | None, text: str, taking_part: tuple[Participant, ...], width: int) -> Figure:
    room, rows, left_out = _rows(taking_part)
    columns = -(-len(rows) // TALLEST) or 1
    least = max(176, room * columns + 24)
    if rows and width > least:
        columns = min((width - 24) // room, len(rows))
    lines = wrapped(text, (max(width, least) - 28) // LETTER, MOST_LINES)
    height = 14 + LINE * len(lines) + (SMALL_LINE if each else 0)
    height += ROW * (-(-len(rows) // columns) + (left_out > 0)) + 8 if rows else 0
    note = words.several(each, len(taking_part)) if each else ""
    return Figure(
        "body", Size(least, height + 4), tuple(lines), note=note, rows=rows, room=room, columns=columns,
        left_out=left_out,
    )  # fmt: skip


def _rows(
    taking_part: tuple[Participant, ...],
) -> tuple[int, tuple[tuple[Participant, str], ...], int]:
    """How wide the rows are, and what they show; how many find no room."""
    if not taking_part:
        return 0, (), 0
    shown = taking_part[:MOST_SHOWN]
    said = max(units(words.answer(one)) for one in shown)
    longest = min(max(units(one.title) for one in shown), 26)
    room = 22 + int((longest + said) * SMALL_LETTER) + 14
    return room, tuple((one, cut(one.title, longest)) for one in shown), len(taking_part) - len(shown)
