"""Income and property of a person 收入财产: what sources record, what companies they represent, what rooms above pay.

Nobody browses it. The house reads it for a case whose household has agreed to be checked, and a person her own; each
look leaves a line in the access log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from django.db.models import Q
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.journal import access
from yizhan.registry.facts import person_id
from yizhan.registry.faults import NotHere, Refused, UnknownKey
from yizhan.registry.models import Entity, MeansRecord, Person, Source
from yizhan.registry.purposes import Purpose
from yizhan.releases.words import Text


@dataclass(frozen=True)
class Kind:
    """A kind of income or property; ``income`` is reckoned by the month."""

    title: Text
    income: bool


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "wage": Kind(Text(zh="工资薪金", en="Wages"), income=True),
        "business": Kind(Text(zh="经营净收入", en="Net business income"), income=True),
        "pension": Kind(Text(zh="养老金", en="Pension"), income=True),
        "property": Kind(Text(zh="租金等财产性收入", en="Rent and other property income"), income=True),
        "support": Kind(Text(zh="赡养、抚养、扶养费", en="Maintenance payments"), income=True),
        "benefit": Kind(Text(zh="政府发放的待遇", en="Benefits paid by the government"), income=True),
        "deposit": Kind(Text(zh="存款、理财", en="Deposits and investments"), income=False),
        "vehicle": Kind(Text(zh="机动车", en="Vehicle"), income=False),
        "real_estate": Kind(Text(zh="不动产", en="Real estate"), income=False),
        "company": Kind(Text(zh="担任法定代表人的企业", en="Company represented"), income=False),
    }
)
"""A key is never changed nor used for something else: processes and filed checks name it."""


@dataclass(frozen=True)
class Means:
    """One income or piece of property.

    Attributes:
        kind: of :data:`KINDS`.
        amount: yuan, a month for an income; None where nobody says.
        detail: employer, plate, place.
        source: who says so, ``as_of`` for which day.
    """

    kind: str
    amount: Decimal | None
    detail: str
    source: Text
    as_of: date


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record of a source, to be entered.

    Raises:
        UnknownKey: the register keeps nothing of this kind.
        Refused: the amount is negative.
    """

    subject: str
    kind: str
    source_record: str
    as_of: date
    amount: Decimal | None = None
    detail: str = ""
    since: date | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.kind in {"company", "benefit"}:
            raise UnknownKey(f"the register keeps no records of the kind {self.kind!r}")
        if self.amount is not None and self.amount < 0:
            raise Refused(_("金额不能小于零，未作登记。"))


Reader = Callable[[str], Iterable[Means]]
_elsewhere: list[Reader] = []


def announce(reader: Reader) -> Reader:
    """Have a room above tell what else somebody gets, by subject, such as benefits that it pays."""
    _elsewhere.append(reader)
    return reader


def recorded(subject: str, *, purpose: Purpose, on: date | None = None) -> list[Means]:
    """What is recorded of somebody's means on a day; income first, in the order of the kinds.

    Raises:
        NotHere: no such person in the present scope.
        NobodyLooks: outside of a request or a worker's step that keeps an access log.
    """
    day = on or clock.today()
    person = Person.objects.filter(id=person_id(subject)).first()
    if person is None:
        raise NotHere(subject)
    access.saw([subject], [f"means.{kind}" for kind in KINDS], purpose=str(purpose))
    rows = MeansRecord.objects.filter(person=person, since__lte=day)
    living = rows.filter(Q(until=None) | Q(until__gt=day)).select_related("source").order_by("id")
    found = [Means(row.kind, row.amount, row.detail, row.source.title, row.as_of) for row in living]
    found += _companies(person)
    found += [one for tell in _elsewhere for one in tell(subject)]
    order = list(KINDS)
    return sorted(found, key=lambda one: order.index(one.kind))


def enter(records: Iterable[Record], *, source: str) -> int:
    """Enter records; what is known is left alone. How many were new. It takes a service's scope.

    Raises:
        Source.DoesNotExist: nobody declared the source.
    """
    of = Source.objects.get(code=source)
    rows = [
        MeansRecord(
            person_id=person_id(one.subject),
            kind=one.kind,
            amount=one.amount,
            detail=one.detail,
            source=of,
            source_record=one.source_record,
            as_of=one.as_of,
            since=one.since or one.as_of,
        )
        for one in records
    ]
    known = set(
        MeansRecord.objects.filter(
            source=of, source_record__in=[row.source_record for row in rows]
        ).values_list("source_record", flat=True)
    )
    fresh = [row for row in rows if row.source_record not in known]
    MeansRecord.objects.bulk_create(fresh)
    return len(fresh)


def end(source: str, source_record: str, *, on: date) -> bool:
    """A source says that something is no longer so; whether it was recorded until now."""
    rows = MeansRecord.objects.filter(source__code=source, source_record=source_record, until=None)
    return bool(rows.update(until=on))


def _companies(person: Person) -> list[Means]:
    if not person.id_number:
        return []
    found = Entity.objects.filter(
        representative_document=f"{person.id_type}:{person.id_number}", until=None
    ).select_related("source")
    return [Means("company", None, one.name, one.source.title, one.as_of) for one in found.order_by("uscc")]
