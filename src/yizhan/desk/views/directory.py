"""Importing units, posts and staff 组织导入: look first, then enter all of it or nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.desk.administration import filing
from yizhan.desk.standing import SYSTEM
from yizhan.desk.tables import csv_file
from yizhan.identity import directory
from yizhan.identity.directory import FileRefused, Report
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known

_SHOWN = 200


@staff(SYSTEM)
@require_http_methods(["GET", "POST"])
def load(request: Known) -> HttpResponse:
    """Send a file to be looked at; then the same file can be entered, or its rejects taken away."""
    kind = request.POST.get("kind", "units")
    if kind not in directory.KINDS:
        raise Http404
    then = request.POST.get("then", "preview")
    report, name, error = None, "", ""
    if request.method == "POST":
        try:
            kept, data = filing.sent(request, "directory")
            name = str(kept.id)
            report = _gone_through(request, kind, data, then)
        except FileRefused as refused:
            error = str(refused)
        if report is not None and then == "rejects":
            return _rejects(report)
        if report is not None and report.loaded:
            told = _("已导入：新增 %(new)s 行，更新 %(changed)s 行，未变 %(same)s 行。")
            messages.success(
                request, told % {"new": report.new, "changed": report.changed, "same": report.same}
            )
            return redirect("desk:directory")
    context = {
        "kind": kind,
        "kinds": _kinds(),
        "report": report,
        "file": name,
        "error": error,
        "shown": _SHOWN,
    }
    return render(request, "desk/admin/directory.jinja", context, status=422 if error else 200)


@staff(SYSTEM)
def template(request: Known, kind: str) -> HttpResponse:
    """An empty file with the headings of a kind."""
    if kind not in directory.KINDS:
        raise Http404
    return csv_file(directory.template(kind), f"{kind}.csv")


def _gone_through(request: Known, kind: str, data: bytes, then: str) -> Report:
    verb = directory.load if then == "load" else directory.preview
    return verb(kind, data, by=request.actor)


def _rejects(report: Report) -> HttpResponse:
    return csv_file(report.rejects_csv(), f"{report.kind}-rejects.csv")


def _kinds() -> list[tuple[str, str]]:
    return [("units", _("单位")), ("posts", _("岗位")), ("staff", _("人员及任职"))]
