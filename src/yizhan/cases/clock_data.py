"""The clocks of a case for programs 时限数据: plain values, each with its explanation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from yizhan.cases import naming
from yizhan.cases.models import Case
from yizhan.cases.progress import Course


def data(case: Case, course: Course) -> dict[str, Any]:
    """All clocks of a case for programs: plain values, each with its explanation (``Explanation.data``)."""
    found = []
    of_task = {task.id: task.unit for task in case.tasks.all()}
    units = naming.units(
        {of_task.get(one.task, "") for one in case.clocks.all() if one.task is not None} - {""}
    )
    for one in sorted(case.clocks.all(), key=lambda clock: clock.id):
        found.append(
            {
                "clock": one.id,
                "kind": one.kind,
                "title": naming.clock(one.kind),
                "task": one.task,
                "node": one.node,
                "unit": units.get(of_task.get(one.task, "")) if one.task is not None else None,
                "state": one.state,
                "started_at": one.started_at.isoformat(),
                "due_at": _iso(one.due_at),
                "warn_at": _iso(one.warn_at),
                "provisional": one.provisional,
                "used": one.used,
                "basis": one.basis,
                "cards": [
                    {
                        "colour": card.colour,
                        "rule": card.rule,
                        "at": _iso(card.at),
                        "noticed_at": _iso(card.noticed_at),
                    }
                    for card in case.cards.all()
                    if card.clock == one.id
                ],
                "explanation": course.end(one).explanation.data(daily=True),
            }
        )
    return {"case": case.number, "clocks": found}


def _iso(moment: datetime | date | None) -> str | None:
    return moment.isoformat() if moment else None
