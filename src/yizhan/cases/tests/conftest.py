"""A small district with the elderly allowance: two sub-districts, the bureau, clerks, residents."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from ast import literal_eval
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from yizhan import clock
from yizhan.cases import catalogue, drafts, handling, intake, ledger, printed_form
from yizhan.cases.models import Case, Clock, Task, Timer, Token
from yizhan.codes import identity_number
from yizhan.identity import accounts, roles, scope
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Account, Post, Role, RoleGrant, Unit
from yizhan.journal import access, worker
from yizhan.registry import finding, loading, sources
from yizhan.registry.places import Place
from yizhan.registry.registration import Registration
from yizhan.releases.pack import Pack, read
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped
from yizhan.seals.tests.provided import seal_every_unit

MORNING = "2026-11-20T09:30"
SUBDISTRICTS = {"bj": ("北京街道办事处", "440104003000"), "lr": ("六榕街道办事处", "440104004000")}


@pytest.fixture(autouse=True)
def _a_demo_on_a_day(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.DEMO = True
    settings.FILES = tmp_path / "files"
    with clock.standing_at(MORNING):
        yield


@pytest.fixture
def no_form_remembered() -> Iterator[None]:
    """Blank forms are set in the test itself, and by no other before or after it."""
    printed_form.shelf.clear()
    yield
    printed_form.shelf.clear()


@dataclass
class Town:
    """Who is there, and how to act as one of them."""

    people: dict[str, Account] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def acting(self, who: str) -> Iterator[Actor]:
        """Act as somebody: their scope is open, their looks are logged."""
        account = self.people[who]
        with scope.as_account(account) as actor, access.watching(actor.viewer()):
            yield actor

    def apply(
        self, who: str = "chen", *, other_allowance: bool = False, command: uuid.UUID | None = None
    ) -> str:
        """A resident applies online; the number of the case."""
        with self.acting(who) as actor:
            desk = drafts.begin(catalogue.get("elderly_allowance"), by=actor, subject=self.subjects[who])
            drafts.save(desk, filled(desk.draft.data, other_allowance=other_allowance))
            return intake.submit(desk, by=actor, command=command or uuid.uuid4())

    def case(self, number: str) -> Case:
        """A case as the house sees it."""
        with scope.service():
            return Case.objects.select_related("item", "decision", "acceptance", "closure").get(number=number)

    def task(self, number: str, **which: Any) -> Task:
        """The open task of a case; of several, the one that is described."""
        with scope.service():
            return Task.objects.get(number=number, **{"state": "open", "kind": "step", **which})

    def do(self, who: str, number: str, action: str, *, task: Task | None = None, **more: Any) -> None:
        """A member of staff does the open task of a case."""
        task = task or self.task(number)
        with self.acting(who) as actor:
            handling.complete(
                task.case_id,
                task.id,
                action=action,
                by=actor,
                command=more.pop("command", uuid.uuid4()),
                **more,
            )

    def intact(self, number: str) -> bool:
        """Whether the chain of a case's events is whole, and nothing is left over."""
        with scope.service():
            case = Case.objects.get(number=number)
            closed = case.status == "closed"
            left = Task.objects.filter(case=case, state__in=["open", "held"]).exists()
            running = Clock.objects.filter(case=case).exclude(state="stopped").exists()
            timers = Timer.objects.filter(case=case).exists()
            tokens = Token.objects.filter(case=case).exists()
            moving = left or timers
            at_rest = not (left or running or timers or tokens)
            return not ledger.broken_links(case) and (at_rest if closed else moving and tokens)

    def permit_several(self) -> None:
        """From now on one person may have any number of the allowance at a time."""
        self.republish("items/elderly_allowance.yaml", "at_a_time: one", "at_a_time: any")

    def republish(self, file: str, old: str, new: str) -> None:
        """The pack is published anew, with words of one file replaced."""
        self.rewrite({file: [(old, new)]})

    def rewrite(self, changes: dict[str, str | list[tuple[str, str]]]) -> None:
        """The pack is published anew, with files written anew, or words of them replaced."""
        publish(rewritten(repr(sorted(changes.items()))), by="test")

    def work(self) -> int:
        """Let the worker do all that waits."""
        return worker.drain()


