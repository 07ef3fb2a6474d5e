"""A process as a picture and as a list 流程图: for guides and for the page of a case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yizhan.workflow.layout import arranged
from yizhan.workflow.picture import is_wide, picture, told
from yizhan.workflow.processes.graph import START, Arrow, Graph, Via
from yizhan.workflow.processes.nodes import Start


@dataclass(frozen=True, slots=True)
class Drawing:
    """A process in two forms that say the same.

    Attributes:
        svg: the picture.
        outline: an ordered list, for readers and screen readers.
        wide: it would shrink too much in a card, so it is moved by itself.
    """

    svg: SafeString
    outline: SafeString
    wide: bool


def draw(
    graph: Graph,
    *,
    current: Collection[str] = (),
    passed: Collection[str] = (),
    name: str = "process",
) -> Drawing:
    """Draw a process in the language of the page.

    Args:
        graph: the process.
        current: the nodes at which the case stands now.
        passed: the nodes it has come through.
        name: begins the identifiers in the page, so that one page can hold several drawings.
    """
    states = {
        key: "current" if key in current else "passed" if key in passed else "ahead" for key in graph.nodes
    }
    layout = arranged(_in_order(graph), [(arrow.source, arrow.target) for arrow in graph.arrows])
    told_in_order = [slot for layer in layout.layers for slot in layer if isinstance(slot, str)]
    outline = _outline(graph, states, told_in_order)
    return Drawing(picture(graph, states, layout, name), outline, wide=is_wide(layout))


def _in_order(graph: Graph) -> list[str]:
    """The nodes as a case comes to them: a release keeps no order of keys."""
    found = dict.fromkeys([START])
    for node in (waiting := [START]):
        for arrow in graph.arrows_from(node):
            if arrow.target not in found:
                found[arrow.target] = None
                waiting.append(arrow.target)
    return [*found, *(key for key in graph.nodes if key not in found)]


def _outline(graph: Graph, states: dict[str, str], keys: list[str]) -> SafeString:
    return format_html(
        '<ol class="process-outline">{}</ol>',
        format_html_join(
            "",
            '<li class="is-{}"{}>{}{}{}</li>',
            (
                (
                    states[key],
                    SafeString(' aria-current="step"') if states[key] == "current" else "",
                    node.title,
                    told(states[key]),
                    _ways(graph, key),
                )
                for key in keys
                if not isinstance(node := graph.nodes[key], Start)
            ),
        ),
    )


def _ways(graph: Graph, key: str) -> SafeString:
    arrows = graph.arrows_from(key)
    if not arrows:
        return SafeString("")
    said = ((_way(arrow), graph.nodes[arrow.target].title) for arrow in arrows)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}→ {}</li>", said))


def _way(arrow: Arrow) -> str:
    if arrow.title is not None:
        return f"{arrow.title} "
    return {Via.OTHERWISE: _("其他情形") + " ", Via.BOUNDARY: _("逾期") + " "}.get(arrow.via, "")
