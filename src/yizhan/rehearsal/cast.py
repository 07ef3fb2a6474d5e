"""Who takes part in a journey 参与者: made in its transaction when they are first needed, and how to act as them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.cases.item import ItemDefinition
from yizhan.identity import accounts, scope
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Account, Post, Role, RoleGrant, Unit
from yizhan.journal import access
from yizhan.registry.models import AccountLink
from yizhan.rehearsal import residents, seeking
from yizhan.rehearsal.definition import JourneyDefinition, StaffInvented
from yizhan.rehearsal.failure import Failed
from yizhan.releases.words import Text

_POST = Text(zh="演练岗位", en="Post of the rehearsal")
_SUBDISTRICT = 9  # digits of a division code that tell the sub-district


class Cast:
    """The people of one journey.

    Attributes:
        subjects: ``person:…`` or ``entity:…`` by the journey's keys.
        area: the division the case belongs to, once there is a case.
    """

    def __init__(self, journey: JourneyDefinition, item: ItemDefinition) -> None:
        """Enter residents and companies; staff come when they act."""
        self.journey, self.item, self.area = journey, item, ""
        self.subjects: dict[str, str] = {}
        self._accounts: dict[str, Account] = {}
        with scope.service(), access.watching(HOUSE.viewer()):
            # A district may have been founded after the day on which the journey begins.
            Unit.objects.filter(valid_from__gt=clock.today()).update(valid_from=clock.today())
            residents.declare(item.unit)
            invented = {key: one.person for key, one in journey.people.items() if one.person is not None}
            self.subjects |= residents.enter(invented)
            for key, one in journey.people.items():
                if one.found:
                    self.subjects[key] = seeking.seek(one.found, item, f"people.{key}")
        self._companies()

    def _companies(self) -> None:
        for key, one in self.journey.people.items():
            named = one.company.agents if one.company else one.found.agents if one.found else []
            agents = [self.account(agent) for agent in named]
            owner = self.account(one.company.representative) if one.company else None
            with scope.service():
                if one.company and owner:
                    self.subjects[key] = residents.found_company(one.company, owner, agents)
                elif agents:
                    residents.name_agents(self.subjects[key], agents)

    def name(self, key: str) -> str:
        """What somebody is called in the account of the journey."""
        one = self.journey.people[key]
        invented = one.person or one.company or one.staff
        if invented is not None and invented.name:
            return invented.name
        return self._accounts[key].name if key in self._accounts else key

    def account(self, key: str) -> Account:
        """The account of somebody, opened when it is first asked for.

        Raises:
            Failed: the unit or the role of a member of staff is not there.
        """
        if key not in self._accounts:
            one = self.journey.people[key]
            if one.staff:
                self._accounts[key] = self._employed(key, one.staff)
            else:
                self._accounts[key] = self._resident(self.subjects[key])
        return self._accounts[key]

    @contextmanager
    def acting(self, key: str) -> Iterator[Actor]:
        """Act as somebody: their scope is open, their looks are logged."""
        account = self.account(key)
        with scope.as_account(account) as actor, access.watching(actor.viewer()):
            yield actor

    def _resident(self, subject: str) -> Account:
        with scope.service():
            link = AccountLink.objects.filter(person_id=subject.removeprefix("person:"), until=None).first()
            known = Account.objects.filter(id=link.account, is_active=True).first() if link else None
        return known or residents.open_account(subject)

    def _employed(self, key: str, one: StaffInvented) -> Account:
        place = f"people.{key}.staff"
        unit = self._unit(one.unit)
        if unit is None:
            raise Failed(f"{place}.unit", _("本区没有单位 %(name)s") % {"name": one.unit})
        role = Role.objects.filter(code=one.role, withdrawn_on=None).first()
        if role is None:
            raise Failed(f"{place}.role", _("没有角色 %(name)s") % {"name": one.role})
        account = accounts.create_staff(
            f"rehearsal.{key}"[:40], one.name or _("经办人（%(key)s）") % {"key": key}, by=HOUSE
        )
        post = Post(unit=unit, code=f"rehearsal-{key}"[:40], title=_POST.zh, title_en=_POST.en).found(
            by=HOUSE
        )
        RoleGrant.give(role, post, "own_unit", by=HOUSE, reason=_POST.zh)
        post.appoint(account, by=HOUSE)
        return account

    def _unit(self, wanted: str) -> Unit | None:
        units = Unit.objects.open()
        if wanted == "area subdistrict":
            if len(self.area) < _SUBDISTRICT:
                return None
            here = units.filter(kind=Unit.Kind.SUBDISTRICT, division__startswith=self.area[:_SUBDISTRICT])
            return here.first()
        return units.filter(code=self.item.unit if wanted == "item unit" else wanted).first()
