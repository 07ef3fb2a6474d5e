"""A company in the small town, for tests: its representative is Chen, its first agent Li; it wants a signboard."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from yizhan import clock
from yizhan.cases import catalogue, drafts, intake
from yizhan.cases.drafts import Desk
from yizhan.cases.tests.conftest import Town, _staff
from yizhan.cases.tests.conftest import founded as founded_town
from yizhan.codes import uscc
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Account, Mandate, Unit
from yizhan.licences import life
from yizhan.registry import entities, sources
from yizhan.registry.entities import Details
from yizhan.registry.licences import Issued, Word
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped
from yizhan.releases.words import Text
from yizhan.seals.tests.provided import seal_every_unit

CODE, OTHER = (uscc.make("91", "440199", f"MA00000{n}") for n in (1, 2))
NAME = "示例泮水餐饮有限公司"
SUBJECT = f"entity:{CODE}"
UNTIL = date(2027, 6, 30)
SIGN = "outdoor_sign"
BUREAU = "440104-cgj"


@dataclass
class Firm:
    """The company, and the town it is in."""

    town: Town

    def mandate(self, who: str) -> Mandate:
        """The representative lets somebody act for the company."""
        with self.town.acting("chen") as actor:
            return Mandate.grant(self.town.people[who], CODE, by=actor, until=UNTIL)

    def dismiss(self, mandate: Mandate) -> None:
        """She takes it back."""
        with self.town.acting("chen") as actor:
            entities.revoke_mandate(mandate.id, by=actor)

    def begin(self, actor: Actor, *, item: str = SIGN, subject: str = SUBJECT, **answers: Any) -> Desk:
        """A draft for the company, filled in."""
        desk = drafts.begin(catalogue.get(item), by=actor, subject=subject)
        drafts.save(desk, filled(desk.draft.data, **answers))
        return desk

    def apply(self, who: str = "li", **answers: Any) -> str:
        """Somebody applies for the company; the number of the case."""
        with self.town.acting(who) as actor:
            return intake.submit(self.begin(actor, **answers), by=actor, command=uuid.uuid4())

    def licensed(self, number: str = "JY2440199000001") -> None:
        """The company holds a food licence."""
        name = Text(zh="越秀区市场监督管理局", en="Market Supervision Bureau")
        today = clock.today()
        with scope.service():
            life.enter(
                SUBJECT,
                Issued("food_business", number, "440104-scj", name, today, date(2031, 1, 1)),
                word=Word("house"),
            )


def filled(data: dict[str, Any], **answers: Any) -> dict[str, Any]:
    """The answers for a signboard; ``answers`` by the top of their path replace them."""
    return {
        **data,
        "shop": {"trade": "other"},
        "sign": {"words": "泮水茶点", "address": "示例路8号", "size": "宽 3 米，高 0.8 米"},
        "files": {"design": [str(uuid.uuid4())]},
        "declaration": {"true": True},
        **answers,
    }


@pytest.fixture
def firm(standing: Callable[..., Any]) -> Firm:
    """A company in a town of its own; for modules that begin with it, with the ``town`` here."""
    made: Firm = standing(with_town)
    return made


@pytest.fixture
def town(firm: Firm) -> Town:
    """The town of the company."""
    return firm.town


def with_town() -> Firm:
    """Found a town, and the company in it."""
    return founded(founded_town())


def founded(town: Town) -> Firm:
    """Enter the company, its bureau with a clerk and a head, and the pack for signboards."""
    Unit(code=BUREAU, name="越秀区城市管理和综合执法局", kind="department", parent_id="440104",
         division="440104000000", uscc=uscc.make("11", "440199", "00000077")).found(by=HOUSE)  # fmt: skip
    seal_every_unit()
    publish(shipped("outdoor_sign"), by="test")
    town.people["signs"] = _staff("signs", "冯启明", BUREAU, "outdoor_sign.clerk")
    town.people["signs_head"] = _staff("signs.head", "邝婉玲", BUREAU, "outdoor_sign.approver")
    with scope.service():
        source = sources.declare(
            "market.entities", zh="市场主体登记", en="Company register", unit="440104-scj"
        )
        for code, who in ((CODE, "chen"), (OTHER, "wang")):
            account: Account = town.people[who]
            entities.enter(
                code,
                NAME if code == CODE else "示例云澜文化传播有限公司",
                representative=account.name,
                document=f"111:{account.document_number}",
                source=source,
                as_of=clock.today(),
                details=Details("有限责任公司", "越秀区示例路8号", "440104003001", date(2024, 3, 1)),
            )
    return Firm(town)
