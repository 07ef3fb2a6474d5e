"""What is late in the units of a leader's reach 时限监察."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from yizhan import calendar
from yizhan.calendar.daytable import Table
from yizhan.desk import rows
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.insight import late
from yizhan.voice import inbox


@staff(*late.SUPERVISORS)
def index(request: Known) -> HttpResponse:
    """By unit, the worst first; with ``unit`` one of them with more of its tasks."""
    only = request.GET.get("unit", "")[:40]
    one = late.of_unit(request.actor, only) if only else None
    units = ([one] if one else []) if only else late.by_unit(request.actor)
    table = calendar.table()
    lights = rows.Lights(table)
    context = {
        "only": only,
        "units": [(unit, _written(unit, table)) for unit in units],
        "late": sum(unit.late for unit in units),
        "due": sum(unit.due for unit in units),
        "ratings": [] if only else [(row, lights.of(row.due_at, None)) for row in inbox.late()],
    }
    return render(request, "desk/late.jinja", context)


def _written(unit: late.UnitLate, table: Table) -> list[tuple[rows.Row, str]]:
    """Its tasks in words, each with who has it."""
    written = rows.rows([one.line for one in unit.tasks], table)
    return [(row, one.holder) for row, one in zip(written, unit.tasks, strict=True)]
