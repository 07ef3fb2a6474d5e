"""The process of a case, drawn 办件流程图: with where it stands, what it came through, and who takes part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.translation import get_language

from yizhan.cases import earlier, participants, processes, reviewing
from yizhan.cases.models import Case, Passage
from yizhan.workflow.drawing import Drawing, Participant, draw


def drawing(case: Case, reviews: Sequence[reviewing.Review], passages: Iterable[Passage]) -> Drawing:
    """The drawing of a case; one of many at the same place is drawn once.

    Args:
        case: the case.
        reviews: its joint approvals.
        passages: the places it came through.
    """
    graph = processes.graph(case.release_id, case.process)
    passed = frozenset(earlier.present(case, passage.node, rev=passage.rev) for passage in passages)
    return _drawn(
        (case.release_id, case.process),
        get_language(),
        tuple(sorted(participants.stands_at(case))),
        passed,
        frozenset(participants.broken_off(case, graph, passed)),
        tuple(participants.participants(reviews, graph).items()),
    )


@lru_cache(maxsize=1024)
def _drawn(
    process: tuple[int, str],
    _language: str | None,
    current: tuple[str, ...],
    passed: frozenset[str],
    cancelled: frozenset[str],
    several: tuple[tuple[str, tuple[Participant, ...]], ...],
) -> Drawing:
    """A process with where a case stands: many cases stand at the same place, and releases never change."""
    graph = processes.graph(*process)
    return draw(graph, current=current, passed=passed, cancelled=cancelled, several=dict(several))
