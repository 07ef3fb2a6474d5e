"""The small district with the elderly allowance, and the news handed to this room."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from yizhan.cases import catalogue, drafts, intake, processes
from yizhan.cases.models import Case
from yizhan.cases.tests.conftest import (  # noqa: F401 (fixtures are used by their names)
    _a_demo_on_a_day,
    filled,
    founded,
    town,
    town_committed,
)
from yizhan.identity import accounts, scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Post, Role, RoleGrant
from yizhan.journal import reading
from yizhan.journal.models import News
from yizhan.registry import finding
from yizhan.registry.purposes import Reason
from yizhan.releases import models as releases
from yizhan.voice import following, rating
from yizhan.voice.models import Rating, Redress


@pytest.fixture(autouse=True)
def _nothing_remembered(settings: Any) -> None:
    """Ids begin anew when tables are emptied, so what was kept of releases is forgotten."""
    settings.ROOT_URLCONF = "yizhan.voice.tests.urls"
    for remembered in (releases.release, releases._definition, processes.table, processes.graph):
        remembered.cache_clear()


@pytest.fixture
def number(town: Any) -> str:  # noqa: F811 (the fixture of that name)
    """A case of 陈玥堃 that was granted on the spot: no official had a hand in it."""
    granted: str = town.apply("chen")
    return granted


@pytest.fixture
def handled(town: Any) -> str:  # noqa: F811
    """A case of 陈玥堃 that 林晓岚 took up and reviewed and 梁建国 granted."""
    number: str = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    town.do("clerk", number, "agree")
    town.do("approver", number, "grant")
    return number


@pytest.fixture
def deputy(town: Any) -> Account:  # noqa: F811
    """A second member of the bureau, who had no hand in any case."""
    account = accounts.create_staff("deputy", "赵清", by=HOUSE)
    post = Post(unit_id="440104-mz", code="deputy", title="副科长", title_en="Deputy").found(by=HOUSE)
    RoleGrant.give(
        Role.objects.get(code="elderly_allowance.approver"), post, "own_unit", by=HOUSE, reason="测试"
    )
    post.appoint(account, by=HOUSE)
    town.people["deputy"] = account
    return account


def rate(town: Any, who: str, number: str, grade: int, **more: Any) -> Rating:  # noqa: F811
    """Somebody rates a case; one they may not even see is handed to them all the same."""
    case = town.case(number)
    with town.acting(who) as actor:
        return rating.rate(case, grade, by=actor, **more)


def redress_of(number: str) -> Redress:
    """The redress of a case, as the house sees it."""
    with scope.service():
        parts = ("rating", "verified", "rectified")
        return Redress.objects.select_related(*parts).get(rating__case_number=number)


def tell(*kinds: str) -> None:
    """Hand the reader the news of these kinds, in their order."""
    for news in News.objects.filter(kind__in=kinds).order_by("id"):
        fact = reading.Fact(news.id, news.kind, news.subject, news.actor, news.data, news.at, (0, 0, news.id))
        with scope.service():
            reading.readers[following.READER].handlers[news.kind](fact)


def at_the_window(town: Any, who: str = "wang", clerk: str = "clerk") -> Case:  # noqa: F811
    """A clerk takes in an application for somebody who stands at the window."""
    account = town.people[who]
    with town.acting(clerk) as actor:
        finding.exact(account.name, account.document_number, purpose=Reason("窗口受理"))
        desk = drafts.begin(catalogue.get("elderly_allowance"), by=actor, subject=town.subjects[who])
        drafts.save(desk, filled(desk.draft.data))
        number = intake.submit(desk, by=actor, command=uuid.uuid4())
    case: Case = town.case(number)
    return case
