"""The rows of a case by hand: plain SQL for what several steps write alike."""

from __future__ import annotations

import hashlib
import json
import uuid
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import psycopg

ZONE = timezone(timedelta(hours=8))
TABLES = Path(__file__).with_name("hand_table.sql")
WORKDAYS = [day for n in range(800) if (day := date(2026, 1, 1) + timedelta(days=n)).weekday() < 5]


def end_of(at: datetime, days: int) -> datetime:
    """The end of the so-manieth working day after a moment."""
    return datetime.combine(WORKDAYS[bisect_right(WORKDAYS, at.date()) + days - 1], time(18), ZONE)


@dataclass(frozen=True)
class Begun:
    """A step on a case that is locked: its coming revision, the hash of its last event, who steps."""

    filed: int
    number: str
    at: datetime
    rev: int
    before: str
    account: int | None

    @property
    def actor(self) -> str:
        """Who steps, as rows name them."""
        return f"account:{self.account}" if self.account else "house"


class Rows:
    """The tables, and what is written into them."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def begin(self, filed: int, task: int, unit: str) -> Begun:
        """Ask who it is, lock the case, close the task and its clock."""
        account = self.who(unit, unit)
        step = self.lock(filed, datetime.now(ZONE), account)
        closed = self.all(
            "update task set state = 'done', action = 'go', outcome = '{}', done_at = %s, done_by = %s, assignee = %s"
            " where filed = %s and id = %s and unit = %s and state = 'open' returning id",
            [step.at, account, account, filed, task, unit],
        )
        assert len(closed) == 1, "somebody was faster"
        self.do("delete from place where filed = %s and number = %s", [filed, task])
        self.stop(step, ["internal"], task)
        return step

    def who(self, session: str, unit: str) -> int:
        """Whose session it is, if they may act for the unit."""
        found = self.all(
            "select account from session join holder using (account)"
            " where key = %s and until > now() and role = 'clerk' and unit = %s",
            [session, unit],
        )
        assert found, "not yours"
        return int(found[0][0])

    def lock(self, filed: int, at: datetime, account: int | None) -> Begun:
        """Lock the case."""
        statement = "select number, rev, hash from filed where id = %s for update"
        ((number, rev, before),) = self.all(statement, [filed])
        return Begun(filed, number, at, rev + 1, before, account)

    def open(self, step: Begun, node: str, units: list[str], days: int) -> list[int]:
        """A task for each unit, with its place, its clock and the timers of its cards."""
        opened = self.all(
            "insert into task (filed, node, role, unit, state, number, item, subject_mask, opened_at, due_at, warn_at)"
            " select f.id, %s, 'clerk', one, 'open', number, item, left(subject_name, 1) || '**', %s, %s, %s"
            " from filed f, unnest(%s::text[]) one where f.id = %s returning task.id",
            [node, step.at, end_of(step.at, days), end_of(step.at, days - 1), units, step.filed],
        )
        tasks = [task for (task,) in opened]
        self.do(
            "insert into place (filed, number, node) select %s, task, %s from unnest(%s::int[]) task",
            [step.filed, node, tasks],
        )
        self.clocks(step, [("internal", task, days) for task in tasks])
        return tasks

    def clocks(self, step: Begun, wanted: list[tuple[str, int | None, int]]) -> None:
        """Clocks that run from now, by kind, task and working days, each with the timers of its two cards."""
        kinds, tasks, days = zip(*wanted, strict=True)
        due, warn = [end_of(step.at, one) for one in days], [end_of(step.at, one - 1) for one in days]
        clocks = self.all(
            "insert into clock (filed, kind, task, budget, started_at, state, due_at, warn_at)"
            " select %s, kind, task, budget, %s, 'running', due, warn"
            " from unnest(%s::text[], %s::bigint[], %s::int[], %s::timestamptz[], %s::timestamptz[])"
            " one (kind, task, budget, due, warn) returning id",
            [step.filed, step.at, list(kinds), list(tasks), list(days), due, warn],
        )
        ends = [(f"{clock}:{name}", end) for name, its in (("due", due), ("warn", warn))
                for (clock,), end in zip(clocks, its, strict=True)]  # fmt: skip
        self.timers(step, "card", ends)

    def timers(self, step: Begun, kind: str, wanted: list[tuple[str, datetime]]) -> None:
        """Timers, by what they are for and when they are due."""
        refs, due = zip(*wanted, strict=True)
        self.do(
            "insert into timer (filed, kind, ref, due)"
            " select %s, %s, ref, due from unnest(%s::text[], %s::timestamptz[]) one (ref, due)",
            [step.filed, kind, list(refs), list(due)],
        )

    def stop(self, step: Begun, kinds: list[str], task: int | None = None) -> None:
        """Clocks stop, and their timers go."""
        clocks = self.all(
            "update clock set state = 'stopped', stopped_at = %s where filed = %s and kind = any (%s)"
            " and task is not distinct from %s and state <> 'stopped' returning id",
            [step.at, step.filed, kinds, task],
        )
        refs = [f"{clock}:{name}" for (clock,) in clocks for name in ("warn", "due")]
        self.do("delete from timer where filed = %s and kind = 'card' and ref = any (%s)", [step.filed, refs])

    def milestone(self, step: Begun, kind: str, said: dict[str, Any]) -> None:
        """Accepted, decided, closed."""
        self.do(
            "insert into milestone (filed, kind, rev, at, who, said) values (%s, %s, %s, %s, %s, %s)",
            [step.filed, kind, step.rev, step.at, "林晓岚" if step.account else "", json.dumps(said)],
        )

    def finish(
        self,
        step: Begun,
        kind: str,
        entered: Sequence[str],
        delta: dict[str, Any],
        news: list[str],
        changed: dict[str, Any] | None = None,
    ) -> None:
        """What every step writes: passages, one chained event, the case, the command's answer, news; commit."""
        filed, actor, command = step.filed, step.actor, uuid.uuid4()
        node, said = entered[-1] if entered else "", json.dumps(delta)
        if entered:
            self.do(
                "insert into passage (filed, rev, node, at) select %s, %s, node, %s from unnest(%s::text[]) node",
                [filed, step.rev, step.at, list(entered)],
            )
        told = [filed, step.rev, str(command), kind, node, actor, delta, step.at.isoformat(), step.before]
        digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
        self.do(
            "insert into event (filed, rev, command, kind, node, actor, actor_name, delta, at, previous, hash)"
            " values (%s, %s, %s, %s, %s, %s, '林晓岚', %s, %s, %s, %s)",
            [filed, step.rev, command, kind, node, actor, said, step.at, step.before, digest],
        )
        marks = json.dumps({"rev": step.rev, "at": entered})
        values = {"rev": step.rev, "hash": digest, "marks": marks, **(changed or {})}
        names = ", ".join(f"{name} = %s" for name in values)
        self.do(f"update filed set {names} where id = %s", [*values.values(), filed])
        self.do(
            "insert into command (id, filed, actor, kind, answer, at) values (%s, %s, %s, %s, %s, %s)",
            [command, filed, actor, kind, said, step.at],
        )
        for one in news:
            self.news(step, one, f"case:{filed}", {"case": filed, "item": "flow"})
        self.do("select pg_notify('hand', '')", [])
        self.connection.commit()

    def news(self, step: Begun, kind: str, subject: str, data: dict[str, Any]) -> None:
        """What happened, for whoever reads."""
        self.do(
            "insert into news (kind, subject, actor, data, at) values (%s, %s, %s, %s, %s)",
            [kind, subject, step.actor, json.dumps(data), step.at],
        )

    def do(self, statement: str, values: list[Any]) -> None:
        """Ask; nobody needs the answer."""
        self.connection.execute(statement, values)  # type: ignore[call-overload]

    def all(self, statement: str, values: list[Any]) -> list[Any]:
        """Ask; all rows."""
        return list(self.connection.execute(statement, values).fetchall())  # type: ignore[call-overload]
