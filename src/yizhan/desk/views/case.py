"""One case, whole: what to do now, what was filed, what the registers say, how it came here."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from yizhan.cases import dossier, follow_ups, printed_form, reviewing
from yizhan.cases.clock_board import ShownClock
from yizhan.cases.dossier import Dossier
from yizhan.cases.models import Status, Task
from yizhan.cases.offering import Work
from yizhan.cases.pauses import Pause
from yizhan.cases.refusals import Impossible, Incomplete, NotYours, Refusal
from yizhan.desk import late
from yizhan.desk.rows import Light, Lights
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.publishing import reading as published
from yizhan.records import papers, serving
from yizhan.records.pace import Pace
from yizhan.ui.addressing import url
from yizhan.ui.language import in_english, listed

_OF_THE_WHOLE = {"acceptance", "promised"}
_forms = Pace(most=120)
_WRONG_ANSWERS = {"answers_wrong", "reason_missing"}


@staff()
def page(request: Known, number: str) -> HttpResponse:
    """The page of a case; with what was typed here, where it was sent too late."""
    found = opened(request, number)
    return shown(request, found, typed=late.typed(request))


@staff()
def paper(request: Known, number: str, paper: uuid.UUID) -> HttpResponseBase:
    """A paper of the case."""
    found = papers.file_of(paper, owner=f"case:{opened(request, number).case.number}")
    if found is None:
        raise Http404
    return serving.response(found, inline=True)


@staff()
def file(request: Known, number: str, file: uuid.UUID) -> HttpResponseBase:
    """A file that came with the application."""
    found = opened(request, number).file(file)
    if found is None:
        raise Http404
    return serving.response(found, inline=True)


@staff()
def form(request: Known, number: str) -> HttpResponse:
    """What was filed, on the form as PDF, as far as it is for this person."""
    found = opened(request, number).application
    if found.case.channel == "house":
        raise Http404
    _forms.count(request.user.pk)
    answer = serving.made(request, lambda: printed_form.filled(found, two_languages=in_english()))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def opened(request: Known, number: str) -> Dossier:
    """The case with this number.

    Raises:
        Http404: there is none, or it is not for this person to see.
    """
    try:
        return dossier.open_(number, by=request.actor)
    except NotYours as unseen:
        raise Http404 from unseen


def shown(
    request: Known, one: Dossier, refusal: Refusal | None = None, *, typed: QueryDict | None = None
) -> HttpResponse:
    """The page of a case; after a refusal with its words and all that was typed, and so if that came too late."""
    number = one.case.number
    context = {
        "dossier": one,
        "case": one.case,
        "work": one.works[0] if one.works else None,
        "light": _light(one),
        "answers": one.application.answers(lambda file: url("desk:file", number, file)),
        "refusal": refusal,
        "wrong": _wrong(refusal),
        "opinion": _opinion(one.works[0] if one.works else None),
        "takes_files": any(
            ask.kind == "file" for work in one.works[:1] for choice in work.choices for ask in choice.asks
        ),
        "choices_of": lambda ask: [(choice.value, str(choice.title)) for choice in ask.choices],
        "typed": request.POST if typed is None else typed,
        "again": typed is not None,
        "typed_by": late.mark(request),
        "command": uuid.uuid4(),
        "review_state": reviewing.told,
        "notices": published.of_case(one.case),
        "origin": follow_ups.origin_of(one.case),
        "coming": follow_ups.coming(one.case),
    }
    return render(request, "desk/case.jinja", context, status=_status(refusal))


class Opinion(NamedTuple):
    """Whether there is a field for words beside the buttons, and which buttons want them."""

    asked: bool
    hint: str


def _opinion(work: Work | None) -> Opinion:
    choices = [one for one in work.choices if not one.closed] if work else []
    demanding = [_("“%(action)s”") % {"action": one.title} for one in choices if one.reason == "required"]
    hint = _("%(actions)s须填写理由") % {"actions": listed(demanding)} if demanding else ""
    return Opinion(any(one.reason != "none" for one in choices), hint)


def _light(one: Dossier) -> Light | None:
    if one.case.status == Status.CLOSED:
        return Light("done", one.standing, "")
    if one.waits_for_applicant:
        return Light("suspended", one.standing, "")
    if not one.works:
        return None
    limit = _limit(one)
    due_at, warn_at = (limit.due_at, limit.warn_at) if limit else (None, None)
    lights, pause = Lights(one.calendar), _pause(one, limit)
    light = lights.paused(lights.of(due_at, warn_at), pause)
    return light if due_at or pause else None


def _limit(one: Dossier) -> Task | ShownClock | None:
    """The limit that concerns this person: of the task in front, or of the whole case where others work."""
    if one.works[0].standing != "elsewhere":
        return one.works[0].task
    return next((clock for clock in one.board.running if clock.kind in _OF_THE_WHOLE), None)


def _pause(one: Dossier, limit: Task | ShownClock | None) -> Pause | None:
    """That the task's own clock stands still, or the case's where nothing else runs."""
    held = (each.row for each in one.board.suspensions if each.row.until is None)
    task, runs = (limit.id if isinstance(limit, Task) else None), bool(limit and limit.due_at)
    found = next(
        (row for row in held if (task and row.task == task) or (row.task is None and not runs)), None
    )
    return Pause(found.kind, found.since, found.expected_on) if found else None


def _status(refusal: Refusal | None) -> int:
    if refusal is None:
        return 200
    wrong = isinstance(refusal, Incomplete) or (
        isinstance(refusal, Impossible) and refusal.fault.code in _WRONG_ANSWERS
    )
    return 422 if wrong else 409


def _wrong(refusal: Refusal | None) -> dict[str, str]:
    """Which field of which form is to be corrected, and why."""
    if isinstance(refusal, Incomplete):
        return dict(refusal.faults)
    if isinstance(refusal, Impossible):
        if refusal.fault.code == "reason_missing":
            return {"reason": str(refusal.fault.words)}
        return {key: str(words) for key, words in refusal.fault.answers.items()}
    return {}
