"""Planting the subjects into the registers 埋设, by the registers' own verbs, so that history, events and ties are real."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.proofs.rig.access import people
from tests.proofs.rig.access.canaries import Canary, text
from tests.proofs.rig.access.people import Firm, Subject
from tests.proofs.rig.access.posts import ISSUER
from yizhan import clock
from yizhan.codes import divisions, identity_number, uscc
from yizhan.demo.population import NEVER_ISSUED
from yizhan.identity import scope
from yizhan.identity.models import Account, Mandate
from yizhan.journal import access
from yizhan.licences import life
from yizhan.registry import (
    entity_changes,
    entity_ties,
    events,
    guarding,
    loading,
    means,
    particulars,
    persons,
    relations,
)
from yizhan.registry.entities import Details, enter
from yizhan.registry.entity_changes import Word
from yizhan.registry.entity_ties import Decision, Share
from yizhan.registry.licences import Issued
from yizhan.registry.licences import Word as Granted
from yizhan.registry.models import Building, LifeEvent, Person, Source
from yizhan.registry.places import Place
from yizhan.registry.registration import Registration
from yizhan.releases.words import Text

POLICE, MARKET, TAX = "police.household", "market.entities", "tax.income"
_SERIAL = 870  # the running numbers of a birthday never come so far


@dataclass
class Planted:
    """What is in the registers now: canaries, keys by name, documents (number) by name."""

    told: dict[str, Subject]
    canaries: list[Canary] = field(default_factory=list)
    persons: dict[str, str] = field(default_factory=dict)
    firms: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Registration] = field(default_factory=dict)


def elsewhere() -> str:
    """The first committee of another sub-district."""
    return str(divisions.children(f"{people.ELSEWHERE}000")[0].code)


def persons_of(dice: Random) -> Planted:
    """Enter the persons with everything that hangs on them."""
    planted = Planted(people.subjects(dice, elsewhere()))
    for one in planted.told.values():
        planted.entries[one.name] = _registration(planted, one)
    loaded = loading.load(planted.entries.values(), source=POLICE)
    planted.persons = {name: loaded.subjects[f"access-{name}"] for name in planted.told}
    means.enter([_means(planted, one) for one in planted.told.values()], source=TAX)
    for one in planted.told.values():
        planted.canaries += one.canaries
        planted.canaries.append(
            text(one.name, "key", "key", planted.persons[one.name].removeprefix("person:"))
        )
    _lives(planted)
    return planted


def _registration(planted: Planted, one: Subject) -> Registration:
    today = clock.today()
    born = date(today.year - one.age, 3, 1) + timedelta(days=7 * one.number)
    number = identity_number.make(NEVER_ISSUED, born, _SERIAL + 2 * one.number)
    planted.documents[one.name] = number
    one.canaries += [
        text(one.name, "id_number", "closed:identity", number),
        text(one.name, "id_number masked", "masked:identity", f"{number[:6]}{'*' * 8}{number[-4:]}"),
    ]
    registered = _room(one.registered, one.number)
    one.canaries.append(text(one.name, "address", "address", registered.full_text))
    died = today - timedelta(days=40) if one.name == "dead" else None
    return Registration(
        source_record=f"access-{one.name}", as_of=today - timedelta(days=2), sex="2", born_on=born,
        ethnic_group="01", id_number=number, book_number=one.household,
        relation="10" if one.name in {"relative", "cased_kin"} else "02",
        registered=registered, living=registered, died_on=died, since=date(2010, 1, 1),
        registered_since=date(2010, 1, 1), living_since=date(2010, 1, 1),
        particulars=one.particulars, **one.columns,
    )  # fmt: skip


def _room(committee: str, number: int) -> Place:
    """A room of its own in a building that is there."""
    house = Building.objects.filter(division=committee, until=None).order_by("id").first()
    assert house is not None, committee
    elements = {name: getattr(house, name) for name in ("road", "door_plate", "building")}
    return Place(division=committee, room=f"{9100 + number}房", **elements)


def _means(planted: Planted, one: Subject) -> means.Record:
    detail = f"示例单位{one.number:02d}{planted.documents[one.name][-6:]}号"
    one.canaries.append(text(one.name, "means", "means", detail))
    return means.Record(
        subject=planted.persons[one.name], kind="wage", source_record=f"access-means-{one.name}",
        as_of=clock.today() - timedelta(days=30), amount=Decimal("5123.00") + one.number, detail=detail,
        since=date(2020, 1, 1),
    )  # fmt: skip


def _lives(planted: Planted) -> None:
    """Ties, moves, changes and corrections: so there is a past of everybody."""
    today = clock.today()
    for one, other in (("self", "relative"), ("cased", "cased_kin")):
        relations.relate(
            planted.persons[one], relations.Kind.SPOUSE, planted.persons[other], since=date(2005, 5, 5),
            source=POLICE, by="proof",
        )  # fmt: skip
    there = _room(elsewhere(), 77)
    for registered in (False, True):
        persons.moved(
            planted.persons["moved"], there, on=today - timedelta(days=9), source=POLICE,
            source_record=f"access-moved-{registered}", by="proof", registered=registered,
        )  # fmt: skip
    for name in planted.told:
        bearer = Person.objects.get(id=planted.persons[name].removeprefix("person:"))
        for kind, on in planted.told[name].happened.items():
            events.note(
                bearer, LifeEvent.Kind(kind), on, source=POLICE, source_record=f"access-{kind}-{name}",
            )  # fmt: skip
        later = f"示例新校{planted.told[name].number:02d}{planted.documents[name][-5:]}"
        planted.canaries.append(text(name, "school now", "open:education", later))
        particulars.record(
            planted.persons[name], {"school": later}, on=today - timedelta(days=5), source=POLICE,
            source_record=f"access-school-{name}", by="proof",
        )  # fmt: skip
        mended = f"171{planted.told[name].number:02d}{planted.documents[name][-6:]}".replace("X", "0")
        planted.canaries.append(text(name, "phone now", "closed:residence", mended))
        persons.correct(planted.persons[name], "phone", mended, source=POLICE, because="登记有误", by="proof")


def protected(planted: Planted, staff: dict[str, Account]) -> None:
    """One is protected, one is a member of staff; the security administrator says so."""
    with scope.as_account(staff["security"]) as actor, access.watching(actor.viewer()):
        entry = planted.entries["protected"]
        why = f"示例保护{entry.id_number[-6:]}"
        planted.canaries.append(text("protected", "reason", "guarded", why))
        guarding.protect(entry.name, entry.id_number, reason=why, since=clock.today(), until=None)
        entry = planted.entries["colleague"]
        guarding.staff_is(staff["subdistrict"], entry.name, entry.id_number)


def companies(dice: Random, planted: Planted, residents: dict[str, Account]) -> None:
    """Enter the companies, with shares, licences, decisions that are public and one that is not, and an agent."""
    source = Source.objects.get(code=MARKET)
    told = people.firms(dice, elsewhere())
    for one in told.values():
        code = uscc.make("91", NEVER_ISSUED, f"MAYX99{one.number:02d}")
        planted.firms[one.name] = code
        _enter(planted, one, code, source)
        planted.canaries += [*one.canaries, text(one.name, "code", "listed", code)]
    entity_changes.struck_off(
        f"entity:{planted.firms['firm_gone']}", clock.today() - timedelta(days=3), word=_word("gone")
    )
    with scope.as_account(residents["self"]) as actor, access.watching(actor.viewer()):
        Mandate.grant(
            residents["agent"], planted.firms["firm_agent"], by=actor,
            until=clock.today() + timedelta(days=30),
        )  # fmt: skip


def _enter(planted: Planted, one: Firm, code: str, source: Source) -> None:
    own = one.name == "firm_own"
    bearer = planted.documents["self" if own else "outside"]
    representative = planted.entries["self"].name if own else f"柘{one.number}佚"
    today, subject = clock.today(), f"entity:{code}"
    enter(
        code, one.columns["name"], representative=representative,
        document=f"111:{bearer}" if own else f"111:44019919{one.number:02d}05058{one.number:03d}",
        source=source, as_of=today - timedelta(days=1),
        details=Details(
            kind="有限责任公司", address=one.columns["address"], division=one.division,
            business_scope=one.columns["business_scope"], phone=one.columns["phone"],
            established_on=date(2018, 4, 4),
        ),
    )  # fmt: skip
    entity_ties.hold(subject, Share(name=one.columns["shareholder"], share=Decimal(40)), word=_word(one.name))
    for column, public in (("decision", True), ("secret_decision", False)):
        entity_ties.decided(
            subject,
            Decision(
                kind="penalty", number=one.columns[column], title="示例处罚", authority="示例机关",
                decided_on=today - timedelta(days=20), public=public,
                public_until=today + timedelta(days=300) if public else None,
            ),
            word=_word(f"{one.name}-{column}"),
        )  # fmt: skip
    life.enter(
        subject,
        Issued(
            kind="food_business", number=one.columns["licence"], issuer=ISSUER,
            issued_by=Text(zh="示例机关", en="Example office"), valid_from=today - timedelta(days=100),
        ),
        word=Granted("proof"),
    )  # fmt: skip


def _word(record: str) -> Word:
    return Word(source=MARKET, record=f"access-{record}", by="proof")
