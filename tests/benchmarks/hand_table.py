"""A case by hand: the states of one process in a dictionary, its rows by plain SQL, a commit for every step.

It writes what the product writes for the same process: the case, its filing, tasks, clocks with the timers of their
cards, places, passages, milestones, a chained event, the command's answer and the news of each step. It knows one
process only, checks no rights, and explains nothing.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import psycopg

ZONE = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
TABLES = Path(__file__).with_suffix(".sql")


class Hand:
    """One process, by hand."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        self.number = 0

    def make(self) -> None:
        """Make the tables anew."""
        self.connection.execute(TABLES.read_bytes())
        self.connection.commit()
        self.connection.execute("set search_path = hand")
        self.connection.commit()

    def cases(self, departments: int, many: int) -> int:
        """Walk so many cases from their start to their end; the number of steps."""
        units = [f"flow-{number:02d}" for number in range(departments)]
        for _ in range(many):
            filed, task = self.start()
            task = self.check(filed, task)
            for review in self.accept(filed, task, units):
                self.review(filed, review, len(units))
            self.fire()
        return many * (4 + departments)

    def start(self) -> tuple[int, int]:
        """Hand in: the case, its filing, the first task."""
        at, self.number = datetime.now(ZONE), self.number + 1
        data = {
            "applicant": {"name": "陈玥堃", "phone": "13800001234"},
            "account": {"number": "6222021234567890"},
        }
        marks = {"at": ["check"]}
        ((filed,),) = self._all(
            "insert into filed (number, item, status, outcome, rev, units, subject, data, marks, opened_at) values"
            " (%s, 'flow', 'received', '', 0, %s, 'person:1', %s, %s, %s) returning id",
            [f"H{self.number:08d}", ["flow"], json.dumps(data), json.dumps(marks), at],
        )
        facts = {"person.name": {"value": "陈玥堃", "source": "police", "as_of": "2026-11-18"}}
        self._do(
            "insert into filing (filed, rev, data, facts, who, at) values (%s, 1, %s, %s, '陈玥堃', %s)",
            [filed, json.dumps(data), json.dumps(facts), at],
        )
        self._clock(filed, "acceptance", None, 5, at)
        task = self._open(filed, "check", "flow", None, 2, at)
        self._step(
            filed, 1, "submitted", ["check"], at, {"channel": "online"}, ["received"], {"status": "received"}
        )
        return filed, task

    def check(self, filed: int, task: int) -> int:
        """Checked: on to acceptance."""
        at, rev = self._begin(filed, task, "go")
        following = self._open(filed, "accept", "flow", None, 5, at)
        self._step(
            filed, rev, "completed", ["accept"], at, {"closed": task, "opened": following}, ["completed"], {}
        )
        return following

    def accept(self, filed: int, task: int, units: list[str]) -> list[int]:
        """Accepted: each department reviews."""
        at, rev = self._begin(filed, task, "go")
        self._stop(filed, "acceptance", at)
        self._clock(filed, "promised", None, 10, at)
        self._clock(filed, "statutory", None, 20, at)
        self._do(
            "insert into joint (filed, expected, data) values (%s, %s, '{}')", [filed, json.dumps(units)]
        )
        self._do(
            "insert into milestone (filed, kind, rev, at, who) values (%s, 'acceptance', %s, %s, '林晓岚')",
            [filed, rev, at],
        )
        reviews = [self._open(filed, "reviews", unit, unit, 5, at) for unit in units]
        changed = {"status": "accepted", "accepted_at": at, "units": ["flow", *units]}
        delta = {"closed": task, "opened": reviews}
        self._step(filed, rev, "completed", ["reviews"], at, delta, ["completed", "accepted"], changed)
        return reviews

    def review(self, filed: int, task: int, expected: int) -> None:
        """One department agrees; the last one leads on to the gateway, the decision and the wait."""
        at, rev = self._begin(filed, task, "go")
        ((said,),) = self._all(
            "update joint set data = data || jsonb_build_object(%s::text, %s::jsonb) where filed = %s returning data",
            [str(task), json.dumps({"action": "go"}), filed],
        )
        entered = []
        if len(said) == expected:
            monthly = next(amount for age, amount in ((90, 300), (80, 200), (70, 50), (0, 0)) if age <= 81)
            entered = ["gateway", "decide", "pause"] if monthly >= 0 else ["refused"]
            self._do("update joint set closed_at = %s where filed = %s", [at, filed])
            self._do("delete from place where filed = %s", [filed])
            self._do("insert into place (filed, number, node) values (%s, %s, 'pause')", [filed, rev * 100])
            due = at + timedelta(milliseconds=1)
            self._do(
                "insert into timer (filed, kind, ref, due) values (%s, 'limit', 'due', %s)", [filed, due]
            )
        self._step(filed, rev, "completed", entered, at, {"closed": task}, ["completed"], {})

    def fire(self) -> None:
        """The first timer that is due: the case is decided and closed."""
        at = datetime.now(ZONE)
        ((timer, filed),) = self._all(
            "select timer.id, filed from timer where kind = 'limit' order by due, timer.id limit 1 for update skip locked",
            [],
        )
        self._do("delete from timer where id = %s", [timer])
        ((rev,),) = self._all("select rev from filed where id = %s for update", [filed])
        rev += 1
        self._stop(filed, "promised", at)
        self._stop(filed, "statutory", at)
        self._clock(filed, "delivery", None, 10, at)
        self._stop(filed, "delivery", at)
        for kind in ("decision", "closure"):
            self._do(
                "insert into milestone (filed, kind, rev, at, who, said) values (%s, %s, %s, %s, '', '{}')",
                [filed, kind, rev, at],
            )
        self._do("delete from place where filed = %s", [filed])
        self._do("delete from timer where filed = %s", [filed])
        changed = {"status": "closed", "outcome": "granted", "decided_at": at, "closed_at": at}
        self._step(
            filed, rev, "timer", ["granted"], at, {"outcome": "granted"}, ["decided", "closed"], changed
        )

    def _begin(self, filed: int, task: int, action: str) -> tuple[datetime, int]:
        """Lock the case, close the task and its clock."""
        at = datetime.now(ZONE)
        ((rev,),) = self._all("select rev from filed where id = %s for update", [filed])
        closed = self._all(
            "update task set state = 'done', action = %s, outcome = '{}', done_at = %s, done_by = 1, assignee = 1"
            " where filed = %s and id = %s and state = 'open' returning id",
            [action, at, filed, task],
        )
        assert len(closed) == 1, "somebody was faster"
        self._do("delete from place where filed = %s and number = %s", [filed, task])
        self._stop(filed, "internal", at, task)
        return at, rev + 1

    def _open(self, filed: int, node: str, unit: str, one: str | None, days: int, at: datetime) -> int:
        """A task with its place, its clock and the timers of its cards."""
        ((task,),) = self._all(
            "insert into task (filed, node, unit, state, one, opened_at, due_at, warn_at) values"
            " (%s, %s, %s, 'open', %s, %s, %s, %s) returning id",
            [filed, node, unit, one, at, at + days * DAY, at + (days - 1) * DAY],
        )
        self._do("insert into place (filed, number, node) values (%s, %s, %s)", [filed, task, node])
        self._clock(filed, "internal", task, days, at)
        return int(task)

    def _clock(self, filed: int, kind: str, task: int | None, days: int, at: datetime) -> None:
        ((clock,),) = self._all(
            "insert into clock (filed, kind, task, budget, started_at, state, due_at, warn_at) values"
            " (%s, %s, %s, %s, %s, 'running', %s, %s) returning id",
            [filed, kind, task, days, at, at + days * DAY, at + (days - 1) * DAY],
        )
        self._do(
            "insert into timer (filed, kind, ref, due) values (%s, 'card', %s, %s), (%s, 'card', %s, %s)",
            [filed, f"{clock}:warn", at + (days - 1) * DAY, filed, f"{clock}:due", at + days * DAY],
        )

    def _stop(self, filed: int, kind: str, at: datetime, task: int | None = None) -> None:
        clocks = self._all(
            "update clock set state = 'stopped', stopped_at = %s where filed = %s and kind = %s"
            " and task is not distinct from %s and state <> 'stopped' returning id",
            [at, filed, kind, task],
        )
        refs = [f"{clock}:{name}" for (clock,) in clocks for name in ("warn", "due")]
        self._do("delete from timer where filed = %s and kind = 'card' and ref = any (%s)", [filed, refs])

    def _step(
        self,
        filed: int,
        rev: int,
        kind: str,
        entered: list[str],
        at: datetime,
        delta: dict[str, Any],
        news: list[str],
        changed: dict[str, Any],
    ) -> None:
        """What every step writes: passages, the case, one chained event, the command's answer, news."""
        for node in entered:
            self._do(
                "insert into passage (filed, rev, node, at) values (%s, %s, %s, %s)", [filed, rev, node, at]
            )
        values = {"rev": rev, "marks": json.dumps({"rev": rev, "at": entered}), **changed}
        names = ", ".join(f"{name} = %s" for name in values)
        self._do(f"update filed set {names} where id = %s", [*values.values(), filed])
        previous = self._all("select hash from event where filed = %s and rev = %s", [filed, rev - 1])
        before = previous[0][0] if previous else ""
        command = uuid.uuid4()
        told = json.dumps([filed, rev, str(command), kind, delta, at.isoformat(), before], sort_keys=True)
        digest = hashlib.sha256(told.encode()).hexdigest()
        node = entered[-1] if entered else ""
        self._do(
            "insert into event (filed, rev, command, kind, node, actor, delta, at, previous, hash)"
            " values (%s, %s, %s, %s, %s, 'account:1', %s, %s, %s, %s)",
            [filed, rev, command, kind, node, json.dumps(delta), at, before, digest],
        )
        self._do(
            "insert into command (id, filed, actor, kind, answer, at) values (%s, %s, 'account:1', %s, '{}', %s)",
            [command, filed, kind, at],
        )
        for one in news:
            self._do(
                "insert into news (kind, subject, actor, data, at) values (%s, %s, 'account:1', %s, %s)",
                [one, f"case:{filed}", json.dumps({"case": filed}), at],
            )
        self._do("select pg_notify('hand', '')", [])
        self.connection.commit()

    def _do(self, statement: str, values: list[Any]) -> None:
        self.connection.execute(statement, values)  # type: ignore[call-overload]

    def _all(self, statement: str, values: list[Any]) -> list[Any]:
        return list(self.connection.execute(statement, values).fetchall())  # type: ignore[call-overload]
