"""Residents and companies made for a journey, in its transaction: register, account, mandates 虚构的居民与企业.

Their numbers are of a division that was never issued, and of nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import count

from yizhan import clock
from yizhan.codes import identity_number, uscc
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Mandate, Unit
from yizhan.journal import access
from yizhan.licences import life
from yizhan.registry import entities, finding, loading, sources
from yizhan.registry.entities import Details
from yizhan.registry.licences import Issued, Word
from yizhan.registry.models import Entity, Person, Source
from yizhan.registry.places import Place
from yizhan.registry.registration import Registration
from yizhan.rehearsal.definition import CompanyInvented, LicenceHeld, PersonInvented
from yizhan.releases.words import Text

SOURCE = "rehearsal"
_REGISTER = Text(zh="演练登记", en="Register of the rehearsal")
_PLATE = Text(zh="演练路1号", en="1 Rehearsal Road")
_NEVER_ISSUED = "440199"
_FOR_PROFIT = "91"
_LONG_AGO = date(2010, 1, 1)
_SEX = {"male": "1", "female": "2"}


def declare(unit: str) -> None:
    """The register that vouches for what a journey says; in a scope that may write."""
    sources.declare(SOURCE, zh=_REGISTER.zh, en=_REGISTER.en, unit=unit)


def enter(people: Mapping[str, PersonInvented]) -> dict[str, str]:
    """Enter residents; their subjects by key. In a scope that may write."""
    numbers: dict[str, str] = {}
    for key, one in people.items():
        numbers[key] = _free_number(one, taken=numbers.values())
    entries = [_registered(key, one, numbers[key]) for key, one in people.items()]
    subjects = loading.load(entries, source=SOURCE).subjects if entries else {}
    return {key: subjects[numbers[key]] for key in people}


def open_account(subject: str) -> Account:
    """Give a resident an account, matched with the register as she would do it herself."""
    with scope.service():
        person = Person.objects.get(id=subject.removeprefix("person:"))
    phone = next(phone for phone in _phones() if not Account.objects.filter(phone=phone).exists())
    account = Account.objects.create(kind=Account.Kind.CITIZEN, phone=phone, name=phone)
    with scope.as_account(account) as actor, access.watching(actor.viewer()):
        finding.match_real_name(account, person.name, person.id_number)
    account.refresh_from_db()
    return account


def found_company(one: CompanyInvented, owner: Account, agents: list[Account]) -> str:
    """Enter a company with its agents and licences; its subject. In a scope that may write."""
    code = next(code for code in _codes() if not Entity.objects.filter(uscc=code).exists())
    entity = entities.enter(
        code,
        one.name,
        representative=owner.name,
        document=f"{owner.document_type}:{owner.document_number}",
        source=Source.objects.get(code=SOURCE),
        as_of=clock.today(),
        details=Details(one.kind, one.address, one.division or "", one.established_on),
    )
    name_agents(entity.subject, agents)
    for held in one.licences:
        life.enter(entity.subject, _issued(held), word=Word(HOUSE.key))
    return entity.subject


def name_agents(subject: str, agents: list[Account]) -> None:
    """Let people act for a company."""
    for agent in agents:
        Mandate.grant(agent, subject.removeprefix("entity:"), by=HOUSE)


def _issued(held: LicenceHeld) -> Issued:
    unit = Unit.objects.filter(code=held.issuer).first()
    name = Text(zh=unit.name, en=unit.name_en or unit.name) if unit else Text(zh=held.issuer, en=held.issuer)
    return Issued(held.kind, held.number, held.issuer, name, held.valid_from, held.valid_to)


def _registered(key: str, one: PersonInvented, number: str) -> Registration:
    since = one.since or max(one.born_on, _LONG_AGO)
    return Registration(
        source_record=number,
        as_of=clock.today(),
        name=one.name,
        sex=_SEX[one.sex],
        born_on=one.born_on,
        died_on=one.died_on,
        id_number=number,
        book_number=f"R-{one.book or key}",
        relation=one.relation,
        registered=_place(one.registered),
        living=_place(one.living or one.registered),
        since=since,
    )


def _place(division: str | None) -> Place | None:
    return Place(division=division, full_text=_PLATE.zh) if division else None


def _free_number(one: PersonInvented, *, taken: Collection[str]) -> str:
    """A number of the birthday that nobody has; odd ones are men's."""
    for serial in range(501 if one.sex == "male" else 500, 999, 2):
        number = identity_number.make(_NEVER_ISSUED, one.born_on, serial)
        if number not in taken and not Person.objects.filter(id_number=number).exists():
            return number
    raise RuntimeError("no identity number of this birthday is free")


def _phones() -> Iterator[str]:
    return (f"1880199{number:04d}" for number in count(1))


def _codes() -> Iterator[str]:
    return (uscc.make(_FOR_PROFIT, _NEVER_ISSUED, f"MA9{number:05d}") for number in count(1))
