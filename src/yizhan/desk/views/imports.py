"""The files of a register 登记数据导入: looked at, entered, undone, by the office that keeps the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.desk.administration import filing
from yizhan.desk.tables import csv_file
from yizhan.identity.directory import FileRefused, Report
from yizhan.identity.doors import recently_authenticated, staff
from yizhan.identity.middleware import Known
from yizhan.registry import importing, keeping
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.importing import REGISTERS, Loading
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models import Import, Source

_SHOWN = 200
_RECENT = 50


@staff(KEEPER)
@require_http_methods(["GET", "POST"])
def index(request: Known) -> HttpResponse:
    """Send a file to be looked at; then the same file can be entered, or its rejects taken away."""
    sources = keeping.sources_of(request.actor)
    report, kept, error = None, "", ""
    kind = request.POST.get("kind", "persons")
    if kind not in REGISTERS:
        raise Http404
    if request.method == "POST":
        source = _source(request)
        try:
            file, data = filing.sent(request, "register")
            kept = str(file.id)
            report = _gone_through(request, source, data, file.name)
        except (FileRefused, Refused) as refused:
            error = str(refused)
        if report is not None and request.POST.get("then") == "rejects":
            return csv_file(report.rejects_csv(), "rejects.csv")
        if report is not None and report.loaded:
            told = _("已导入：新登记 %(new)s %(unit)s，更新 %(changed)s %(unit)s，未变 %(same)s %(unit)s。")
            messages.success(
                request,
                told
                % {
                    "new": report.new,
                    "changed": report.changed,
                    "same": report.same,
                    "unit": REGISTERS[kind].unit,
                },
            )
            return redirect("desk:imports")
    context = {
        "sources": [(one.code, str(one)) for one in sources],
        "chosen": request.POST.get("source", sources[0].code if sources else ""),
        "kinds": [(one.key, one.title) for one in REGISTERS.values()],
        "kind": kind,
        "register": REGISTERS[kind],
        "matching": request.POST.get("matching") == "yes",
        "report": report, "kept": kept, "error": error, "shown": _SHOWN,
        "files": keeping.files_of(sources)[:_RECENT],
        "registers": REGISTERS,
    }  # fmt: skip
    return render(request, "desk/register/imports.jinja", context, status=422 if error else 200)


@staff(KEEPER)
def template(request: Known, kind: str) -> HttpResponse:
    """An empty file with the headings of a register."""
    try:
        return csv_file(importing.template(kind), f"{kind}.csv")
    except NotHere:
        raise Http404 from None


@staff(KEEPER)
@require_http_methods(["GET", "POST"])
@recently_authenticated
def undo(request: Known, file: int) -> HttpResponse:
    """Undo a file: what it did is told first, and a reason is asked."""
    found = _file(request, file)
    error = ""
    if request.method == "POST":
        try:
            importing.undo(
                found.id,
                because=request.POST.get("because", ""),
                by=request.actor.key,
                actor=request.actor,
            )
        except Refused as refused:
            error = str(refused)
        except NotHere:
            raise Http404 from None
        else:
            messages.success(request, _("已撤销导入，登记数据恢复到导入之前。"))
            return redirect("desk:imports")
    register = REGISTERS[found.kind]
    context = {
        "file": found,
        "register": register,
        "error": error,
        "because": request.POST.get("because", ""),
    }
    return render(request, "desk/register/undo.jinja", context, status=422 if error else 200)


def _source(request: Known) -> Source:
    try:
        return keeping.source_of(request.actor, request.POST.get("source", ""))
    except NotHere:
        raise Http404 from None


def _file(request: Known, file: int) -> Import:
    found = keeping.files_of(keeping.sources_of(request.actor)).filter(id=file).first()
    if found is None or found.undone_at is not None:
        raise Http404
    return found


def _gone_through(request: Known, source: Source, data: bytes, name: str) -> Report:
    how = Loading(
        source=source.code,
        by=request.actor.key,
        name=name,
        kind=request.POST.get("kind", "persons"),
        matching=request.POST.get("matching") == "yes",
        actor=request.actor,
    )
    verb = importing.load if request.POST.get("then") == "load" else importing.preview
    return verb(data, how)


imports_urls = [
    path("register/imports", index, name="imports"),
    path("register/imports/<slug:kind>.csv", template, name="imports_template"),
    path("register/imports/<int:file>/undo", undo, name="imports_undo"),
]
