"""Publishing a year's working days 放假安排: look whom it touches, then publish; afterwards, what was reckoned anew."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.calendar import plan, publishing
from yizhan.calendar.models import CalendarRelease
from yizhan.calendar.plan import PlanFault, PlannedDay, PlanRefused
from yizhan.cases import ends, recounting
from yizhan.desk.administration import filing
from yizhan.desk.standing import SYSTEM
from yizhan.desk.tables import csv_file
from yizhan.identity.directory import FileRefused
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known

_LONGEST_SOURCE = 300
_YEARS = 30


@dataclass(frozen=True)
class Sent:
    """A plan as it was sent, and where its file is kept until it is published."""

    year: int
    source: str
    amends: bool
    kept: str
    days: list[PlannedDay]


@staff(SYSTEM)
@require_http_methods(["GET", "POST"])
def index(request: Known) -> HttpResponse:
    """What was published; a new plan is looked at first, then published."""
    faults: list[tuple[str, str]] = []
    sent, touched = None, None
    if request.method == "POST":
        sent, faults = _sent(request)
        try:
            if sent is not None and request.POST.get("then") == "publish":
                return _published(request, sent)
            if sent is not None:
                touched = recounting.preview(
                    sent.days, year=sent.year, source=sent.source, amends=sent.amends, by=request.actor
                )
        except PlanRefused as refused:
            faults += [("file", str(fault)) for fault in refused.faults]
    context = {
        "releases": CalendarRelease.objects.order_by("-id")[:_YEARS],
        "provisional_from": publishing.first_provisional(),
        "next_year": (publishing.last_published() or 0) + 1,
        "typed": request.POST,
        "sent": sent,
        "touched": touched,
        "faults": faults,
        "wrong": dict(reversed(faults)),
        "end_words": ends.end_words,
    }
    return render(request, "desk/admin/workdays.jinja", context, status=422 if faults else 200)


@staff(SYSTEM)
def report(request: Known, release: int) -> HttpResponse:
    """What a publication brought about."""
    found = CalendarRelease.objects.filter(id=release).first()
    if found is None:
        raise Http404
    context = {"release": found, "touched": recounting.report(found), "end_words": ends.end_words}
    return render(request, "desk/admin/workdays_report.jinja", context)


@staff(SYSTEM)
def template(request: Known) -> HttpResponse:
    """The last published plan as a file: how the next one is to be written."""
    year, days = publishing.sample()
    return csv_file(plan.written(days).encode("utf-8-sig"), f"workdays-{year}.csv")


def _published(request: Known, sent: Sent) -> HttpResponse:
    done = publishing.publish(
        sent.days, year=sent.year, source=sent.source, by=request.actor.key, amends=sent.amends
    )
    messages.success(
        request, _("%(year)s年的放假安排已发布，正在办理的期限会自动重算。") % {"year": sent.year}
    )
    return redirect("desk:workdays_report", done.release.id)


def _sent(request: Known) -> tuple[Sent | None, list[tuple[str, str]]]:
    year, source = request.POST.get("year", "").strip(), request.POST.get("source", "").strip()
    faults: list[tuple[str, str]] = []
    if not (year.isascii() and year.isdecimal() and len(year) == len("2027")):
        faults.append(("year", _("请填写四位数的年份")))
    if not source:
        faults.append(("source", _("请写明出处，例如国务院办公厅通知的文号")))
    elif len(source) > _LONGEST_SOURCE:
        faults.append(("source", _("出处请控制在 %(n)s 字以内") % {"n": _LONGEST_SOURCE}))
    try:
        kept, data = filing.sent(request, "workdays")
        days = plan.read(_text(data))
    except FileRefused as refused:
        return None, [*faults, ("file", str(refused))]
    except PlanRefused as refused:
        return None, [*faults, *(("file", str(fault)) for fault in refused.faults)]
    if faults:
        return None, faults
    return Sent(int(year), source, request.POST.get("amends") == "1", str(kept.id), days), []


def _text(data: bytes) -> str:
    """The file's text, in one of the two encodings that spreadsheets write.

    Raises:
        PlanRefused: it is in neither.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PlanRefused([PlanFault(0, _("文件须是 UTF-8 或 GB 18030 编码的 CSV"))])
