"""The same action on several tasks at once 批量办理."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan.cases import handling
from yizhan.cases.models import Task
from yizhan.desk import rows
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known

MOST = 100
_LONGEST_NUMBER = 19  # digits of the largest number that is a key, and one more


@staff()
@require_POST
def act(request: Known) -> HttpResponse:
    """Carry one action out on the chosen tasks; the answer says of each what became of it, and why."""
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("请先勾选要办理的事项。"))
        return redirect("desk:home")
    try:
        command = uuid.UUID(request.POST.get("command", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    done = handling.complete_many(
        chosen, action=request.POST.get("action", ""), by=request.actor, command=command
    )
    refused = {one.task: one.refusal for one in done if one.refusal}
    context = {
        "written": [(row, refused.get(task, "")) for task, row in _written(chosen)],
        "done": len(done) - len(refused),
        "refused": len(refused),
    }
    return render(request, "desk/batch.jinja", context)


def _chosen(request: Known) -> list[tuple[int, int]]:
    """Case and task of every ticked row, each once."""
    found: dict[tuple[int, int], None] = {}
    for value in request.POST.getlist("task")[:MOST]:
        case, _slash, task = value.partition("/")
        if _is_key(case) and _is_key(task):
            found[int(case), int(task)] = None
    return list(found)


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < _LONGEST_NUMBER


def _written(chosen: list[tuple[int, int]]) -> list[tuple[int, rows.Named]]:
    """Number and title of the tasks that this person may see, in the order in which they were chosen."""
    seen = {
        one.id: one
        for one in Task.objects.filter(case__in=[case for case, _task in chosen], audience="staff")
    }
    return [(task, rows.named(seen[task])) for _case, task in chosen if task in seen]
