"""The small town with a window at 北京街道, and the browser of the clerk who sits there."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from yizhan.cases.tests.conftest import (  # noqa: F401 (fixtures)
    PERSONS,
    Town,
    _a_demo_on_a_day,
    town,
)
from yizhan.codes import identity_number
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Role, RoleGrant
from yizhan.identity.tests.browsers import browser_of
from yizhan.station.who import CLERK


@pytest.fixture
def window(town: Town) -> Client:  # noqa: F811
    """The browser of the clerk at the window of 北京街道."""
    for who in ("clerk", "stranger"):
        post = town.people[who].appointments.get().post
        RoleGrant.give(Role.objects.get(code=CLERK), post, "own_unit", by=HOUSE, reason="测试")
    return browser_of(town.people["clerk"])


def card_of(who: str) -> dict[str, str]:
    """What stands on a resident's card."""
    name, born, serial, _where = PERSONS[who]
    return {"name": name, "number": identity_number.make("440199", date.fromisoformat(born), serial)}


def begun(window: Client, who: str = "chen") -> str:
    """The address of an application begun at the window."""
    return str(window.post("/station/items/elderly_allowance", card_of(who)).headers["Location"])


def typed(**more: str) -> dict[str, str]:
    """What the clerk types; the account number bears no check digit and is confirmed."""
    return {
        "applicant.phone": "13800001234",
        "account.bank": "示例银行越秀支行",
        "account.number": "6222021234567890",
        "account.number~sure": "6222021234567890",
        "agent.is_agent": "no",
        "declaration.other_allowance": "no",
        "declaration.true": "yes",
        **more,
    }
