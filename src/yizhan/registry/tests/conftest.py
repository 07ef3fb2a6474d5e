"""A small district: two sub-districts, their clerks, a supervisor, two citizens and their persons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import pytest

from yizhan import clock
from yizhan.identity import accounts, roles, scope
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Account, Post, Role, RoleGrant, Unit
from yizhan.journal import access
from yizhan.registry import loading, sources
from yizhan.registry.tests import people

POLICE = "police.household"


@dataclass
class District:
    """Who is there. ``subjects`` are the persons by the record of the source: A, S and B."""

    accounts: dict[str, Account]
    subjects: dict[str, str]

    def scope_of(self, who: str) -> AbstractContextManager[object]:
        """The scope of one of the accounts, of the house itself (``service``), or none (``nobody``)."""
        if who == "nobody":
            return nullcontext()
        return scope.service() if who == "service" else scope.as_account(self.accounts[who])

    @contextmanager
    def looking(self, who: str) -> Iterator[None]:
        """The same, with an access log that knows who looks."""
        with self.scope_of(who) as actor:
            viewer = actor.viewer() if isinstance(actor, Actor) else access.Viewer(account=who)
            with access.watching(viewer):
                yield


@pytest.fixture(autouse=True)
def _a_demo_on_a_day(settings: Any) -> Iterator[None]:
    """Numbers of the division that was never issued are good in a demo only."""
    settings.DEMO = True
    with clock.standing_at("2026-11-20T09:30"):
        yield


@pytest.fixture
def district(standing: Callable[..., Any]) -> District:
    made: District = standing(founded)
    return made


def founded() -> District:
    """Found the district."""
    roles.publish_platform()
    staff = {
        "clerk_x": _clerk("clerk.x", _unit("440199-x", "subdistrict", "440199001000")),
        "clerk_y": _clerk("clerk.y", _unit("440199-y", "subdistrict", "440199002000")),
        "supervisor": _clerk("supervisor", Unit.objects.get(code="440199"), "supervisor", "all"),
        "security": _clerk("security", Unit.objects.get(code="440199"), "security_admin", "all"),
        "admin": _clerk("admin", Unit.objects.get(code="440199"), "audit_admin", "all"),
    }
    citizens = {
        "citizen_a": _citizen("13800001234", people.NUMBER_A),
        "citizen_b": _citizen("13900005678", people.NUMBER_B),
        "stranger": _citizen("13700009999", ""),
    }
    with scope.service():
        sources.declare(
            POLICE, zh="公安机关常住人口登记", en="Household register of the police", unit="440199-psb"
        )
        loaded = loading.load([people.grandmother(), people.son(), people.neighbour()], source=POLICE)
    return District({**staff, **citizens}, loaded.subjects)


@pytest.fixture
def enter(district: District) -> Callable[..., str]:
    """Enters one more person, as the house; the subject."""

    def entered(record: str, name: str, **more: object) -> str:
        with scope.service():
            return loading.load([people.entry(record, name, **more)], source=POLICE).subjects[record]

    return entered


def _unit(code: str, kind: str, division: str) -> Unit:
    government = Unit.objects.filter(code="440199").first() or Unit(
        code="440199", name="示例区人民政府", kind="government", division="440199000000"
    ).found(by=HOUSE)
    return Unit(code=code, name=code, kind=kind, division=division, parent=government).found(by=HOUSE)


def _clerk(username: str, unit: Unit, role: str = "window_clerk", reach: str = "area") -> Account:
    account = accounts.create_staff(username, username, by=HOUSE)
    post = Post(unit=unit, code=username.replace(".", "-"), title="岗位").found(by=HOUSE)
    RoleGrant.give(Role.objects.get(code=f"platform.{role}"), post, reach, by=HOUSE, reason="测试")
    post.appoint(account, by=HOUSE)
    return account


def _citizen(phone: str, number: str) -> Account:
    known = {"document_type": "111", "document_number": number, "assurance": 1} if number else {}
    return Account.objects.create(kind="citizen", phone=phone, name="测试", **known)
