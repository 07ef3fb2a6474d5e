"""One application on one page: save, check, hand in."""

from __future__ import annotations

import uuid
import zlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.cases import attachments, drafts, intake, material_words, windows
from yizhan.cases.drafts import Desk
from yizhan.cases.refusals import AlreadyThere, Incomplete, NotNow, NotYours, Refusal
from yizhan.forms.faults import Fault
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.station import confirmed
from yizhan.station.already import already
from yizhan.station.who import CLERK


@staff(CLERK)
@require_http_methods(["GET", "POST"])
def page(request: Known, draft: uuid.UUID) -> HttpResponse:
    """All sections; what is sent is kept, right or wrong. A second click finds the same case again."""
    number = windows.submitted_as(draft, by=request.actor)
    if number:
        return redirect("station:done", number)
    desk = _desk(request, draft)
    if request.method == "GET":
        return _shown(request, desk)
    uploaded, refused = attachments.keep(desk, request)
    faults, stay = _read(request, desk, uploaded)
    confirmed.remember(request, desk, faults)
    return _onward(request, desk, [*faults, *refused], stay=stay, refused=refused)


@staff(CLERK)
@require_POST
def save(request: Known, draft: uuid.UUID) -> HttpResponse:
    """Keep what was typed so far, without judging it; asked for while somebody types.

    Where the answers make the form ask something else than the page shows, the page comes anew.
    """
    desk = _desk(request, draft)
    _read(request, desk, {})
    shown = request.POST.get("shown")
    page = _context(request, desk, [])
    if shown is None or shown == str(page["shown"]):
        return HttpResponse(status=204)
    return render(request, "station/draft.jinja", page)


@staff(CLERK)
@require_POST
def discard(request: Known, draft: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    drafts.discard(_desk(request, draft))
    messages.success(request, _("草稿已删除。"))
    return redirect("station:home")


def _read(request: Known, desk: Desk, uploaded: dict[str, list[str]]) -> tuple[list[Fault], bool]:
    """Read and keep the whole form; its mistakes, and whether only a row or a file came or went."""
    reading = desk.form.read(
        request.POST,
        before=desk.draft.data,
        uploaded=uploaded,
        prefill=desk.prefill,
        facts=desk.conditions,
    )
    drafts.save(desk, reading.data)
    return reading.faults, reading.stay


def _onward(
    request: Known, desk: Desk, faults: list[Fault], *, stay: bool, refused: list[Fault]
) -> HttpResponse:
    then = request.POST.get("then", "save")
    if stay or then == "save":
        return _saved(request, desk, refused, quiet=stay)
    if faults:
        return _shown(request, desk, faults)
    if then == "submit":
        return _submitted(request, desk)
    messages.success(request, _("核对无误，可以提交。"))
    return redirect("station:draft", desk.draft.id)


def _saved(request: Known, desk: Desk, refused: list[Fault], *, quiet: bool) -> HttpResponse:
    if refused:
        return _shown(request, desk, refused)
    if not quiet:
        messages.success(request, _("已保存。30 天内可以从“窗口收件”继续办理。"))
    return redirect("station:draft", desk.draft.id)


def _submitted(request: Known, desk: Desk) -> HttpResponse:
    try:
        number = intake.submit(desk, by=request.actor, command=uuid.UUID(request.POST.get("command", "")))
    except ValueError as wrong:
        raise Http404 from wrong
    except Incomplete as incomplete:
        return _shown(request, desk, [Fault(path, words) for path, words in incomplete.faults])
    except AlreadyThere:
        return _shown(request, desk)
    except NotNow as handed_in:
        messages.info(request, handed_in.message)
        return redirect("station:home")
    except Refusal as refusal:  # a page that is too old, a process that cannot go on
        messages.error(request, refusal.message)
        return _shown(request, desk)
    return redirect("station:done", number)


def _shown(request: Known, desk: Desk, faults: list[Fault] | None = None) -> HttpResponse:
    context = _context(request, desk, faults or [])
    return render(request, "station/draft.jinja", context, status=422 if faults else 200)


def _context(request: Known, desk: Desk, faults: list[Fault]) -> dict[str, Any]:
    sheet = desk.form.sections_sheet(
        desk.draft.data,
        faults=faults,
        prefill=desk.prefill,
        facts=desk.conditions,
        attached=attachments.attached(desk),
    )
    needed = material_words.lines(desk.needed) if any(one.at for one in desk.item.materials) else []
    return {
        "desk": desk,
        "sheet": sheet,
        "command": request.POST.get("command") or uuid.uuid4(),
        "confirmed": confirmed.of(request, desk),
        "already": already(desk.earlier),
        "needed": needed,
        "shown": zlib.crc32(repr((sheet.asked(), needed)).encode()),
    }


def _desk(request: Known, draft: uuid.UUID) -> Desk:
    try:
        return drafts.open_(draft, by=request.actor)
    except (NotYours, NotNow) as gone:
        raise Http404 from gone
