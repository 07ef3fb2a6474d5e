"""The picture of a process 图形: SVG with classes only.

It carries classes only, no styles: colours are the style sheet's, and without one it is drawn in
the colour of the text. What a colour tells is told by a sign and in words as well.

Classes: ``process-drawing`` (``is-wide`` when it would shrink too much in a card), ``process-arrow``
(``is-back``), ``process-node`` with ``process-node--task``, ``--decide``, ``--automatic``, ``--wait``, ``--start``,
``--end`` and ``is-current``, ``is-passed`` or ``is-ahead``, ``process-shape``, ``process-sign``;
the list is ``process-outline``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yizhan.workflow.layout import Layout, Slot
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.nodes import AnyNode, Decide, End, Start

WIDTH, HEIGHT = 136, 52
_ACROSS, _DOWN, _BEND, _MARGIN = 156, 92, 24, 16
_LINE_UNITS, _LINE_HEIGHT = 16, 18
_MOST_LINES, _TIGHT = 3, 15  # three lines stand closer, in smaller letters
_CARD = 900
_SIGNS = {"current": "●", "passed": "✓", "ahead": ""}


def picture(graph: Graph, states: dict[str, str], layout: Layout, name: str) -> SafeString:
    """The picture; ``states`` says of every node whether it is current, passed or ahead."""
    places = _places(layout)
    width = max(x for x, _y in places.values()) + WIDTH + _MARGIN
    height = max(y for _x, y in places.values()) + HEIGHT + _MARGIN
    here = " · ".join(str(node.title) for key, node in graph.nodes.items() if states[key] == "current")
    count = sum(not isinstance(node, Start) for node in graph.nodes.values())
    sentence = _("流程共 %(count)s 个环节。") % {"count": count}
    sentence += _("目前在：%(here)s。") % {"here": here} if here else ""
    edges = dict.fromkeys(
        (arrow.source, arrow.target) for arrow in graph.arrows if arrow.source != arrow.target
    )
    lines = [(_line(layout, places, edge), "is-back" if edge in layout.backward else "") for edge in edges]
    return format_html(
        '<svg class="process-drawing{wide}" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {w} {h}" '
        'width="{w}" height="{h}" aria-labelledby="{n}-title {n}-desc">'
        '<title id="{n}-title">{title}</title><desc id="{n}-desc">{told}</desc>'
        '<defs><marker id="{n}-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto-start-reverse"><path class="process-head" d="M0 0L8 4L0 8z" fill="currentColor"/>'
        '</marker></defs><g fill="none" stroke="currentColor">{lines}</g>{nodes}</svg>',
        wide=" is-wide" if is_wide(layout) else "",
        w=width,
        h=height,
        n=name,
        title=graph.title,
        told=sentence,
        lines=format_html_join(
            "",
            '<path class="process-arrow {}" d="{}" marker-{}="url(#{}-head)"/>',
            ((back, path, "start" if back else "end", name) for path, back in lines),
        ),
        nodes=format_html_join(
            "", "{}", ((_box(node, states[key], *places[key]),) for key, node in graph.nodes.items())
        ),
    )


def is_wide(layout: Layout) -> bool:
    """Whether it is wider than a card, so that it would shrink."""
    return max(sum(map(_step, layer)) for layer in layout.layers) + 2 * _MARGIN > _CARD


def _places(layout: Layout) -> dict[Slot, tuple[int, int]]:
    """The upper left corner of each slot; layers go down the page, so that a phone shows them whole."""
    widths = [sum(_step(slot) for slot in layer) for layer in layout.layers]
    found: dict[Slot, tuple[int, int]] = {}
    for number, layer in enumerate(layout.layers):
        x = _MARGIN + (max(widths) - widths[number]) // 2
        for slot in layer:
            found[slot] = (x, _MARGIN + number * _DOWN)
            x += _step(slot)
    return found


def _step(slot: Slot) -> int:
    return _ACROSS if isinstance(slot, str) else _BEND


def _line(layout: Layout, places: dict[Slot, tuple[int, int]], edge: tuple[str, str]) -> str:
    """A smooth line through the slots of an edge, always from above to below."""
    slots = layout.route(edge)
    x, y = places[slots[0]]
    x, y = x + WIDTH // 2, y + HEIGHT
    path = f"M{x} {y}"
    for slot in slots[1:]:
        left, top = places[slot]
        middle = left + (WIDTH if isinstance(slot, str) else _BEND) // 2
        half = (top - y) // 2
        path += f"C{x} {y + half} {middle} {top - half} {middle} {top}"
        x, y = middle, top
        if not isinstance(slot, str):
            y += HEIGHT
            path += f"V{y}"
    return path


def _box(node: AnyNode, state: str, x: int, y: int) -> SafeString:
    kind = type(node).__name__.lower()
    lines = _wrapped(str(node.title) if not isinstance(node, Start) else _("开始"))
    tight = len(lines) == _MOST_LINES
    apart = _TIGHT if tight else _LINE_HEIGHT
    first = y + HEIGHT // 2 + (4 if tight else 5) - (len(lines) - 1) * apart // 2
    return format_html(
        '<g class="process-node process-node--{} is-{}"><title>{}{}</title>{}'
        '<text class="process-sign" x="{}" y="{}" fill="currentColor" aria-hidden="true">{}</text>'
        '<text class="{}" x="{}" text-anchor="middle" fill="currentColor">{}</text></g>',
        kind,
        state,
        node.title,
        told(state),
        _shape(node, x, y),
        x + 4,
        y - 5,
        _SIGNS[state],
        "is-tight" if tight else "",
        x + WIDTH // 2,
        format_html_join(
            "",
            '<tspan x="{}" y="{}">{}</tspan>',
            ((x + WIDTH // 2, first + number * apart, line) for number, line in enumerate(lines)),
        ),
    )


def _shape(node: AnyNode, x: int, y: int) -> SafeString:
    """A box; round for start and end, six-sided where the process decides by itself."""
    if isinstance(node, Decide):
        points = (
            (x, y + HEIGHT // 2), (x + 14, y), (x + WIDTH - 14, y),
            (x + WIDTH, y + HEIGHT // 2), (x + WIDTH - 14, y + HEIGHT), (x + 14, y + HEIGHT),
        )  # fmt: skip
        return format_html(
            '<polygon class="process-shape" points="{}" fill="none" stroke="currentColor"/>',
            " ".join(f"{a},{b}" for a, b in points),
        )
    return format_html(
        '<rect class="process-shape" x="{}" y="{}" width="{}" height="{}" rx="{}" fill="none" '
        'stroke="currentColor"/>',
        x,
        y,
        WIDTH,
        HEIGHT,
        HEIGHT // 2 if isinstance(node, Start | End) else 10,
    )


def _wrapped(text: str) -> list[str]:
    """At most three lines that fit a box; a Chinese character is as wide as two letters."""
    lines = [""]
    for word in _words(text):
        if lines[-1] and _units(lines[-1] + word.rstrip()) > _LINE_UNITS:
            lines.append("")
        lines[-1] += word
    shown = [line.strip() for line in lines]
    if len(shown) > _MOST_LINES:
        shown = [*shown[: _MOST_LINES - 1], _cut(shown[_MOST_LINES - 1], _LINE_UNITS - 2) + "…"]
    return [_cut(line, _LINE_UNITS + 2) for line in shown]


def _words(text: str) -> Iterator[str]:
    """Pieces that stay on one line: Chinese characters one by one, other words whole."""
    piece = ""
    for character in text:
        if unicodedata.east_asian_width(character) in {"W", "F"}:
            yield from (piece, character) if piece else (character,)
            piece = ""
        else:
            piece += character
            if character == " ":
                yield piece
                piece = ""
    if piece:
        yield piece


def _units(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1 for character in text)


def _cut(text: str, units: int) -> str:
    while _units(text) > units:
        text = text[:-1]
    return text


def told(state: str) -> str:
    """What a node's state is in words, to stand behind its title."""
    return {"current": _("（目前在此）"), "passed": _("（已办）"), "ahead": ""}[state]
