"""A process as a picture and as a list 流程图: for guides, for the page of a case, for those who write processes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yizhan.workflow.pictures.arranging import arrange, too_dense
from yizhan.workflow.pictures.legend import legend
from yizhan.workflow.pictures.outline import outline
from yizhan.workflow.pictures.picture import picture
from yizhan.workflow.pictures.scene import scene
from yizhan.workflow.pictures.states import Participant, ParticipantState, Several, standing
from yizhan.workflow.processes.graph import Graph

__all__ = ["Drawing", "Participant", "ParticipantState", "can_be_drawn", "draw"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A process in two forms that say the same.

    Attributes:
        svg: the picture; as wide as it needs, so that it is moved by itself where the page is narrower. Where a process
            has too many ways for one, a sentence that says so.
        outline: an ordered list, for readers and screen readers.
        legend: what the signs of the picture mean; empty where it has none.
        too_dense: there is no picture.
    """

    svg: SafeString
    outline: SafeString
    legend: SafeString
    too_dense: bool = False


def draw(
    graph: Graph,
    *,
    current: Collection[str] = (),
    passed: Collection[str] = (),
    cancelled: Collection[str] = (),
    several: Several | None = None,
    name: str = "process",
) -> Drawing:
    """Draw a process in the language of the page.

    Args:
        graph: the process.
        current: the nodes at which the case stands now; one for each place, so that some may come twice.
        passed: the nodes it has come to.
        cancelled: of these the nodes that were broken off.
        several: who takes part where several act together, by node.
        name: begins the identifiers in the page, so that one page can hold several drawings.
    """
    stand = standing(graph, current, passed, cancelled)
    taking_part = several or {}
    drawn = scene(graph, taking_part, {})
    plan = arrange(drawn.items, drawn.lines)
    if any(figure.shape in {"body", "column"} for figure in drawn.figures.values()):
        # Headings break where their boxes end, and how wide those are does not depend on them.
        drawn = scene(graph, taking_part, {key: box.w for key, box in plan.boxes.items()})
        plan = arrange(drawn.items, drawn.lines)
    return Drawing(
        _too_dense() if plan.too_dense else picture(graph, drawn, plan, stand, name),
        outline(graph, drawn, plan, stand, taking_part),
        SafeString("") if plan.too_dense else legend(graph, stand),
        plan.too_dense,
    )


def can_be_drawn(graph: Graph) -> bool:
    """Whether there is a picture of a process, or only the list."""
    drawn = scene(graph, {}, {})
    return not too_dense(drawn.items, drawn.lines)


def _too_dense() -> SafeString:
    return format_html("<p>{}</p>", _("这个流程的走向太多，画成图也看不清，请看下面的文字。"))
