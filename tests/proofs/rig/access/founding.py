"""The posts of the proof 岗位: founded, appointed, delegated, ended; and the sessions of whoever holds them."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.test import RequestFactory

from tests.proofs.rig.access.planting import Planted
from tests.proofs.rig.access.posts import CATEGORIES, GOVERNMENT, NARROW, RESIDENTS, STAFF
from yizhan import clock
from yizhan.cases.models import Case, Draft
from yizhan.demo import organisation, personas, telling
from yizhan.demo.organisation import Place
from yizhan.identity import presences, rights, scope, sessions
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.middleware import stand
from yizhan.identity.models import Account, Appointment, Delegation, Role, RoleGrant
from yizhan.identity.session_store import SessionStore


def staff() -> dict[str, Account]:
    """Employ everybody; the delegate has a post without any role."""
    Role.objects.create(
        code=NARROW,
        pack="access",
        title_zh="学历核验",
        title_en="Checks of schooling",
        categories=sorted(CATEGORIES[NARROW]),
    )
    roles = {role.code: role for role in Role.objects.all()}
    made = {
        name: organisation.employ(
            f"access.{name}", f"职员{name}", Place(unit, f"access-{name}", "科员", "Officer", roles=((role, reach),)),
            roles,
        )
        for name, unit, role, reach in STAFF
    }  # fmt: skip
    made["delegate"] = organisation.employ(
        "access.delegate",
        "职员delegate",
        Place(f"{GOVERNMENT}-j005", "access-delegate", "科员", "Officer"),
        roles,
    )
    today = clock.today()
    Delegation.give(
        made["committee"].appointments.get(), made["delegate"], by=_giver(made["committee"]), since=today,
        until=today + timedelta(days=20), reason="外出培训",
    )  # fmt: skip
    return made


def _giver(account: Account) -> Actor:
    return rights.actor_in(account, None)


def residents(planted: Planted) -> dict[str, Account]:
    """Accounts: two of whom the register knows, an agent, two that nobody knows."""
    made = {}
    for number, name in enumerate(RESIDENTS):
        phone = f"1960000{number:04d}"
        made[name] = Account.objects.create(kind=Account.Kind.CITIZEN, phone=phone, name=phone)
        if name in planted.entries:
            personas.prove(made[name], planted.entries[name])
    return made


def case(account: Account, planted: Planted) -> dict[str, Any]:
    """The case of one of them, doubtful, so that it waits at the bureau after the sub-district has agreed."""
    number = telling.apply(account, doubtful=True)
    for step in ("accept", "agree"):
        telling.act(Random(1), number, step)
    with scope.service():
        found = Case.objects.get(number=number)
        return {"number": number, "id": found.pk, "units": list(found.units), "subject": found.subject}


def department_of(case: dict[str, Any], staff: dict[str, Account]) -> None:
    """An officer of the unit where that case waits, who reaches nothing but the unit."""
    roles = {role.code: role for role in Role.objects.all()}
    place = Place(
        case["units"][-1], "access-case", "科员", "Officer",
        roles=(("elderly_allowance.approver", "own_unit"),),
    )  # fmt: skip
    staff["handling"] = organisation.employ("access.handling", "职员handling", place, roles)


def drafts(residents: dict[str, Account]) -> dict[str, str]:
    """A draft of one's own, by resident."""
    with scope.service():
        had = set(Draft.objects.values_list("id", flat=True))
    telling.begin(residents["self"])
    with scope.service():
        (made,) = [one for one in Draft.objects.values_list("id", flat=True) if one not in had]
    return {"self": str(made)}


def logged_in(name: str, account: Account) -> str:
    """A session as the log-in makes it; the key. Whoever leaves does so with the session open."""
    request = _request()
    presence = sessions.log_in(request, account, excused=True)
    if name == "delegate":
        (delegation,) = Delegation.objects.filter(receiver=account)
        presences.act_as(presence, delegation=delegation.pk)
    request.session.save()
    key = str(request.session.session_key)
    if name == "ended":
        presences.end(presence)
    return key


def left(staff: dict[str, Account]) -> None:
    """Afterwards: one appointment is ended, the other has a last day that has passed."""
    staff["leaving"].appointments.get().end(by=HOUSE)
    yesterday = clock.today() - timedelta(days=1)
    held = Appointment.objects.filter(account=staff["lapsed"])
    RoleGrant.objects.filter(post__in=held.values("post")).update(since=yesterday)
    held.update(since=yesterday, until=yesterday)


def _request() -> HttpRequest:
    request = RequestFactory().get("/", HTTP_USER_AGENT="proof")
    store: SessionBase = SessionStore()
    request.session = store
    stand(request)
    return request
