"""Cases through SpiffWorkflow: each step loads the locked state, advances it, saves it with an event row, commits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tests.benchmarks.rig.flow import form
from tests.benchmarks.rig.flow.spiff.saving import Definition

TABLES = """
drop schema if exists spiff cascade;
create schema spiff;
set search_path = spiff;
create table filed (id bigserial primary key, rev int, state text, due timestamptz);
create index on filed (due, id) where due is not null;
create table event (
    filed bigint references filed, rev int, node text, delta jsonb, at timestamptz default now(), primary key (filed, rev)
);
"""
MONTHLY = 120
"""What the decision table gives for the age of the form."""


class Spiff:
    """The peer. What it writes is its state and an event: no tasks to list, no clocks, no outbox, no rights."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection, self._definition = connection, Definition()

    def make(self) -> None:
        """Make the tables anew."""
        self._connection.execute(TABLES)
        self._connection.commit()

    def walk(self, departments: int) -> Iterator[str]:
        """Walk a case from its start to its end, telling each step when it is there."""
        filed = self._start(departments)
        yield "start"
        for name in ("check", "accept", *(f"review {place}" for place in range(1, departments + 1))):
            self._complete(filed, {"answer": "go"} if name.startswith("review") else {})
            yield name
        while not self._fire():
            pass
        yield "timer"

    def _start(self, departments: int) -> int:
        workflow = self._definition.workflow()
        units = [form.unit(number) for number in range(departments)]
        workflow.task_tree.set_data(departments=units, age=form.AGE, facts=form.FACTS, **form.DATA)
        workflow.do_engine_steps()
        row = self._connection.execute(
            "insert into filed (rev, state) values (1, %s) returning id", [self._definition.save(workflow)]
        ).fetchone()
        assert row is not None
        self._tell(row[0], 1, "start", {"departments": units})
        return int(row[0])

    def _complete(self, filed: int, said: dict[str, Any]) -> None:
        """Do the next task that waits for somebody."""

        def do(workflow: BpmnWorkflow) -> str:
            task = workflow.get_next_task(state=TaskState.READY, manual=True)
            task.data.update(said)
            task.run()
            return str(task.task_spec.name)

        row = self._connection.execute(
            "select rev, state from filed where id = %s for update", [filed]
        ).fetchone()
        assert row is not None
        self._advance(filed, row[0] + 1, row[1], do, said)

    def _fire(self) -> bool:
        """The first timer that is due; whether there was one."""
        row = self._connection.execute(
            "select id, rev, state from filed where due <= now() order by due, id limit 1 for update skip locked"
        ).fetchone()
        if row is None:
            self._connection.commit()
            return False

        def do(workflow: BpmnWorkflow) -> str:
            workflow.refresh_timers()
            return "pause"

        workflow = self._advance(row[0], row[1] + 1, row[2], do, {}, last=True)
        assert workflow.is_completed(), "the timer did not fire"
        assert workflow.last_task.data["monthly"] == MONTHLY, "the decision was not made"
        return True

    def _advance(
        self,
        filed: int,
        rev: int,
        state: str,
        do: Callable[[BpmnWorkflow], str],
        delta: dict[str, Any],
        *,
        last: bool = False,
    ) -> BpmnWorkflow:
        workflow = self._definition.load(state)
        node = do(workflow)
        workflow.do_engine_steps()
        self._connection.execute(
            "update filed set rev = %s, state = %s, due = %s where id = %s",
            [rev, self._definition.save(workflow), None if last else _due(workflow), filed],
        )
        self._tell(filed, rev, node, delta)
        return workflow

    def _tell(self, filed: int, rev: int, node: str, delta: dict[str, Any]) -> None:
        self._connection.execute(
            "insert into event (filed, rev, node, delta) values (%s, %s, %s, %s)",
            [filed, rev, node, json.dumps(delta)],
        )
        self._connection.commit()


def _due(workflow: BpmnWorkflow) -> datetime | None:
    """When its timer is due; one that was due within the step that set it, or went off in it, is due now."""
    waiting = workflow.waiting_events()
    if waiting:
        return datetime.fromisoformat(waiting[0].value)
    ready = workflow.get_next_task(state=TaskState.READY, manual=False)
    return datetime.now(UTC) if ready or workflow.is_completed() else None
