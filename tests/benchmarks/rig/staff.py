"""Staff of the benchmarks' district: two for the desk, a crowd for logging in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from tests.benchmarks.rig import services
from tests.benchmarks.rig.crowd import CROWD, MANY_ITEMS, ONE_ITEM, member
from tests.benchmarks.rig.knocking import PASSWORD, secret_of
from yizhan.demo import organisation
from yizhan.demo.organisation import GOVERNMENT, Place
from yizhan.identity import accounts, scope
from yizhan.identity.models import Account, Role

_UNIT = f"{GOVERNMENT}-mz-1"


def enter() -> None:
    """Open the accounts that are missing, each with a password and an authenticator."""
    all_items = [services.code(number) for number in range(1, services.MANY + 1)]
    wanted = {MANY_ITEMS: all_items, ONE_ITEM: all_items[:1]}
    wanted |= {member(number): all_items[:1] for number in range(CROWD)}
    roles = {role.code: role for role in Role.objects.all()}
    for name, items in wanted.items():
        with scope.service():
            _employ(name, items, roles)


def _employ(name: str, items: list[str], roles: dict[str, Role]) -> None:
    if Account.objects.filter(username=name).exists():
        return
    given = tuple((f"{item}.approver", "all") for item in items)
    place = Place(_UNIT, name, "一级主任科员", "Principal officer", roles=given)
    account = organisation.employ(name, "何敏仪", place, roles)
    accounts.change_password(account, PASSWORD)
    if not Authenticator.objects.filter(user=account).exists():
        TOTP.activate(account, secret_of(name))
