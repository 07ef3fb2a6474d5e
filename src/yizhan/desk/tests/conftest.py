"""The small town, and browsers of the people in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yizhan.cases.tests.conftest import (  # noqa: F401 (fixtures)
    Town,
    _a_demo_on_a_day,
    town,
    town_committed,
)
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Role, RoleGrant
from yizhan.identity.tests.browsers import browser_of


@pytest.fixture
def as_(town: Town) -> Callable[[str], Client]:  # noqa: F811
    """``as_("clerk")`` is the browser of somebody of the town."""
    return lambda who: browser_of(town.people[who])


@pytest.fixture
def doubtful(town: Town) -> str:  # noqa: F811
    """A case at the acceptance of 北京街道."""
    return town.apply("chen", other_allowance=True)


@pytest.fixture
def clerk(town: Town) -> Client:  # noqa: F811
    """Somebody whose role reaches the sub-district."""
    give(town, "clerk", "platform.window_clerk", "area")
    return browser_of(town.people["clerk"])


def words(answer: Any, status: int = 200) -> str:
    """What a page says, which is answered with this status."""
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def give(town: Town, who: str, role: str, reach: str = "own_unit") -> None:  # noqa: F811
    """Give the post of somebody another role."""
    post = town.people[who].appointments.get().post
    RoleGrant.give(Role.objects.get(code=role), post, reach, by=HOUSE, reason="测试")