@cache
def rewritten(changes: str) -> Pack:
    """The pack with other words, read once: many tests want the same."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "elderly_allowance"
        # Its worked examples are of the process as it is written.
        shutil.copytree(
            django_settings.ROOT / "packs/elderly_allowance",
            folder,
            ignore=shutil.ignore_patterns("journeys"),
        )
        for file, change in literal_eval(changes):
            text = change if isinstance(change, str) else (folder / file).read_text("utf-8")
            for old, new in [] if isinstance(change, str) else change:
                assert old in text
                text = text.replace(old, new)
            (folder / file).write_text(text, "utf-8")
        return read(folder)


def filled(data: dict[str, Any], *, other_allowance: bool = False) -> dict[str, Any]:
    """The answers a resident types."""
    return {
        **data,
        "applicant": {**data["applicant"], "phone": "13800001234"},
        "account": {**data.get("account", {}), "bank": "示例银行越秀支行", "number": "6222021234567890"},
        "agent": {"is_agent": False},
        "declaration": {"other_allowance": other_allowance, "true": True}
        | ({"other_place": "示例市"} if other_allowance else {}),
    }


PERSONS = {
    "chen": ("陈玥堃", "1945-03-08", 1, "bj"),  # 81
    "li": ("李昇", "1957-02-01", 2, "bj"),  # 69
    "wang": ("王喆", "1936-07-15", 3, "lr"),  # 90
}


@pytest.fixture
def town(standing: Callable[..., Any]) -> Town:
    """The district, its staff and three residents."""
    made: Town = standing(founded)
    return made


@pytest.fixture
def town_committed(committed: None) -> Town:
    """The same, really committed, for tests with several threads."""
    return founded()


def founded() -> Town:
    """Found the town."""
    made = Town()
    roles.publish_platform()
    for code, name, kind, parent, division in (
        ("440104", "越秀区人民政府", "government", "", "440104000000"),
        ("440104-mz", "越秀区民政局", "department", "440104", "440104000000"),
        *(
            (f"440104-{key}", name, "subdistrict", "440104", code)
            for key, (name, code) in SUBDISTRICTS.items()
        ),
    ):
        Unit(code=code, name=name, kind=kind, parent_id=parent or None, division=division).found(by=HOUSE)
    seal_every_unit()
    publish(shipped("elderly_allowance"), by="test")
    for who, name, unit, role in (
        ("clerk", "林晓岚", "440104-bj", "elderly_allowance.clerk"),
        ("colleague", "何志强", "440104-bj", "elderly_allowance.clerk"),
        ("stranger", "周敏", "440104-lr", "elderly_allowance.clerk"),
        ("approver", "梁建国", "440104-mz", "elderly_allowance.approver"),
    ):
        made.people[who] = _staff(who, name, unit, role)
    with scope.service():
        sources.declare("police", zh="公安户籍登记", en="Household register of the police", unit="440104")
        loaded = loading.load([_person(key) for key in PERSONS], source="police")
    for key, (name, born, serial, _where) in PERSONS.items():
        made.subjects[key] = loaded.subjects[key]
        made.people[key] = _citizen(name, _number(born, serial), f"1380000{serial:04d}")
    return made


def _staff(username: str, name: str, unit: str, role: str) -> Account:
    account = accounts.create_staff(username, name, by=HOUSE)
    post = Post(unit_id=unit, code=username, title="科员", title_en="Officer").found(by=HOUSE)
    RoleGrant.give(Role.objects.get(code=role), post, "own_unit", by=HOUSE, reason="测试")
    post.appoint(account, by=HOUSE)
    return account


def _number(born: str, serial: int) -> str:
    return identity_number.make("440199", date.fromisoformat(born), serial)


def _person(key: str) -> Registration:
    name, born, serial, where = PERSONS[key]
    place = Place(division=SUBDISTRICTS[where][1][:9] + "001", road="示例路", door_plate=f"{serial}号")
    return Registration(
        source_record=key,
        as_of=date(2026, 11, 18),
        name=name,
        sex="2",
        born_on=date.fromisoformat(born),
        id_number=_number(born, serial),
        book_number=f"H{serial}",
        relation="02",
        registered=place,
        living=place,
    )


def _citizen(name: str, number: str, phone: str) -> Account:
    account = Account.objects.create(kind=Account.Kind.CITIZEN, phone=phone, name=phone)
    with scope.as_account(account) as actor, access.watching(actor.viewer()):
        assert finding.match_real_name(account, name, number)
    return account
