"""The picture of a process 图形: SVG with classes only.

It carries no colours: these are the style sheet's, and without one it is drawn in the colour of the text. What a
colour tells is told by a sign and in words as well.

Classes: ``process-drawing`` (``has-states`` with a case), ``process-arrow`` (``is-beside`` where the node it leaves
goes on), ``process-node`` with ``process-node--task``, ``--decide``, ``--gateway``, ``--automatic``, ``--wait``, ``--body``,
``--start``, ``--end``, ``process-column``, each with ``is-current``, ``is-passed``, ``is-ahead``, ``is-skipped`` or
``is-cancelled``; within them ``process-shape``, ``process-inner``, ``process-icon``, ``process-title``, ``process-sign``,
``process-mark``, ``process-row``, ``process-event``, ``process-label``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yizhan.workflow.pictures import shapes, signs, words
from yizhan.workflow.pictures.figures import SMALL_LINE, Figure
from yizhan.workflow.pictures.plan import Box, Plan, Point
from yizhan.workflow.pictures.scene import Scene
from yizhan.workflow.pictures.states import Standing
from yizhan.workflow.processes.graph import Arrow, Graph, Via
from yizhan.workflow.processes.nodes import AnyNode, Body, Gateway, Start, Wait

MARGIN, ROUND, HEAD = 14, 8, 8
PIXELS_PER_REM = 16


def picture(graph: Graph, scene: Scene, plan: Plan, stand: Standing, name: str) -> SafeString:
    """The picture; ``name`` begins its identifiers."""
    width, height = plan.size.w + 2 * MARGIN, plan.size.h + 2 * MARGIN
    drawn = _Drawn(graph, scene, plan, stand)
    return format_html(
        '<svg class="process-drawing{cased}" xmlns="http://www.w3.org/2000/svg" role="img" '
        'viewBox="{m} {m} {w} {h}" width="{rw}rem" height="{rh}rem" aria-labelledby="{n}-title {n}-desc">'
        '<title id="{n}-title">{title}</title><desc id="{n}-desc">{told}</desc>{bodies}{lines}{nodes}{signs}</svg>',
        cased=" has-states" if stand.told else "",
        m=-MARGIN,
        w=width,
        h=height,
        rw=f"{width / PIXELS_PER_REM:g}",  # so that it grows with the page in elder mode
        rh=f"{height / PIXELS_PER_REM:g}",
        n=name,
        title=graph.title,
        told=sentence(graph, stand),
        bodies=_joined(drawn.bodies()),
        lines=_joined(drawn.lines()),
        nodes=_joined(drawn.nodes()),
        signs=_joined(drawn.events()),
    )


def sentence(graph: Graph, stand: Standing) -> str:
    """How many places a process has, and where the case is."""
    shown = [node for node in graph.nodes.values() if not isinstance(node, Start | Gateway)]
    around = {graph.nodes[key].within for key, state in stand.of.items() if state == "current"}
    here = [str(n.title) for n in shown if stand.of[n.key] == "current" and n.key not in around]
    said = _("流程共 %(count)s 个环节。") % {"count": len(shown)}
    return said + (_("目前在：%(here)s。") % {"here": " · ".join(here)} if here else "")


def _joined(parts: Iterator[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


class _Drawn:
    def __init__(self, graph: Graph, scene: Scene, plan: Plan, stand: Standing) -> None:
        self.graph, self.scene, self.plan, self.stand = graph, scene, plan, stand
        self.within = {item.key: item.within for item in scene.items}

    def bodies(self) -> Iterator[SafeString]:
        """What lies behind the lines, from without to within."""
        for key, figure in self.scene.figures.items():
            if figure.shape == "body":
                yield self._node(key, figure)
            elif figure.shape == "column":
                box = self.plan.boxes[key]
                yield format_html(
                    '<g class="process-column">{}{}</g>',
                    shapes.outline_of(figure, box), shapes.words_of(figure, box),
                )  # fmt: skip

    def nodes(self) -> Iterator[SafeString]:
        """What stands before the lines."""
        for key, figure in self.scene.figures.items():
            if figure.shape not in {"body", "column"}:
                yield self._node(key, figure)

    def events(self) -> Iterator[SafeString]:
        """The signs on edges."""
        for (key, sign), (x, y) in self.plan.signs.items():
            boundary = self.graph.boundaries(key)[sign]
            yield format_html(
                '<g class="is-{}"><title>{}</title>{}</g>',
                self.stand.of[key], words.event(boundary),
                signs.event(boundary.kind, x, y, interrupts=boundary.interrupts),
            )  # fmt: skip

    def lines(self) -> Iterator[SafeString]:
        """Lines with their heads and words."""
        for line in self.scene.lines:
            route, arrows = self.plan.routes.get(line.key), self.scene.arrows[line.key]
            if route is None:
                continue
            states = {self.stand.way(self.graph, arrow) for arrow in arrows}
            state = states.pop() if len(states) == 1 else "ahead"
            beside = " is-beside" if self._beside(arrows[0]) else ""
            x, y = route.points[-1]
            yield format_html(
                '<g class="process-arrow is-{}{}{}"><path d="{}" fill="none" stroke="currentColor"{}/>'
                '<path class="process-head" d="M{} {}l4-8h-8z" fill="currentColor"/>{}</g>',
                state, beside, " is-sunken" if self._on_body(line.source) else "", _path(route.points),
                SafeString(' stroke-dasharray="5 4"') if beside else "", x, y,
                self._label(line.key, route.label, arrows) if route.label else "",
            )  # fmt: skip

    def _on_body(self, source: str) -> bool:
        within = self.within[source]
        return bool(within) and self.scene.figures[within].shape == "body"

    def _beside(self, arrow: Arrow) -> bool:
        if arrow.via is not Via.BOUNDARY:
            return False
        return not self.graph.boundaries(arrow.source)[arrow.by].interrupts

    def _label(self, line: str, box: Box, arrows: Sequence[Arrow]) -> SafeString:
        full = " / ".join(dict.fromkeys(words.way(self.graph, arrow) for arrow in arrows))
        lines = self.scene.labels[line]
        first = box.y + 2 + SMALL_LINE - 4
        return format_html(
            '<g class="process-label"><title>{}</title><rect class="process-ground" x="{}" y="{}" width="{}" '
            'height="{}" fill="none"/>{}</g>',
            full, *box, shapes.text(lines, box.middle.x, first, "middle", apart=SMALL_LINE, sort="is-small"),
        )  # fmt: skip

    def _node(self, key: str, figure: Figure) -> SafeString:
        node = self.graph.nodes.get(key)
        box = self.plan.boxes[key]
        if node is None:
            return format_html('<g class="process-begins">{}</g>', shapes.outline_of(figure, box))
        state = self.stand.of[key]
        return format_html(
            '<g class="process-node process-node--{} is-{}"><title>{}</title>{}{}{}{}</g>',
            type(node).__name__.lower(),
            state,
            self._told(node),
            shapes.outline_of(
                figure, box,
                doubled=isinstance(node, Wait) or (isinstance(node, Body) and node.own),
                stacked=self.graph.each(key) is not None,
            ),
            signs.icon(figure.icon, *box.middle) if figure.shape == "diamond" else "",
            shapes.words_of(figure, box),
            "" if figure.shape == "dot" else self._badge(key, figure, box),
        )  # fmt: skip

    def _told(self, node: AnyNode) -> str:
        sort = words.sort(node)
        title = words.title(self.graph, node)
        state = words.told(self.stand.of[node.key])
        return f"{title}{state} · {sort}" if sort and sort != title else f"{title}{state}"

    def _badge(self, key: str, figure: Figure, box: Box) -> SafeString:
        corner = max(box.h * 3 // 20 - 5, 0) if figure.shape == "pill" else 1
        return signs.badge(self.stand.of[key], box.x + corner, box.y + corner, self.stand.counts.get(key, 1))


def _path(points: Sequence[Point]) -> str:
    """A line with round corners that ends within its arrow's head."""
    *rest, last = points
    points = [*rest, Point(last.x, last.y - HEAD + 2)]
    path = f"M{points[0].x} {points[0].y}"
    for (before, corner), (_corner, after) in pairwise(pairwise(points)):
        into = min(ROUND, _length(before, corner) // 2)
        out = min(ROUND, _length(corner, after) // 2)
        enter, leave = _towards(corner, before, into), _towards(corner, after, out)
        path += f"L{enter.x} {enter.y}Q{corner.x} {corner.y} {leave.x} {leave.y}"
    return path + f"L{points[-1].x} {points[-1].y}"


def _length(one: Point, other: Point) -> int:
    return abs(one.x - other.x) + abs(one.y - other.y)


def _towards(start: Point, end: Point, far: int) -> Point:
    length = max(_length(start, end), 1)
    return Point(start.x + (end.x - start.x) * far // length, start.y + (end.y - start.y) * far // length)
