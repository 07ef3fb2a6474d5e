"""People and units of a small district, and the owner's connection for what the application may not do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yizhan.identity import accounts, roles
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Post, Role, RoleGrant, Unit


@pytest.fixture
def owner(db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the owner to the test database; it sees only what is committed."""
    address = {"dbname": settings.DATABASES["default"]["NAME"]}
    with psycopg.connect(settings.DATABASE_OWNER_URL, **address) as found:
        yield found


@pytest.fixture
def district(db: None) -> dict[str, Unit]:
    """A district government, two departments, a sub-district with a committee and a section."""
    roles.publish_platform()
    made: dict[str, Unit] = {}
    for code, name, kind, parent, division in (
        ("440199", "示例区人民政府", "government", "", "440199000000"),
        ("440199-mz", "示例区民政局", "department", "440199", "440199000000"),
        ("440199-mz-fw", "养老服务科", "section", "440199-mz", "440199000000"),
        ("440199-rs", "示例区人力资源和社会保障局", "department", "440199", "440199000000"),
        ("440199-bj", "北街街道办事处", "subdistrict", "440199", "440199001000"),
        ("440199-bj-01", "东园社区居委会", "committee", "440199-bj", "440199001001"),
    ):
        made[code] = Unit(code=code, name=name, kind=kind, parent=made.get(parent), division=division).found(
            by=HOUSE
        )
    return made


@pytest.fixture
def person(db: None) -> Callable[..., Account]:
    """Opens an account for a member of staff."""

    def open_account(username: str, name: str = "张三") -> Account:
        return accounts.create_staff(username, name, by=HOUSE)

    return open_account


@pytest.fixture
def post(district: dict[str, Unit]) -> Callable[..., Post]:
    """Makes a post in a unit, with roles and how far they reach."""

    def found(unit: str, code: str = "clerk", title: str = "科员", **given: str) -> Post:
        made = Post(unit=district[unit], code=code, title=title, title_en=title.title()).found(by=HOUSE)
        for name, reach in given.items():
            role = role_named(f"pack.{name}") if "." not in name else Role.objects.get(code=name)
            RoleGrant.give(role, made, reach, by=HOUSE, reason="测试")
        return made

    return found


def role_named(code: str, **more: Any) -> Role:
    """A role of a pack, made when it is not there."""
    words = {"pack": code.partition(".")[0], "title_zh": code, "title_en": code}
    role, _made = Role.objects.get_or_create(code=code, defaults={**words, **more})
    return role


@pytest.fixture
def statements(db: None) -> Callable[[], Any]:
    """Counts the statements of a block: ``with statements() as seen: …; len(seen)``."""
    return lambda: CaptureQueriesContext(connection)
