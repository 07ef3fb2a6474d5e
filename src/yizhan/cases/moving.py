"""Moving one case to another release of its pack 改用新版流程: whether it can go, and the step in which it goes."""

from __future__ import annotations

from yizhan.cases import move_rows, moves, processes, situations
from yizhan.cases.earlier import MOVED
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case
from yizhan.cases.move_hindrances import (
    Stays,
    ThereAlready,
    Unrest,
    require_facts,
    require_offers,
    require_rest,
    unrest,
)
from yizhan.cases.move_rows import Plan
from yizhan.cases.step import Step
from yizhan.releases.models import Release, definition, release
from yizhan.workflow.processes.moving import CannotStand, carried

__all__ = ["MOVED", "Plan", "Stays", "ThereAlready", "move", "plan"]


def plan(case: Case, to: Release, known: Unrest | None = None) -> Plan:
    """Whether a case can go to a release of its pack; nothing is changed.

    Args:
        case: the case, with its tokens, scopes, filings and passages fetched where many are asked.
        to: the release.
        known: what is still under way, where that was asked for many at once.

    Raises:
        Stays: it cannot, and why.
    """
    if case.release_id == to.id:
        raise ThereAlready
    if case.closed_at is not None:
        raise Stays(
            zh="本件已办结，保留办理时的版本",
            en="It has ended, and keeps the version by which it was handled",
        )
    if case.item_id not in to.keys("item"):
        raise Stays(zh="新版不再有这个事项", en="The new version no longer has this item")
    item = definition(to.id, "item", case.item_id, ItemDefinition)
    old = processes.graph(case.release_id, case.process)
    new = processes.graph(to.id, item.handling.process)
    names = moves.names_between(old, to, item.handling.process, release(case.release_id).version)
    before = situations.situation(case)
    passed = frozenset(passage.node for passage in case.passages.all())
    try:
        after = carried(old, new, before, names, passed)
    except CannotStand as fault:
        raise Stays(fault.words.zh, fault.words.en) from fault
    require_facts(case, new, item)
    require_offers(case, new, item, after)
    require_rest(case, item, known or unrest([case.pk]))
    return Plan(old, new, item.handling.process, names, before, after)


def move(step: Step, to: Release, *, reason: str, with_limits: bool) -> None:
    """Move the case of a step; the house's scope must be open.

    Raises:
        Stays: it cannot go.
    """
    case = step.case
    found = plan(case, to)
    was = release(case.release_id)
    step.reason = reason
    step.note(
        moved={
            "from": was.id,
            "to": to.id,
            "process": case.process,
            "to_process": found.process,
            "versions": [was.version, to.version],
            "nodes": {old: new for old, new in found.names.items() if old != new},
        },
        reason=reason,
        lasting=["Moved"],
    )
    move_rows.rewrite(step, to, found, with_limits=with_limits)
    step.news(MOVED, **{"from": was.version, "to": to.version})
