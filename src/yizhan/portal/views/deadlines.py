"""The calculator of limits 时限计算: a page that can be sent by its address, and the same for programs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yizhan import calendar, clock
from yizhan.calendar import calculator, law_limits, running_words, sheet, wording
from yizhan.calendar.calculator import MOST_PAUSES, Answer, Typed
from yizhan.calendar.deadlines import Unit
from yizhan.calendar.law_limits import Published
from yizhan.calendar.running import Run
from yizhan.identity.doors import public
from yizhan.portal import pace
from yizhan.portal.doors import shared

_AN_HOUR = 600


@shared
def page(request: HttpRequest) -> HttpResponse:
    """What was asked, and the limit day by day 时限计算."""
    typed = calculator.typed(request.GET)
    asked = bool(typed.start or typed.amount or typed.law)
    answer = calculator.calculate(typed) if asked else Answer(Typed(start=clock.today().isoformat()))
    context = {
        "answer": answer,
        "typed": answer.typed,
        "laws": _grouped(law_limits.published()),
        "units": [(unit.value, _unit(unit)) for unit in Unit],
        "rosters": _rosters(),
        "pauses": _rows(answer.typed, more="more" in request.GET),
        "wrong": dict(answer.faults),
        "kind_of": calculator.kind_of,
        **(_result(request, answer) if answer.explanation else {}),
    }
    status = 422 if answer.faults else 200
    return render(request, "portal/deadlines/page.jinja", context, status=status)


@public
def data(request: HttpRequest) -> JsonResponse:
    """The same for programs: the fields of the page as the query, the explanation as JSON.

    The answer is that of ``Explanation.data``; a query with faults gets 422 and ``{"errors": [{field, message}]}``.
    """
    pace.count(request, "deadlines", most=_AN_HOUR)
    answer = calculator.calculate(calculator.typed(request.GET))
    if answer.explanation is None:
        errors = [{"field": name, "message": words} for name, words in answer.faults]
        return _json({"errors": errors}, status=422)
    found = answer.explanation.data(daily=True)
    if answer.law is not None:
        found["law"] = {
            "name": answer.law.name,
            "title": str(answer.law.limit.title),
            "basis": str(answer.law.limit.basis.law),
            "article": str(answer.law.limit.basis.article or ""),
            "verified": answer.law.limit.basis.verified,
        }
    return _json(found)


def _json(body: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _result(request: HttpRequest, answer: Answer) -> dict[str, Any]:
    found = answer.explanation
    if found is None:
        return {}
    months, further = sheet.months(found)
    days = list(found.days())
    query = request.GET.urlencode()
    run = found.run
    return {
        "run": run,
        "sentences": found.sentences(),
        "days": days,
        "duration": wording.duration,
        "extension": _extension(answer),
        "months": months,
        "further": further,
        "length": running_words.length(run.budget.length, run.budget.unit),
        "left": running_words.length(run.left, run.budget.unit),
        "used": running_words.length(run.used, run.budget.unit),
        "numbers": {state: sum(day.state == state for day in days) for state in ("rest", "paused")},
        "remaining": _remaining(run),
        "address": f"{settings.PUBLIC_ADDRESS}{reverse('portal:deadlines')}?{query}",
        "data_address": f"{reverse('portal:deadlines_data')}?{query}",
    }


def _grouped(limits: Iterable[Published]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For the list of choices: subject, and its limits with their length."""
    found = []
    for _key, group in groupby(limits, key=lambda one: one.group.key):
        members = list(group)
        choices = [
            (one.name, f"{one.limit.title} · {running_words.amount(one.limit.amount, Unit(one.limit.unit))}")
            for one in members
        ]
        found.append((str(members[0].group.title), choices))
    return found


def _remaining(run: Run) -> str:
    """What is left of it today; of one in the past, how long ago it ended."""
    if run.due_at is None or run.last_day is None:
        return ""
    due = run.due_at if run.budget.unit.in_hours else run.last_day
    left = calendar.remaining(clock.now(), due, hours_of=run.budget.roster)
    if not left.overdue:
        return left.words()
    days = left.working_days
    if not days:
        return _("已经届满")
    return ngettext("已于 %(n)s 个工作日前届满", "已于 %(n)s 个工作日前届满", days) % {"n": days}


def _extension(answer: Answer) -> str:
    limit = answer.law.limit if answer.law else None
    return running_words.amount(limit.extension.amount, Unit(limit.unit)) if limit and limit.extension else ""


def _unit(unit: Unit) -> str:
    return {
        Unit.WORKING_DAYS: _("工作日"),
        Unit.NATURAL_DAYS: _("自然日"),
        Unit.DUTY_HOURS: _("工作小时"),
        Unit.NATURAL_HOURS: _("自然小时（紧急）"),
    }[unit]


def _rosters() -> list[tuple[str, str]]:
    return [
        ("office", _("机关办公：工作日 9:00-12:00、13:00-17:00")),
        ("roster", _("每日值班：8:00-20:00，周末、节假日照常")),
    ]


def _rows(typed: Typed, *, more: bool) -> list[calculator.TypedPause]:
    """The rows for standstills: those that were typed, and one more."""
    rows = [*typed.pauses]
    if len(rows) < MOST_PAUSES and (more or not rows):
        rows.append(calculator.TypedPause())
    return rows
