"""Lines of a task list in words 待办行: plain values, so that a template only writes them down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yizhan import calendar, clock
from yizhan.calendar import countdown
from yizhan.calendar.daytable import Table
from yizhan.cases import naming, pauses, processes
from yizhan.cases.inbox import Line
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Task, TaskKind
from yizhan.cases.pauses import Pause
from yizhan.releases.models import definition
from yizhan.ui import dates
from yizhan.ui.addressing import url
from yizhan.ui.dates import when_short
from yizhan.workflow.processes.nodes import Task as TaskNode

_TODAY_ENDS = timedelta(microseconds=1)


class Row(NamedTuple):
    """One line as the list shows it.

    ``value`` names the task in forms; ``left`` is what remains of the limit, ``due`` its last day or moment, ``hint``
    more of it for whoever points there.
    """

    value: str
    href: str
    title: str
    number: str
    name: str
    level: str
    left: str
    due: str
    hint: str
    node: str
    origin: str
    urged: str


class Named(NamedTuple):
    """A task by what people call it."""

    number: str
    href: str
    title: str
    node: str
    name: str


class Light(NamedTuple):
    """A time limit as its lamp tells it."""

    level: str
    left: str
    due: str
    hint: str = ""


class Lights:
    """Puts limits into words; each day is worked out once for a whole list."""

    def __init__(self, table: Table | None = None) -> None:
        self._table = table or calendar.table()
        self._now = clock.now()
        self._words: dict[datetime, tuple[str, str]] = {}

    def paused(self, light: Light, pause: Pause | None) -> Light:
        """The light of a limit that stands still; what is late or soon due with the whole case stays so."""
        if pause is None or light.level in {"late", "soon"}:
            return light
        what = naming.suspension(pause.kind)
        told = {"what": what, "since": dates.day(pause.since), "until": dates.day(pause.expected_on)}
        hint = (
            _("自 %(since)s 起因%(what)s暂停计时，预计 %(until)s 恢复")
            if pause.expected_on
            else _("自 %(since)s 起因%(what)s暂停计时")
        )
        return Light("suspended", _("暂停计时"), _shortly(what, pause), hint % told)

    def of(self, due_at: datetime | None, warn_at: datetime | None) -> Light:
        """The light of a limit; a task without one is in no hurry."""
        if due_at is None:
            return Light("normal", "", "")
        if due_at not in self._words:
            self._words[due_at] = self._said(due_at)
        if due_at < self._now:
            return Light("late", *self._words[due_at])
        soon = warn_at is not None and warn_at < self._now
        return Light("soon" if soon else "normal", *self._words[due_at])

    def _said(self, due_at: datetime) -> tuple[str, str]:
        due = last_day(due_at)
        return countdown.remaining(self._table, self._now, due).words(), when_short(due)


def _shortly(what: str, pause: Pause) -> str:
    since = pause.since.astimezone(clock.ZONE).date()
    if since == clock.today():
        return _("%(what)s，今天起") % {"what": what}
    return _("%(what)s，%(since)s起") % {"what": what, "since": when_short(since)}


def last_day(due_at: datetime) -> date | datetime:
    """The last day of a limit that ends with a day; the moment itself where it ends within one."""
    local = due_at.astimezone(clock.ZONE)
    return (local - _TODAY_ENDS).date() if local.time() == time() else local


def rows(lines: Iterable[Line], table: Table | None = None) -> list[Row]:
    """The lines of open tasks in words, in the language of the page."""
    lights, language, listed = Lights(table), get_language() or "", list(lines)
    standing = pauses.of(listed)
    return [
        _row(line, lights.paused(lights.of(line.due_at, line.warn_at), standing.get(line.task_id)), language)
        for line in listed
    ]


def done_rows(lines: Iterable[Line]) -> list[Row]:
    """The lines of tasks that are done: when, and what was done."""
    language = get_language() or ""
    return [_row(line, _done(line, language), language) for line in lines]


def named(task: Task) -> Named:
    """A task's row by its names alone."""
    item, node = _titles(task.release, task.item, task.node, get_language() or "")
    return Named(task.number, url("desk:case", task.number), item, node, task.subject_mask)


class Together(NamedTuple):
    """An action that can be taken on many tasks at once."""

    key: str
    title: str


def together(lines: Iterable[Line]) -> list[Together]:
    """The actions that lead on and ask nothing, of all places that the lines stand at."""
    places = {(line.release, line.item, line.node) for line in lines if line.kind == TaskKind.STEP}
    language = get_language() or ""
    found = {action: None for place in sorted(places) for action in _plain_actions(*place, language)}
    return list(found)


def _row(line: Line, light: Light, language: str) -> Row:
    item, node = _titles(line.release, line.item, line.node, language)
    return Row(
        f"{line.case_id}/{line.task_id}",
        url("desk:case", line.number),
        item,
        line.number,
        line.subject_mask,
        *light,
        node if line.kind == TaskKind.STEP else _beside(node, line.kind),
        line.origin,
        ngettext("催办%(n)s次", "催办%(n)s次", line.urged) % {"n": line.urged} if line.urged else "",
    )


def _beside(node: str, kind: str) -> str:
    """A task that somebody asked for beside their own."""
    return _("%(title)s（%(kind)s）") % {"title": node, "kind": TaskKind(kind).label}


def _done(line: Line, language: str) -> Light:
    if line.kind != TaskKind.STEP:
        return Light("done", _("已答复"), when_short(line.done_at))
    action = _action(line.release, line.item, line.node, line.action, language)
    return Light("done", action, when_short(line.done_at))


def process_of(release: int, item: str) -> str:
    """The process by which a release handles an item."""
    return definition(release, "item", item, ItemDefinition).handling.process


@lru_cache(maxsize=4096)
def _titles(release: int, item: str, node: str, language: str) -> tuple[str, str]:
    """What item and place are called; releases never change, so the words can be kept."""
    title = str(definition(release, "item", item, ItemDefinition).title)
    return title, naming.title(release, process_of(release, item), node)


@lru_cache(maxsize=4096)
def _action(release: int, item: str, node: str, key: str, language: str) -> str:
    return naming.action_of(release, process_of(release, item), node, key)


@lru_cache(maxsize=4096)
def _plain_actions(release: int, item: str, node: str, language: str) -> tuple[Together, ...]:
    here = processes.graph(release, process_of(release, item)).nodes[node]
    if not isinstance(here, TaskNode):
        return ()
    return tuple(
        Together(action.key, str(action.title))
        for action in here.actions.values()
        if action.style == "primary"
        and action.reason != "required"
        and not any(ask.required for ask in action.asks)
    )
