"""Who takes part where several act, for the drawing of a case 会办单位: unit and state, never what a unit wrote."""

from __future__ import annotations

from collections.abc import Iterable

from yizhan.cases import earlier, reviewing
from yizhan.cases.models import Case, TaskKind, TaskState
from yizhan.cases.reviewing import Opinion, Review
from yizhan.workflow.drawing import Participant, ParticipantState
from yizhan.workflow.processes.graph import Graph

_STATES: dict[reviewing.State, ParticipantState] = {
    "waiting": "waiting",
    "held": "waiting",
    "agreed": "consented",
    "refused": "refused",
    "silent": "silent",
    "left": "withdrawn",
}


def participants(reviews: Iterable[Review], graph: Graph) -> dict[str, tuple[Participant, ...]]:
    """By node; whoever may see the case may see this, the applicant too."""
    found: dict[str, tuple[Participant, ...]] = {}
    for review in reviews:
        if review.node not in graph.nodes:
            continue  # the version that the case changed over to has no such place
        each = graph.each(review.node)
        in_turn = each is not None and each.sequential and review.open
        asked = next((one.index for one in review.opinions if one.state in {"waiting", "held"}), None)
        found[review.node] = tuple(
            _participant(one, ahead=in_turn and asked is not None and one.index > asked)
            for one in review.opinions
        )
    return found


def _participant(one: Opinion, *, ahead: bool) -> Participant:
    if ahead and one.state == "waiting":
        return Participant(one.name, "ahead")
    return Participant(one.name, _STATES[one.state], reviewing.told(one.state))


def stands_at(case: Case) -> list[str]:
    """The nodes at which a case stands, once for each place; one that only waits for what runs within it, once."""
    tokens = sorted(case.tokens.all(), key=lambda token: token.number)
    waiting = {scope.token for scope in case.scopes.all() if scope.closed_at is None}
    found = [token.node for token in tokens if token.number not in waiting]
    return [*found, *dict.fromkeys(token.node for token in tokens if token.node not in found)]


def broken_off(case: Case, graph: Graph, passed: Iterable[str]) -> set[str]:
    """The nodes whose tasks were taken back and from which the case did not go on."""
    steps = [task for task in case.tasks.all() if task.kind == TaskKind.STEP]
    cancelled = {earlier.of_task(case, task) for task in steps if task.state == TaskState.CANCELLED}
    cancelled -= {earlier.of_task(case, task) for task in steps if task.state != TaskState.CANCELLED}
    cancelled &= graph.nodes.keys()
    come = {*passed, *(token.node for token in case.tokens.all())}
    return {node for node in cancelled if not any(arrow.target in come for arrow in graph.arrows_from(node))}
