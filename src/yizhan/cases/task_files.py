"""What officials record with their tasks 环节记录: answers and photos, such as of a visit at home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yizhan.cases import earlier, naming
from yizhan.cases.models import Case, Task, TaskKind, TaskState
from yizhan.cases.refusals import Incomplete
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account
from yizhan.records import files, uploading
from yizhan.records.models import StoredFile
from yizhan.records.refusals import FileRefused
from yizhan.ui.dates import day
from yizhan.workflow.facts import typed
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.parts import Ask


@contextmanager
def kept(case: Case, request: HttpRequest, *, by: Actor, prefix: str) -> Iterator[dict[str, list[str]]]:
    """The files that came with a task, kept for the case, by what they answer; bound when the task is done.

    Raises:
        Incomplete: a file was refused; its question says why. What was kept is swept with time.
    """
    refused = {path: refusal.message for path, refusal in uploading.refused(request).items()}
    found: dict[str, list[StoredFile]] = {}
    for path, uploads in request.FILES.lists():
        if path.startswith(prefix):
            for upload in uploads:
                try:
                    one = files.keep(
                        upload,
                        by=by.key,
                        owner=f"task:{case.number}",
                        holder_key=case.subject,
                        units=case.units,
                    )
                except FileRefused as refusal:
                    refused[path] = refusal.message
                else:
                    found.setdefault(path.removeprefix(prefix), []).append(one)
    if refused:
        raise Incomplete([(path.removeprefix(prefix), words) for path, words in refused.items()])
    yield {key: [str(one.id) for one in some] for key, some in found.items()}
    for some in found.values():
        for one in some:
            files.bind(one, f"case:{case.number}", holder_key=case.subject, units=case.units)


@dataclass(frozen=True)
class Answer:
    """One thing that was recorded: what was asked, the words, or files as id and name."""

    title: str
    words: str
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Finding:
    """What was recorded with one task: where, what was done, by whom and when."""

    title: str
    action: str
    by: str
    at: datetime
    answers: list[Answer]

    @property
    def files(self) -> list[str]:
        """The ids of its files."""
        return [name for answer in self.answers for name, _words in answer.files]


def findings(case: Case) -> list[Finding]:
    """What was recorded in a case, the latest first."""
    done = [
        task
        for task in case.tasks.all()
        if task.state == TaskState.DONE and task.kind == TaskKind.STEP and task.outcome.get("given")
    ]
    if not done:
        return []
    names = dict(
        Account.objects.filter(id__in=[task.done_by or 0 for task in done]).values_list("id", "name")
    )
    ids = [name for task in done for given in task.outcome["given"].values() for name in _ids(given)]
    stored = {str(one.id): one.name for one in StoredFile.objects.filter(id__in=ids)} if ids else {}
    made = [_finding(case, task, names.get(task.done_by or 0, ""), stored) for task in done]
    return sorted(made, key=lambda one: one.at, reverse=True)


def _finding(case: Case, task: Task, by: str, stored: dict[str, str]) -> Finding:
    title = naming.action(case, task.node, task.action)
    answers = [_answer(ask, given, stored) for ask, given in _answered(case, task)]
    return Finding(naming.node(case, task.node), title, by, task.done_at or task.opened_at, answers)


def words(case: Case, task: Task) -> list[str]:
    """What was recorded with a task, a line for each thing that was asked; of files how many there are."""
    lines = []
    for ask, given in _answered(case, task):
        many = len(_ids(given))
        said = (
            ngettext("附件%(n)s个", "附件%(n)s个", many) % {"n": many}
            if many
            else _answer(ask, given, {}).words
        )
        lines.append(_("%(title)s：%(words)s") % {"title": str(ask.title), "words": said})
    return lines


def _answered(case: Case, task: Task) -> list[tuple[Ask, Any]]:
    """What was answered, in the order in which it was asked; the database keeps no order of its own."""
    node = earlier.graph_of(case, task).nodes[task.node]
    action = node.actions.get(task.action) if isinstance(node, n.Task) else None
    given = task.outcome.get("given") or {}
    asks = action.asks if action else ()
    return [(ask, given[ask.key]) for ask in asks if given.get(ask.key) not in (None, "", [])]


def _answer(ask: Ask, given: Any, stored: dict[str, str]) -> Answer:
    title = str(ask.title)
    if ask.kind == "file":
        return Answer(title, "", tuple((name, stored[name]) for name in _ids(given) if name in stored))
    if ask.kind == "choice":
        return Answer(title, next((str(one.title) for one in ask.choices if one.value == given), str(given)))
    if ask.kind == "date":
        known, _why = typed(given, "date")
        return Answer(title, day(known) if known is not None else str(given))  # type: ignore[arg-type]
    return Answer(title, str(given))


def _ids(given: Any) -> list[str]:
    return [str(one) for one in given] if isinstance(given, list) else []
