"""Whether the cases are sound 办件完好性: what must hold of every case, whatever has happened to the machine.

Asked of the rows themselves, for a proof and after a restored backup; it changes nothing. The caller's scope must be
the house's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from yizhan.cases import ledger, processes, replaying, situations
from yizhan.cases.models import Case, Task, TaskKind, TaskState, Timer
from yizhan.cases.works import TOPIC
from yizhan.journal.models import Effect
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Token

# Rules that the tables alone can answer: what it is, and which rows break it.
_OF_ROWS = {
    "a number given twice": """
        select number from cases_case group by number having count(*) > 1
        union all select serial from cases_case where serial <> '' group by serial having count(*) > 1""",
    "a command not in exactly one event": """
        select c.id::text from cases_command c left join cases_event e on e.command = c.id and e.case_id = c.case_id
        group by c.id having count(e.rev) <> 1""",
    "an event without its command": """
        select e.case_id || '/' || e.rev from cases_event e left join cases_command c on c.id = e.command
        where c.id is null or c.case_id <> e.case_id""",
    "a gap in the revisions": """
        select c.number from cases_case c left join cases_event e on e.case_id = c.id
        group by c.id having count(e.rev) <> c.rev or coalesce(max(e.rev), 0) <> c.rev""",
    "a clock that runs for no open case": """
        select k.case_id || '/' || k.id from cases_clock k left join cases_case c on c.id = k.case_id
        where k.state <> 'stopped' and (c.id is null or c.closed_at is not null)""",
    "a timer of no open case": """
        select t.case_id || '/' || t.kind from cases_timer t join cases_case c on c.id = t.case_id
        where c.closed_at is not null and t.kind = 'limit'""",
    "a clock of a task that is over": """
        select k.case_id || '/' || k.id from cases_clock k join cases_task t on t.case_id = k.case_id and t.id = k.task
        where k.state <> 'stopped' and t.state in ('done', 'cancelled')""",
    "a card that fell twice": """
        select case_id || '/' || clock from cases_card group by case_id, clock, colour having count(*) > 1""",
    "two open tasks for one place": """
        select case_id || '/' || token from cases_task
        where state in ('open', 'held') and kind = 'step' group by case_id, token, audience having count(*) > 1""",
    "what was to follow, opened twice or not there": """
        select f.opened_as from cases_followup f left join cases_case c on c.number = f.opened_as
        where f.opened_as <> '' group by f.opened_as having count(*) > 1 or count(c.id) = 0""",
    "an open task where nobody stands": """
        select t.case_id || '/' || t.id from cases_task t
        left join cases_token k on k.case_id = t.case_id and k.number = t.token
        where t.state in ('open', 'held') and t.kind = 'step' and k.number is null""",
}


@dataclass(frozen=True)
class Unsound:
    """Something that must never be: which rule, and where."""

    rule: str
    where: str


@dataclass(frozen=True)
class Found:
    """What was looked at and what was found.

    Attributes:
        replayed: cases whose events led to where their rows stand.
        not_kept: cases begun before events kept enough to be replayed.
    """

    cases: int
    replayed: int
    not_kept: int
    unsound: tuple[Unsound, ...]


def look(cases: Iterable[Case] | None = None) -> Found:
    """Look at all cases, or at some; the rules that tables alone can answer are asked of all."""
    unsound = [*_of_rows()]
    many = replayed = not_kept = 0
    for case in Case.objects.order_by("id").iterator(200) if cases is None else cases:
        many += 1
        unsound += [Unsound("a broken chain of events", case.number)] if ledger.broken_links(case) else []
        unsound += [
            Unsound(rule, f"{case.number} {where}".strip()) for rule, where in _Standing(case).faults()
        ]
        try:
            if replaying.agrees(case):
                replayed += 1
            else:
                unsound.append(Unsound("rows that its events do not lead to", case.number))
        except replaying.NotKept:
            not_kept += 1
        except NotPossible as refused:
            unsound.append(Unsound("events that cannot have happened", f"{case.number}: {refused.en}"))
    return Found(many, replayed, not_kept, tuple(unsound))


def _of_rows() -> Iterator[Unsound]:
    with connection.cursor() as cursor:
        for rule, statement in _OF_ROWS.items():
            cursor.execute(statement)
            yield from (Unsound(rule, str(where)) for (where,) in cursor.fetchall())


class _Standing:
    """Where one case stands: an open one somewhere, and everywhere something can still happen; a closed one nowhere."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._situation = situations.situation(case)
        self._graph = processes.graph(case.release_id, case.process)
        alive = Task.objects.filter(case=case, kind=TaskKind.STEP, state__in=(TaskState.OPEN, TaskState.HELD))
        self._tasks = set(alive.values_list("token", flat=True))
        self._timers = set(Timer.objects.filter(case=case, kind="limit").values_list("ref", flat=True))

    def faults(self) -> Iterator[tuple[str, str]]:
        """What is wrong, and at which node."""
        if self._case.closed_at is not None:
            if self._situation.tokens or self._tasks:
                yield "a closed case that still stands somewhere", ""
            return
        if not self._situation.tokens:
            yield "an open case that stands nowhere", ""
        for token in self._situation.tokens:
            if not self._goes_on(token):
                yield "a place where nothing can happen any more", token.node

    def _goes_on(self, token: Token) -> bool:
        node = self._graph.nodes[token.node]
        if self._situation.within(token.id) is not None:
            return True  # what runs within stands somewhere itself
        if any(f"{key}:{token.id}" not in self._timers for key in self._to_come(token.node)):
            return False
        match node:
            case n.Task() | n.Wait(audience="applicant"):
                return token.id in self._tasks
            case n.Wait():
                return bool(node.answers) or any(ref.endswith(f":{token.id}") for ref in self._timers)
            case n.Automatic(waits=True):
                waiting = Effect.objects.filter(topic=TOPIC, body__case=self._case.pk, body__token=token.id)
                return waiting.filter(done_at=None).exists()
            case n.Gateway():
                return len(self._situation.tokens) > 1  # it waits for somebody who still comes
            case _:
                return False

    def _to_come(self, node: str) -> list[str]:
        """The times that end a stay at a node, and do not stand still with the case's clocks."""
        found = self._graph.boundaries(node).items()
        return [key for key, one in found if one.delay and one.delay.moment and one.interrupts]
