"""A process in words 文字流程: an ordered list that holds all the picture does, for readers and screen readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yizhan.ui.language import mixed
from yizhan.workflow.pictures import words
from yizhan.workflow.pictures.plan import Plan
from yizhan.workflow.pictures.scene import Scene
from yizhan.workflow.pictures.states import Participant, Several, Standing
from yizhan.workflow.processes.graph import Arrow, Graph, Via
from yizhan.workflow.processes.nodes import AnyNode, Boundary, Start

_NOTHING = SafeString("")


def outline(graph: Graph, scene: Scene, plan: Plan, stand: Standing, several: Several) -> SafeString:
    """The list; bodies and branches are lists within it."""
    return format_html(
        '<ol class="process-outline">{}</ol>',
        _Told(graph, scene, plan, stand, several).level(_own(graph, "")),
    )


def _own(graph: Graph, within: str) -> list[str]:
    return [key for key, node in graph.nodes.items() if node.within == within]


class _Told:
    def __init__(self, graph: Graph, scene: Scene, plan: Plan, stand: Standing, several: Several) -> None:
        self.graph, self.scene, self.plan, self.stand, self.several = graph, scene, plan, stand, several
        self.starts = Counter(node.within for node in graph.nodes.values() if isinstance(node, Start))

    def level(self, keys: Iterable[str]) -> SafeString:
        """Nodes side by side, as they stand in the picture: from above to below, then from left to right."""
        boxes = self.plan.boxes
        shown = [key for key in keys if key not in self.scene.hidden and not self._left_out(key)]
        shown.sort(key=lambda key: (boxes[key].y, boxes[key].x))
        return _items(self._node(self.graph.nodes[key]) for key in shown)

    def _left_out(self, key: str) -> bool:
        """Starts say nothing, but where there are several, or a message begins the process."""
        node = self.graph.nodes[key]
        return isinstance(node, Start) and not node.message and self.starts[node.within] < 2

    def _node(self, node: AnyNode) -> SafeString:
        state = self.stand.of[node.key]
        each = self.graph.each(node.key)
        taking_part = self.several.get(node.key, ())
        sort = words.sort(node)
        title = words.title(self.graph, node)
        told = words.several(each, len(taking_part)) if each else sort if sort != title else ""
        return format_html(
            '<li class="is-{}"{}>{}{}{}{}{}{}{}</li>',
            state,
            SafeString(' aria-current="step"') if self._is_here(node.key) else "",
            title,
            words.told(state),
            format_html(' <span class="process-sort">{}</span>', told) if told else "",
            self._taking_part(taking_part),
            self._inside(node),
            self._ways(node.key),
            self._events(node.key),
        )

    def _is_here(self, key: str) -> bool:
        """The innermost places where the case stands."""
        inner = (one for one in self.graph.nodes.values() if one.within == key)
        return self.stand.of[key] == "current" and all(self.stand.of[one.key] != "current" for one in inner)

    def _taking_part(self, several: tuple[Participant, ...]) -> SafeString:
        if not several:
            return _NOTHING
        said = (
            mixed(_("%(who)s：%(answer)s") % {"who": one.title, "answer": words.answer(one)})
            for one in several
        )
        return format_html(
            '<ul class="process-participants">{}</ul>',
            format_html_join("", "<li>{}</li>", ((row,) for row in said)),
        )

    def _inside(self, node: AnyNode) -> SafeString:
        branches = self.scene.columns.get(node.key, [])
        if branches:
            told = (
                (branch.arrow.title, self.level(branch.nodes))
                for branch in sorted(branches, key=lambda branch: self.plan.boxes[branch.key][:2][::-1])
            )
            return format_html(
                '<ul class="process-branches">{}</ul>', format_html_join("", "<li>{}<ol>{}</ol></li>", told)
            )
        own = _own(self.graph, node.key)
        return format_html("<ol>{}</ol>", self.level(own)) if own else _NOTHING

    def _ways(self, key: str) -> SafeString:
        arrows = [arrow for arrow in self.graph.arrows_from(key) if arrow.via is not Via.BOUNDARY]
        return _list("process-ways", (self._way(arrow) for arrow in arrows))

    def _way(self, arrow: Arrow) -> str:
        target = self.graph.nodes[arrow.target]
        said = words.way(self.graph, arrow)
        return f"{said} → {words.title(self.graph, target)}".strip()

    def _events(self, key: str) -> SafeString:
        return _list("process-events", (self._event(key, one) for one in self.graph.boundaries(key).values()))

    def _event(self, key: str, boundary: Boundary) -> str:
        way = self.graph.way(key, Via.BOUNDARY, boundary.key)
        said = words.event(boundary)
        if way is None:
            return _("其间%(event)s：只发送通知") % {"event": said}
        target = words.title(self.graph, self.graph.nodes[way.target])
        if boundary.interrupts:
            return f"{said} → {target}"
        return _("%(event)s → %(target)s（本环节照常继续）") % {"event": said, "target": target}


def _items(items: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((item,) for item in items))


def _list(sort: str, said: Iterable[str]) -> SafeString:
    rows = [(text,) for text in said]
    return (
        format_html('<ul class="{}">{}</ul>', sort, format_html_join("", "<li>{}</li>", rows))
        if rows
        else _NOTHING
    )
