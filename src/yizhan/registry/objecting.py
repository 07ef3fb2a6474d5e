"""Objections to registered values 信息异议: begun with a case, ended with it; meanwhile the value bears a mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.registry.catalogue import CATALOGUE, CATEGORIES, CATEGORY_OF, COLUMNS
from yizhan.registry.facts import facts, person_id
from yizhan.registry.faults import Refused, UnknownKey
from yizhan.registry.models import Objection, Provenance, Source
from yizhan.registry.purposes import Purpose
from yizhan.registry.wording import said
from yizhan.releases.words import Text

_LONGEST = 500


@dataclass(frozen=True)
class Registered:
    """What the register says of a key, in words and as it is, as of a day; ``source``: whose office answers for it."""

    words: str
    value: object
    source: Source | None
    as_of: date | None

    @property
    def title(self) -> Text | None:
        """The source by name."""
        return self.source.title if self.source else None


def registered(subject: str, key: str, *, purpose: Purpose) -> Registered:
    """What the register says of a key of a person now.

    Raises:
        UnknownKey: the key is in none of the categories.
        NotHere: no such person in the present scope.
    """
    if key not in CATEGORY_OF:
        raise UnknownKey(f"{key!r} is in no category of the population register")
    fact = facts(subject, [key], purpose=purpose)[key]
    words = str(fact.value) if fact.masked else said(CATALOGUE[key], fact.value)
    return Registered(words, fact.value, _source(subject, key), fact.as_of)


def begin(subject: str, key: str, wanted: str, *, case: str, by: str, purpose: Purpose) -> Objection:
    """Note that somebody objects to a value; the same case again gives what is there.

    Raises:
        UnknownKey: the key is in none of the categories.
        NotHere: no such person in the present scope.
        Refused: an objection to this value is open already.
    """
    known = Objection.objects.filter(case=case).first()
    if known is not None:
        return known
    now = registered(subject, key, purpose=purpose)
    value = now.value.isoformat() if isinstance(now.value, date) else now.value
    with transaction.atomic():
        person = person_id(subject)
        if Objection.objects.filter(person=person, key=key, ended_at=None).exists():
            raise Refused(_("对这一项的异议正在处理，不需要重复提出；处理情况见“我的办事”。"))
        made = Objection.objects.create(
            person_id=person, key=key, said=value, source=now.source, as_of=now.as_of,
            wanted=wanted.strip()[:_LONGEST], case=case,
        )  # fmt: skip
        journal.write("person.objected", subject=subject, actor=by, key=key, case=case)
    return made


def end(case: str, outcome: Objection.Outcome, *, by: str) -> bool:
    """Note what became of the objection of a case; whether one was open."""
    found = Objection.objects.filter(case=case, ended_at=None).select_related("person").first()
    if found is None:
        return False
    with transaction.atomic():
        Objection.objects.filter(id=found.id).update(ended_at=clock.now(), outcome=outcome)
        journal.write(
            "person.objection_ended", subject=found.person.subject, actor=by, key=found.key, case=case,
            outcome=outcome.value,
        )  # fmt: skip
    return True


def of_case(case: str) -> Objection | None:
    """The objection that a case handles, if the scope shows it."""
    return Objection.objects.filter(case=case).select_related("source", "person").first()


def of_person(subject: str) -> list[Objection]:
    """All objections of a person, the latest first."""
    return list(Objection.objects.filter(person=person_id(subject)).order_by("-opened_at", "-id"))


def contested(objections: Collection[Objection]) -> Mapping[str, str]:
    """By key, the numbers of the cases of those that are open: these values bear a mark."""
    return {one.key: one.case for one in objections if one.ended_at is None}


def _source(subject: str, key: str) -> Source | None:
    """Whose record vouches for a value; for one that nobody vouches for, whoever vouches for most of its category."""
    rows = Provenance.objects.filter(person=person_id(subject)).exclude(columns=[]).select_related("source")
    vouching = {number: row.source for row in rows for number in row.columns}
    number = COLUMNS[CATALOGUE[key].column]
    if number in vouching:
        return vouching[number]
    beside = {COLUMNS[CATALOGUE[other].column] for other in CATEGORIES[CATEGORY_OF[key]][1]}
    counted = Counter(source for column, source in vouching.items() if column in beside)
    return counted.most_common(1)[0][0] if counted else None
