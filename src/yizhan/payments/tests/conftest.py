"""The small district with the elderly allowance, a payer at the bureau, and the news handed to this room."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from yizhan.cases import processes
from yizhan.cases.tests.conftest import _a_demo_on_a_day, founded  # noqa: F401 (a fixture is used by its name)
from yizhan.identity import accounts, scope
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Post, Role, RoleGrant
from yizhan.journal import access, reading, worker
from yizhan.journal.models import Cursor, News
from yizhan.payments import building, closing, following
from yizhan.payments.models import Entitlement, Line, ListClosure, MonthlyList
from yizhan.registry import persons
from yizhan.registry.places import Place
from yizhan.releases import models as releases
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish

BENEFIT = "elderly_allowance"
OUTSIDE, INSIDE = "330100000000", "440104003002"


class Office:
    """The town, and what its payments come to."""

    def __init__(self) -> None:
        self.town = founded()
        self._told = 0
        self.employ("payer", "苏敏", "440104-mz", "elderly_allowance.payer")

    def employ(self, who: str, name: str, unit: str, role: str) -> None:
        """Take on one more member of staff."""
        account = accounts.create_staff(who, name, by=HOUSE)
        post = Post(unit_id=unit, code=who, title="科员", title_en="Officer").found(by=HOUSE)
        RoleGrant.give(Role.objects.get(code=role), post, "own_unit", by=HOUSE, reason="测试")
        post.appoint(account, by=HOUSE)
        self.town.people[who] = account

    def tell(self) -> None:
        """Hand the reader all news it was not handed yet, in their order, as the worker does."""
        for news in News.objects.filter(id__gt=self._told).order_by("id"):
            handler = reading.readers[following.READER].handlers.get(news.kind)
            if handler is not None:
                with scope.service(), transaction.atomic():
                    handler(self._fact(news))
            self._told = news.id

    def tell_again(self, kind: str) -> None:
        """Hand the reader all news of a kind once more."""
        for news in News.objects.filter(kind=kind).order_by("id"):
            with scope.service(), transaction.atomic():
                reading.readers[following.READER].handlers[kind](self._fact(news))

    def grant(self, who: str = "chen") -> str:
        """Somebody applies, is granted on the spot, and this room hears of it; the number of the case."""
        number = self.town.apply(who)
        self.tell()
        return number

    def grant_by_hand(self, who: str) -> str:
        """Officials grant what the registers left in doubt."""
        number = self.town.apply(who, other_allowance=True)
        clerk = {"440104-bj": "clerk", "440104-lr": "stranger"}[self.town.task(number).unit]
        self.town.do(clerk, number, "accept")
        self.town.do(clerk, number, "agree")
        self.town.do("approver", number, "grant")
        self.tell()
        return number

    def build(self) -> int:
        """Do the round until nothing is left; how many entitlements were gone through."""
        done = 0
        while found := building.build():
            done += found
        return done

    def build_one(self, month: str) -> None:
        """Do the round until one list is made."""
        while self.roll(month).built_at is None:
            building.build()

    def close(self, month: str, actor: Actor) -> ListClosure:
        """Close a list."""
        return closing.close(self.roll(month), by=actor)

    def catch_up(self) -> None:
        """Let the worker read all news, at once also what failed and would be tried later.

        News waits for every transaction of the server, other tests' too; so it may take a while.
        """
        patience = time.monotonic() + 60
        while any(one.waiting for one in reading.lag() if one.reader == following.READER):
            assert time.monotonic() < patience, "another transaction holds back the news"
            Cursor.objects.update(next_try_at=None)
            worker.drain()
            time.sleep(0.05)

    def fact(self, kind: str) -> reading.Fact:
        """The latest news of a kind."""
        return self._fact(News.objects.filter(kind=kind).latest("id"))

    @staticmethod
    def handler(kind: str) -> Any:
        """What this room does when it hears of a kind."""
        return reading.readers[following.READER].handlers[kind]

    def lines(self, month: str, who: str | None = None) -> list[tuple[str, str, str]]:
        """A list's lines as (month, state, amount), of one person if named."""
        with scope.service():
            found = Line.objects.filter(list__month=day(month)).order_by("entitlement", "month")
            if who is not None:
                found = found.filter(entitlement__subject=self.town.subjects[who])
            return [(f"{line.month:%Y-%m}", line.state, str(line.amount or "")) for line in found]

    def entitlement(self, number: str) -> Entitlement:
        """What a case begot."""
        with scope.service():
            return Entitlement.objects.select_related("benefit").get(case_number=number)

    def roll(self, month: str) -> MonthlyList:
        """The list of a month."""
        return MonthlyList.objects.select_related("benefit").get(month=day(month))

    @contextmanager
    def acting(self, who: str) -> Any:
        """Act as somebody."""
        with self.town.acting(who) as actor:
            yield actor

    def died(self, who: str, on: str, record: str = "d1") -> None:
        """The register enters a death."""
        with self._register():
            persons.died(
                self.town.subjects[who],
                date.fromisoformat(on),
                source="police",
                source_record=f"{who}-{record}",
                by="house",
            )
        self.tell()

    def corrected(self, who: str, column: str, value: object) -> None:
        """The register corrects a value."""
        with self._register():
            persons.correct(
                self.town.subjects[who],
                column,
                value,
                source="police",
                because="测试更正",
                by="house",
            )
        self.tell()

    def moved(self, who: str, division: str, on: str) -> None:
        """The register enters that somebody is registered elsewhere."""
        with self._register():
            persons.moved(
                self.town.subjects[who],
                Place(division=division, road="别处路", door_plate="8号"),
                on=date.fromisoformat(on),
                source="police",
                source_record=f"{who}-{division}",
                by="house",
                registered=True,
            )
        self.tell()

    @contextmanager
    def _register(self) -> Any:
        with scope.service(), access.watching(HOUSE.viewer()):
            yield

    @staticmethod
    def _fact(news: News) -> reading.Fact:
        return reading.Fact(news.id, news.kind, news.subject, news.actor, news.data, news.at, (0, 0, news.id))


def day(month: str) -> date:
    """``2026-12`` as its first day."""
    return date.fromisoformat(f"{month}-01")


@pytest.fixture(autouse=True)
def _nothing_remembered(settings: Any) -> None:
    """Ids begin anew when tables are emptied, so what was kept of releases is forgotten."""
    settings.ROOT_URLCONF = "yizhan.payments.tests.urls"
    for remembered in (releases.release, releases._definition, processes.table, processes.graph):
        remembered.cache_clear()


@pytest.fixture
def office(standing: Any) -> Office:
    """The bureau's office."""
    made: Office = standing(Office)
    return made


@pytest.fixture
def office_committed(committed: None) -> Office:
    """The same, really committed."""
    return Office()


@pytest.fixture
def changed_pack(tmp_path: Path) -> Any:
    """Publishes the allowance with words of one file replaced; the faults, if there are any."""

    def publish_changed(file: str, old: str, new: str) -> list[Any]:
        folder = tmp_path / "elderly_allowance"
        if not folder.exists():
            _copy(django_settings.ROOT / "packs/elderly_allowance", folder)
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        pack = read(folder)
        if not pack.errors:
            publish(pack, by="test")
        return pack.errors

    return publish_changed


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
