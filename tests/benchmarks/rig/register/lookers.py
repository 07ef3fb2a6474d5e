"""Three ordinary users of the register: of one committee, of one sub-district, of the whole district."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection

from tests.benchmarks.rig.knocking import PASSWORD, secret_of
from yizhan.identity import accounts, scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Post, Role, RoleGrant, Unit
from yizhan.journal import access

_KINDS = {"committee": 12, "sub-district": 9, "district": 6}


@dataclass(frozen=True)
class Looker:
    """Who looks: the size of the area, its code, the account."""

    size: str
    area: str
    account: Account

    @property
    def name(self) -> str:
        """By which the account logs in."""
        return str(self.account.username)

    @contextmanager
    def looking(self) -> Iterator[None]:
        """The account's own scope in a transaction that is undone: nothing that was measured stays."""
        with scope.as_account(self.account), access.watching(access.Viewer(account=self.account.subject)):
            yield


def found() -> list[Looker]:
    """One for each size, in the fullest committee and what is above it; made once and kept."""
    with scope.service(), connection.cursor() as cursor:
        cursor.execute(
            """select living_division from registry_person where living_division <> ''
               group by living_division order by count(*) desc limit 1"""
        )
        row = cursor.fetchone()
        if row is None:
            raise LookupError("nobody lives in the district: load it first")
        (fullest,) = row
        return [
            Looker(size, fullest[:digits], _employed(fullest[:digits].ljust(12, "0")))
            for size, digits in _KINDS.items()
        ]


def _employed(division: str) -> Account:
    name = f"bench.register.{division}"
    known = Account.objects.filter(username=name).first()
    if known:
        return known
    government = Unit.objects.get(kind="government", parent=None)
    unit = Unit(
        code=f"bench-{division}",
        name=f"测量单位{division}",
        kind="subdistrict",
        division=division,
        parent=government,
    ).found(by=HOUSE)
    account = accounts.create_staff(name, name, by=HOUSE)
    post = Post(unit=unit, code=f"bench-register-{division}", title="岗位").found(by=HOUSE)
    RoleGrant.give(Role.objects.get(code="platform.window_clerk"), post, "area", by=HOUSE, reason="测量")
    post.appoint(account, by=HOUSE)
    accounts.change_password(account, PASSWORD)
    TOTP.activate(account, secret_of(name))
    return account
