"""What officials do with a task: one command each, and back to the list with what happened."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan.cases import colleagues, handling, supplements, task_files
from yizhan.cases.dossier import Dossier
from yizhan.cases.refusals import Incomplete, Refusal
from yizhan.cases.supplements import Missing
from yizhan.desk import late
from yizhan.desk.views.case import opened, shown
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.identity.models import Account

Act = Callable[[Dossier, uuid.UUID], Any]
_CASE = ("number",)
_LONGEST_NUMBER = 19  # digits of the largest number that is a key, and one more


@late.comes_back(again="desk:case", by=_CASE)
@staff()
@require_POST
def claim(request: Known, number: str, task: int) -> HttpResponse:
    """Take a free task 签收; the case opens to be worked on."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        handling.claim(one.case.id, task, by=request.actor, command=command)

    return carried_out(request, number, act, _("已签收 %(number)s，现由您办理。"), stay=True)


@late.comes_back(again="desk:case", by=_CASE)
@staff()
@require_POST
def put_back(request: Known, number: str, task: int) -> HttpResponse:
    """Give a claimed task back to its queue."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        handling.put_back(one.case.id, task, by=request.actor, command=command)

    return carried_out(request, number, act, _("%(number)s 已退回待办池，同事可以签收。"))


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def hand_over(request: Known, number: str, task: int) -> HttpResponse:
    """Hand a task to a colleague."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        handling.hand_over(
            one.case.id,
            task,
            to=_colleague(request, one, task),
            reason=request.POST.get("handing_reason", ""),
            by=request.actor,
            command=command,
        )

    return carried_out(request, number, act, _("%(number)s 已转办。"))


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def complete(request: Known, number: str, task: int) -> HttpResponse:
    """Do a task: the button that was pressed names the action."""
    action = request.POST.get("action", "")
    given = {
        name.removeprefix(f"given.{action}."): value
        for name, value in request.POST.items()
        if name.startswith(f"given.{action}.") and isinstance(value, str)
    }

    def act(one: Dossier, command: uuid.UUID) -> None:
        with task_files.kept(one.case, request, by=request.actor, prefix=f"given.{action}.") as files:
            handling.complete(
                one.case.id,
                task,
                action=action,
                reason=request.POST.get("reason", ""),
                given={**given, **files},
                by=request.actor,
                command=command,
            )

    return carried_out(request, number, act, _("%(number)s 已办理：%(done)s。"), done=action, task=task)


@late.comes_back(shown_at="desk:case", by=_CASE)
@staff()
@require_POST
def supplement(request: Known, number: str, task: int) -> HttpResponse:
    """Tell the applicant all that is missing, once."""

    def act(one: Dossier, command: uuid.UUID) -> None:
        supplements.ask(
            one.case.id,
            task,
            missing=_missing(request, one),
            words=request.POST.get("supplement_words", ""),
            by=request.actor,
            command=command,
        )

    return carried_out(request, number, act, _("已一次性告知补正，%(number)s 等待申请人答复。"))


def carried_out(
    request: Known, number: str, act: Act, told: str, *, stay: bool = False, done: str = "", task: int = 0
) -> HttpResponse:
    """Carry a command out; a refusal shows the page again, with all that was typed."""
    try:
        command = uuid.UUID(request.POST.get("command", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    before = opened(request, number)
    titles = {choice.key: choice.title for work in before.works for choice in work.choices}
    try:
        act(before, command)
    except Refusal as refusal:
        return shown(request, opened(request, number), refusal)
    messages.success(request, told % {"number": number, "done": titles.get(done, done)})
    return redirect("desk:case", number) if stay else redirect("desk:home")


def _colleague(request: Known, one: Dossier, task: int) -> Account:
    chosen = request.POST.get("to", "")
    queue = next((work.task.queue for work in one.works if work.task.id == task), None)
    known = queue is not None and chosen.isdecimal() and len(chosen) < _LONGEST_NUMBER
    found = colleagues.colleague(queue, int(chosen), but=request.actor) if queue and known else None
    if found is None:
        raise Incomplete([("to", _("请选择接手的同事"))])
    return found


def _missing(request: Known, one: Dossier) -> list[Missing]:
    """What was ticked or worded; a question that was only ticked gets plain words."""
    ticked = set(request.POST.getlist("missing"))
    named = []
    for path, label in one.application.questions:
        words = request.POST.get(f"words.{path}", "").strip()
        if path in ticked or words:
            named.append(Missing(path, words or _("请补正：%(label)s") % {"label": label}))
    other = request.POST.get("words_other", "").strip()
    return [*named, Missing("", other)] if other else named
