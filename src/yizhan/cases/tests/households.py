"""A poor household in the small town, for tests: a mother, her son and her mother; what is recorded of their means."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from yizhan.cases import catalogue, drafts, intake
from yizhan.cases.drafts import Desk
from yizhan.cases.tests.conftest import SUBDISTRICTS, Town
from yizhan.cases.tests.conftest import founded as founded_town
from yizhan.codes import identity_number
from yizhan.identity import accounts, scope
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Account, Post, Role, RoleGrant
from yizhan.registry import finding, loading, means, sources
from yizhan.registry.means import Record
from yizhan.registry.places import Place
from yizhan.registry.purposes import Reason
from yizhan.registry.registration import Registration
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

ITEM = "subsistence_allowance"
MEMBERS = {
    "mother": ("温素琴", "1984-04-02", 21, "02"),
    "son": ("温嘉朗", "2014-09-15", 31, "20"),
    "grandmother": ("区美好", "1952-11-30", 41, "51"),
    "cousin": ("温志高", "1990-01-09", 51, ""),  # of another household
}
STAFF = {
    "window": ("陆晓", "440104-bj", ("platform.window_clerk", f"{ITEM}.clerk")),
    "officer": ("欧阳敏", "440104-bj", (f"{ITEM}.clerk",)),
    "second": ("麦志", "440104-bj", (f"{ITEM}.clerk",)),
    "confirmer": ("甘国强", "440104-mz", (f"{ITEM}.approver",)),
    "payer": ("简宁", "440104-mz", (f"{ITEM}.payer",)),
}


def number(who: str) -> str:
    """The identity number of a member."""
    _name, born, serial, _relation = MEMBERS[who]
    return identity_number.make("440199", date.fromisoformat(born), serial)


@dataclass
class Home:
    """The household, and the town it is in."""

    town: Town
    subjects: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def at_the_window(self, who: str = "mother") -> Iterator[tuple[Actor, str]]:
        """A window clerk has found somebody, by name and number."""
        with self.town.acting("window") as actor:
            match = finding.exact(MEMBERS[who][0], number(who), purpose=Reason("窗口收件：低保"))
            assert match.subject is not None
            yield actor, match.subject

    def begin(self, actor: Actor, subject: str, **more: Any) -> Desk:
        """An application at the window, filled in."""
        desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=subject)
        drafts.save(desk, filled(desk, **more))
        return desk

    def apply(self, who: str = "mother", *, command: uuid.UUID | None = None, **more: Any) -> str:
        """The clerk hands it in for somebody; the number of the case."""
        with self.at_the_window(who) as (actor, subject):
            desk = self.begin(actor, subject, **more)
            return intake.submit(desk, by=actor, command=command or uuid.uuid4())

    def record(self, who: str, kind: str, amount: int | None, detail: str = "") -> None:
        """A source records something of a member."""
        with scope.service():
            one = Record(
                subject=self.subjects[who],
                kind=kind,
                source_record=f"{who}-{kind}-{uuid.uuid4()}",
                as_of=date(2026, 11, 1),
                amount=None if amount is None else Decimal(amount),
                detail=detail,
            )
            means.enter([one], source="tax")

    def do(self, who: str, number: str, action: str, node: str, **more: Any) -> None:
        """Somebody does the open task at a place."""
        self.town.do(who, number, action, task=self.town.task(number, node=node), **more)

    def inquired(self, **more: Any) -> str:
        """A case that was accepted, visited and checked; the number."""
        number = self.apply(**more)
        self.do("officer", number, "accept", "acceptance")
        self.town.work()
        self.visit(number)
        return number

    def visit(self, number: str) -> None:
        """The visit at home."""
        self.do("officer", number, "record", "visit", given=VISIT)

    def proposed(self, **more: Any) -> str:
        """A case that was proposed to be granted."""
        number = self.inquired(**more)
        self.do("officer", number, "agree", "review")
        return number


VISIT = {
    "visited_on": "2026-11-20",
    "visitors": "欧阳敏、麦志",
    "met": "agrees",
    "findings": "租住单间，家具简单，无机动车。",
}


def filled(desk: Desk, **income: int) -> dict[str, Any]:
    """What the clerk types with the applicant: who lives together and what they earn."""
    data = dict(desk.draft.data)
    by_name = {name: who for who, (name, *_rest) in MEMBERS.items()}
    rows = []
    for row in data["household"]["members"]:
        earned = income.get(by_name[row["name"]], 0)
        rows.append(
            {**row, "together": True, "condition": "none", "income": earned}
            | ({"income_from": "打工"} if earned else {})
        )
    return {
        **data,
        "applicant": {**data["applicant"], "phone": "13800001235"},
        "household": {"members": rows, "cause": "unemployment"},
        "account": {**data["account"], "bank": "示例银行越秀支行", "number": "6222021234567890"},
        "consent": {"all": True, "letter": [str(uuid.uuid4())]},
        "declaration": {"relatives": False, "true": True},
    }


@pytest.fixture
def home(standing: Callable[..., Any]) -> Home:
    """The household in a town of its own; for modules that begin with it, with the ``town`` here."""
    made: Home = standing(with_town)
    return made


@pytest.fixture
def town(home: Home) -> Town:
    """The town of the household."""
    return home.town


def with_town() -> Home:
    """Found a town, and settle the household in it."""
    return settled(founded_town())


def settled(town: Town) -> Home:
    """Publish the service, employ who handles it, enter the household."""
    publish(shipped("subsistence_allowance"), by="test")
    for username, (name, unit, codes) in STAFF.items():
        town.people[username] = _staff(username, name, unit, codes)
    made = Home(town)
    with scope.service():
        sources.declare("tax", zh="个人所得税申报", en="Income tax returns", unit="440104")
        loaded = loading.load([_person(who) for who in MEMBERS], source="police")
        made.subjects.update(loaded.subjects)
    return made


def _staff(username: str, name: str, unit: str, codes: tuple[str, ...]) -> Account:
    account = accounts.create_staff(username, name, by=HOUSE)
    post = Post(unit_id=unit, code=username, title="科员", title_en="Officer").found(by=HOUSE)
    for code in codes:
        RoleGrant.give(Role.objects.get(code=code), post, "own_unit", by=HOUSE, reason="测试")
    post.appoint(account, by=HOUSE)
    return account


def _person(who: str) -> Registration:
    name, _born, serial, relation = MEMBERS[who]
    home = Place(division=SUBDISTRICTS["bj"][1][:9] + "001", road="示例路", door_plate=f"{serial}号")
    return Registration(
        source_record=who,
        as_of=date(2026, 11, 18),
        name=name,
        sex="2" if serial % 2 == 0 else "1",
        born_on=date.fromisoformat(_born),
        id_number=number(who),
        book_number="POOR-1" if relation else "OTHER-1",
        relation=relation or "02",
        registered=home,
        living=home,
    )
