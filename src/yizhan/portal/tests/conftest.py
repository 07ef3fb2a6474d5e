"""The small town, and browsers of its residents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from yizhan.cases.tests.conftest import (  # noqa: F401 (fixtures)
    PERSONS,
    Town,
    _a_demo_on_a_day,
    no_form_remembered,
    town,
)
from yizhan.codes import identity_number
from yizhan.identity import scope
from yizhan.identity.models import Account
from yizhan.identity.tests.browsers import signed_in
from yizhan.portal.tests.pages import sent
from yizhan.registry import loading
from yizhan.registry.places import Place
from yizhan.registry.registration import Registration

APPLY = "/items/elderly_allowance/apply"
ORIGIN = "http://testserver"


@pytest.fixture
def as_(town: Town) -> Callable[[str], Client]:  # noqa: F811
    """``as_("chen")`` is the browser of somebody of the town."""
    return lambda who: signed_in(Client(), town.people[who])


@pytest.fixture
def careful(town: Town) -> Callable[[str], Client]:  # noqa: F811
    """The same, where the token of every form is looked at."""
    return lambda who: signed_in(Client(enforce_csrf_checks=True, HTTP_ORIGIN=ORIGIN), town.people[who])


NAME, NUMBER = "何秀英", identity_number.make("440199", date(1953, 5, 20), 9)


@pytest.fixture
def newcomer(town: Town) -> Account:  # noqa: F811
    """Somebody the register knows, NAME and NUMBER, who came with a phone for the first time."""
    home = Place(division="440104003001", road="示例路", door_plate="9号")
    entry = Registration(
        source_record="newcomer",
        as_of=date(2026, 11, 18),
        name=NAME,
        sex="2",
        born_on=date(1953, 5, 20),
        id_number=NUMBER,
        book_number="H9",
        relation="02",
        registered=home,
        living=home,
    )
    with scope.service():
        loading.load([entry], source="police")
    return Account.objects.create(kind=Account.Kind.CITIZEN, phone="13900000009", name="139****0009")


def begun(browser: Client) -> str:
    """The draft of an application that was just begun: the beginning of its addresses."""
    first = browser.get(APPLY, follow=True)
    if not first.redirect_chain:
        first = browser.post(APPLY, sent(first), follow=True)
    return first.redirect_chain[-1][0].split("/pages/")[0]


def filled_in(browser: Client) -> str:
    """A draft in which everything was typed, page by page."""
    draft = begun(browser)
    for page, answers in ANSWERS.items():
        answer = browser.post(f"{draft}/pages/{page}", answers)
        assert answer.status_code == 302, answer.content.decode()
    return draft


def handed_in(browser: Client, *, other_allowance: bool = False) -> str:
    """The number of a case that somebody applied for through the pages."""
    draft = filled_in(browser)
    if other_allowance:
        elsewhere = {**ANSWERS["declaration"], "declaration.other_allowance": "yes"}
        browser.post(f"{draft}/pages/declaration", {**elsewhere, "declaration.other_place": "示例市"})
    check = browser.get(f"{draft}/check")
    receipt = browser.post(f"{draft}/submit", sent(check, f"{draft}/submit"))
    return receipt.headers["Location"].removeprefix("/receipts/")


ANSWERS = {
    "person": {"applicant.phone": "13800001234"},
    "account": {
        "account.bank": "示例银行越秀支行",
        "account.number": "6222021234567890",
        "account.number~sure": "6222021234567890",
    },
    "agent": {"agent.is_agent": "no"},
    "declaration": {"declaration.other_allowance": "no", "declaration.true": "yes"},
}
