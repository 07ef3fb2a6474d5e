"""云津区民政局 has a seal, and papers of its allowance to put it on."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.identity import accounts, roles
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Post, Unit
from yizhan.keys import authority
from yizhan.records import papers
from yizhan.records.papers import Holder
from yizhan.records.tests import conftest as records
from yizhan.seals import approvals, holding

house, service, release, data = records.house, records.service, records.release, records.data
CHEN = Holder("person:0190b6c2", "陈玥堃")
MZ = "440199-mz"


@pytest.fixture
def founded(db, service, settings):
    """The authority of the district, and its bureau of civil affairs."""
    settings.KEY_SECRET = "what these tests seal with"
    authority.found(organisation="云津区人民政府")
    return Unit(code=MZ, name="云津区民政局", kind="department", division="440199000000").found(by=HOUSE)


@pytest.fixture
def seal(founded):
    return holding.make(founded, "official", number="44019910000017", by="account:1", why="启用")


@pytest.fixture
def issue(release, data):
    """Issues a paper; with approval where somebody gives it."""

    def issued(*, approved=True, **more):
        document = more.pop("document", "grant")
        told = more.pop("only", None) or {**data, **more.pop("data", {})}
        paper = papers.drawn_up(
            release.id, document, told, owner="case:1", issuer="云津区民政局",
            holder=CHEN, account=7, units=[MZ], by="account:9", **more,
        )  # fmt: skip
        papers.issue(paper)
        if approved:
            approvals.give(approvals.of_unit(paper, unit=MZ, kind="official", by="account:9", why="准予"))
        return paper

    return issued


@pytest.fixture
def later():
    """The clock at another moment."""
    return clock.standing_at


@pytest.fixture
def head(founded):
    """局长 of the bureau, in her post for years; and her account's post."""
    roles.publish_platform()
    post = Post(unit=founded, code="head", title="局长", title_en="Director", is_head=True).found(by=HOUSE)
    account = accounts.create_staff("li.haiyan", "李海燕", by=HOUSE)
    return post.appoint(account, by=HOUSE, since=clock.today().replace(year=2024))


@pytest.fixture
def stamp(head):
    return holding.make_stamp(head, number="44019910000071", by="account:1", why="签发文书")
