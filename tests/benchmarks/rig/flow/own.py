"""Whole cases through the product: opened, checked, accepted, reviewed, decided, ended."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from tests.benchmarks.rig import deadlines
from tests.benchmarks.rig.flow import firing, form, pack
from yizhan import calendar, clock
from yizhan.cases import handling, motion, reading, timers
from yizhan.cases.models import Case, Filing, Status
from yizhan.cases.step import Step
from yizhan.identity import accounts, presences, rights, scope
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Account, Post, Role, RoleGrant, Unit
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish

Opened = dict[str, Any]
GOVERNMENT, UNIT = "440104", "440104-mz"


class Worker:
    """A member of staff with a session that stays open."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.actor: Actor = rights.actor_in(account, None)
        self.session = f"bench-{secrets.token_urlsafe(24)}"
        with transaction.atomic():
            presences.begin(self.session, account, excused=True)


class Own:
    """The product as an engine."""

    def __init__(self) -> None:
        self.releases: dict[int, int] = {}
        self.workers: dict[str, Worker] = {}
        self._made = 0

    def prepare(self, folder: Path) -> None:
        """Publish the packs, found units, employ people; what is there already stays."""
        with scope.service():
            self._units()
            for departments in pack.CODES:
                published = publish(read(pack.write(folder, departments)), by="system")
                self.releases[departments] = published.release.pk
            for unit in (UNIT, *(form.unit(number) for number in range(40))):
                self.workers[unit] = Worker(self._staff(unit))
        while timers.fire():
            pass

    def _units(self) -> None:
        for number in range(40):
            code = form.unit(number)
            if not Unit.objects.filter(code=code).exists():
                Unit(code=code, name=f"测量单位{number}", kind="department", parent_id=GOVERNMENT).found(
                    by=HOUSE
                )

    def _staff(self, unit: str) -> Account:
        name = f"bench-{unit}"
        found = Account.objects.filter(username=name).first()
        if found is not None:
            return found
        account = accounts.create_staff(name, "何敏仪", by=HOUSE)
        post = Post(unit_id=unit, code=name, title="科员", title_en="Officer").found(by=HOUSE)
        for code in pack.CODES.values():
            role = Role.objects.get(code=f"{code}.clerk")
            RoleGrant.give(role, post, "own_unit", by=HOUSE, reason="测量")
        post.appoint(account, by=HOUSE)
        return account

    def walk(self, departments: int) -> Iterator[str]:
        """Walk a case from its start to its end, telling each step when it is there."""
        case, opened = self._start(departments)
        yield "start"
        for name in ("check", "accept"):
            opened = self._complete(case, opened[0])
            yield name
        for place, review in enumerate(opened, start=1):
            self._complete(case, review)
            yield f"review {place}"
        self._fire()
        yield "timer"

    def timers(self) -> dict[str, float]:
        """What timers take: armed, claimed, fired with their steps, beside ordinary steps of the same cases."""
        many, departments = 60, 3
        began = time.perf_counter()
        for _ in range(many):
            case, opened = self._start(departments)
            opened = self._complete(case, opened[0])
            for review in self._complete(case, opened[0]):
                self._complete(case, review)
        steps = time.perf_counter() - began
        began, fired = time.perf_counter(), 0
        while fired < many:
            fired += timers.fire()
        fires = time.perf_counter() - began
        return {"a step": steps / many / (3 + departments), "a fire": fires / many, **firing.measure(case)}

    def due_dates(self) -> dict[str, float]:
        """What a hundred thousand due dates take, reckoned and explained."""
        return asdict(deadlines.measure(calendar.table()))

    def _start(self, departments: int) -> tuple[int, list[Opened]]:
        """Hand in; the case, and the tasks that opened."""
        self._made += 1
        worker = self.workers[UNIT]
        now, code = clock.now(), pack.CODES[departments]
        with self.acting(worker, admit="person:bench"):
            case = Case(
                number=f"BENCH-{uuid.uuid4().hex[:24]}",
                item_id=code,
                release_id=self.releases[departments],
                process="application",
                status=Status.RECEIVED,
                channel="window",
                subject="person:bench",
                subject_name="陈玥堃",
                unit=UNIT,
                area=GOVERNMENT,
                units=[UNIT],
                data=form.DATA,
                received_by=worker.actor.account_id,
                opened_at=now,
            )
            case.save(force_insert=True)
            command = uuid.uuid4()
            found = reading.opened(case, command)
            step = Step(case, by=worker.actor, command=command, kind="case.submitted", found=found)
            step.filing = Filing(
                case=case,
                rev=1,
                form="application",
                data=form.DATA,
                facts=form.FACTS,
                by=step.who,
                at=step.at,
            )
            step.sheet.add(step.filing)
            step.note(channel="window", item=code)
            step.news("case.received")
            motion.begin(step)
            step.finish({"number": case.number})
        return case.pk, step.delta["opened"]

    def _complete(self, case: int, opened: Opened) -> list[Opened]:
        """Somebody of its unit does a task; the tasks that opened."""
        worker = self.workers[opened["unit"]]
        with self.acting(worker):
            answer = handling.complete(
                case, opened["task"], action="go", by=worker.actor, command=uuid.uuid4()
            )
        following: list[Opened] = answer["opened"]
        return following

    def _fire(self) -> None:
        """The worker's own round, until the timer of a millisecond has fired."""
        while not timers.fire():
            pass

    @contextmanager
    def acting(self, worker: Worker, *, admit: str = "") -> Iterator[None]:
        """A request's transaction: the session opens the scope."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select scope_open_session(%s, %s)", [worker.session, clock.today()])
            if admit:
                with scope.service():
                    yield
            else:
                yield
