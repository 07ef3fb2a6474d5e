"""A case by hand: one process written out step by step, its rows by plain SQL, a commit for every step.

It writes what the product writes for the same process: the case, its filing, tasks, clocks with the timers of their
cards, places, passages, milestones, a chained event, the command's answer, the news of each step, and the papers of its
acceptance and its decision, with number, approval of the seal and the effect that has them made. Before a step it asks
what its author would ask: whose session it is, and whether they hold the role at
the unit. It knows one process only, has no row-level security, and explains nothing.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.benchmarks.hand_rows import TABLES, ZONE, Begun, Rows, end_of
from tests.benchmarks.rig.flow import form

RATES = ((100, 600), (90, 240), (80, 120), (70, 50))


class Hand(Rows):
    """One process, by hand."""

    number = 0

    def make(self) -> None:
        """Make the tables anew, with a member of staff in every unit."""
        self.connection.execute(TABLES.read_bytes())
        for account, unit in enumerate(["flow", *(form.unit(number) for number in range(40))], start=1):
            self.do("insert into session values (%s, %s, now() + interval '1 day')", [unit, account])
            self.do("insert into holder values (%s, 'clerk', %s)", [account, unit])
        self.connection.commit()

    def walk(self, departments: int) -> Iterator[str]:
        """Walk a case from its start to its end, telling each step when it is there."""
        units = [form.unit(number) for number in range(departments)]
        filed, task = self.start()
        yield "start"
        task = self.check(filed, task)
        yield "check"
        reviews = self.accept(filed, task, units)
        yield "accept"
        for place, (unit, review) in enumerate(zip(units, reviews, strict=True), start=1):
            self.review(filed, review, unit, departments)
            yield f"review {place}"
        while not self.fire():
            pass
        yield "timer"

    def start(self) -> tuple[int, int]:
        """Hand in: the case, its filing, the first task."""
        at, self.number = datetime.now(ZONE), self.number + 1
        account = self.who("flow", "flow")
        number, person, data = f"H{self.number:08d}", form.DATA["applicant"], json.dumps(form.DATA)
        ((filed,),) = self.all(
            "insert into filed (number, item, status, rev, channel, subject, subject_name, tails, unit, area, units,"
            " received_by, data, opened_at) values (%s, 'flow', 'received', 0, 'window', 'person:1', %s, %s,"
            " 'flow', '440104', %s, %s, %s, %s) returning id",
            [number, person["name"], [person["phone"][-4:]], ["flow"], account, data, at],
        )
        step = Begun(filed, number, at, 1, "", account)
        self.do(
            "insert into filing (filed, rev, data, facts, who, at) values (%s, 1, %s, %s, %s, %s)",
            [filed, data, json.dumps(form.FACTS), person["name"], at],
        )
        self.clocks(step, [("acceptance", None, 5)])
        (task,) = self.open(step, "check", ["flow"], 2)
        self.finish(step, "submitted", ["check"], {"channel": "window", "opened": [task]}, ["received"])
        return filed, task

    def check(self, filed: int, task: int) -> int:
        """Checked: on to acceptance."""
        step = self.begin(filed, task, "flow")
        (following,) = self.open(step, "accept", ["flow"], 5)
        self.finish(step, "completed", ["accept"], {"closed": task, "opened": [following]}, ["completed"])
        return following

    def accept(self, filed: int, task: int, units: list[str]) -> list[int]:
        """Accepted: each department reviews."""
        step = self.begin(filed, task, "flow")
        self.stop(step, ["acceptance"])
        self.clocks(step, [("promised", None, 10), ("statutory", None, 20)])
        self.milestone(step, "acceptance", {})
        self.do("insert into body (filed, expected, data) values (%s, %s, '{}')", [filed, json.dumps(units)])
        self.do("insert into place (filed, number, node) values (%s, 0, 'reviews')", [filed])
        reviews = self.open(step, "reviews", units, 5)
        self.paper(step, "accepted")
        changed = {"status": "accepted", "accepted_at": step.at, "units": ["flow", *units]}
        delta = {"closed": task, "opened": reviews}
        self.finish(step, "completed", ["reviews"], delta, ["completed", "accepted"], changed)
        return reviews

    def review(self, filed: int, task: int, unit: str, expected: int) -> None:
        """One department agrees; the last one leads on to the gateway, the decision and the wait."""
        step, entered = self.begin(filed, task, unit), []
        ((said,),) = self.all(
            "update body set data = data || jsonb_build_object(%s::text, %s::jsonb) where filed = %s returning data",
            [str(task), json.dumps({"action": "go"}), filed],
        )
        if len(said) == expected:
            entered = ["gateway", "decide", "pause"] if self.monthly(filed) is not None else ["refused"]
            self.do("update body set closed_at = %s where filed = %s", [step.at, filed])
            self.do("update place set number = -1, node = 'pause' where filed = %s and number = 0", [filed])
            self.timers(step, "limit", [("due", step.at + timedelta(milliseconds=1))])
        self.finish(step, "completed", entered, {"closed": task}, ["completed"])

    def fire(self) -> bool:
        """The first timer that is due: its case is decided and closed; whether there was one."""
        at = datetime.now(ZONE)
        due = self.all(
            "delete from timer where id = (select id from timer where due <= %s order by due, id limit 1"
            " for update skip locked) returning filed",
            [at],
        )
        if not due:
            self.connection.commit()
            return False
        ((filed,),) = due
        step = self.lock(filed, at, None)
        terms = {"monthly": self.monthly(filed)}
        self.stop(step, ["promised", "statutory"])
        self.do(
            "insert into clock (filed, kind, budget, started_at, state, due_at, warn_at, stopped_at)"
            " values (%s, 'delivery', 10, %s, 'stopped', %s, %s, %s)",
            [filed, at, end_of(at, 10), end_of(at, 9), at],
        )
        self.milestone(step, "decision", terms)
        self.milestone(step, "closure", {})
        self.do("delete from place where filed = %s", [filed])
        self.do("delete from timer where filed = %s", [filed])
        self.paper(step, "granted")
        changed = {"status": "closed", "outcome": "granted", "decided_at": at, "closed_at": at}
        self.finish(step, "timer", ["granted"], terms, ["decided", "closed"], changed)
        return True

    def paper(self, step: Begun, use: str) -> None:
        """The paper of a step, with its number and the approval of its seal; its file is left to a worker."""
        once, by = f"{step.number}/{step.rev}/paper-{use}", step.actor
        name = form.DATA["applicant"]["name"]
        series = f"测{use}〔{step.at.year}〕"
        ((serial,),) = self.all(
            "insert into series (key, last) values (%s, 1)"
            " on conflict (key) do update set last = series.last + 1 returning last",
            [series],
        )
        number, key = f"{series}{serial}号", uuid.uuid4()
        said = json.dumps({"number": step.number, "name": name, "item": "flow", "on": f"{step.at:%Y-%m-%d}"})
        digest = hashlib.sha256(said.encode()).hexdigest()
        self.do(
            "insert into paper (id, document, number, code, factor, data, digest, holder_key, holder, holder_name, owner,"
            " units, once, issued_by, issued_at)"
            " values (%s, %s, %s, %s, %s, %s, %s, 'person:1', %s, %s, %s, %s, %s, %s, %s)",
            [key, use, number, secrets.token_hex(10), secrets.token_hex(2), said, digest, f"{name[0]}＊", name,
             f"case:{step.filed}", ["flow"], once, by, step.at],
        )  # fmt: skip
        self.do(
            "insert into approval (id, document, called, digest, unit, kind, who, at, why)"
            " values (%s, %s, %s, %s, 'flow', 'official', %s, %s, %s)",
            [uuid.uuid4(), f"paper:{key}", number, digest, by, step.at, use],
        )
        for kind in ("paper.issued", "seal.approved"):
            self.news(step, kind, f"paper:{key}", {"digest": digest})
        self.do(
            "insert into effect (topic, key, body, next_try_at) values ('paper', %s, %s, %s) on conflict do nothing",
            [once, json.dumps({"filed": step.filed, "paper": str(key)}), step.at],
        )

    def monthly(self, filed: int) -> int | None:
        """What the rates say for the age that the register knew."""
        ((age,),) = self.all(
            "select (facts -> 'person.age' ->> 'value')::int from filing where filed = %s order by rev desc limit 1",
            [filed],
        )
        return next((amount for least, amount in RATES if age >= least), None)
