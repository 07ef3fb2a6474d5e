"""The work ``check_means`` 经济状况核对: what a household declared beside what the repository records of each member.

It runs in the house's own scope, so that no official browses records: they see what it found, in the case they handle.
Which incomes count, and what property raises a doubt, says the pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.db import connection

from yizhan import clock
from yizhan.cases import household, processes, works
from yizhan.cases.models import Case, Filing, MeansCheck
from yizhan.forms.paths import get
from yizhan.identity.actor import HOUSE
from yizhan.journal import access
from yizhan.registry import finding, means
from yizhan.registry.facts import Fact, facts
from yizhan.registry.faults import NotHere
from yizhan.registry.means import Means
from yizhan.registry.purposes import ForCase
from yizhan.releases.words import Text

NAME = "check_means"
NO_HOUSEHOLD = "no_household"
_OF_MEMBER = ("person.alive", "person.age", "household.registered_in_district")
_ADULT, _AGED = 18, 60
_NOTHING = Decimal(0)
_UNKNOWN = Text(
    zh="人口库查不到姓名和证件号码都相符的人员，未能核对",
    en="the register knows nobody of this name and number; not checked",
)
_DEAD = Text(zh="人口库记载已去世，不计入保障人口", en="dead according to the register; not counted")
_ELSEWHERE = Text(zh="户籍不在本区，需核实", en="registered outside the district; to be verified")
_LEFT = Text(
    zh="已不在同一户口簿，需核实是否共同生活",
    en="no longer in the household book; does this person still live there?",
)
_TWICE = Text(zh="重复填写的成员，只计算一次", en="entered twice; counted once")
_CLAIMED = Text(
    zh="已是本事项另一办件（{}）的家庭成员，需核实是否重复保障",
    en="a member of the family in another case of this kind ({}); would the allowance be paid twice?",
)
_JOINED = Text(zh="户口簿内另有未申报的成员：{}", en="others stand in the household book: {}")

_OTHERS = """
    select distinct row ->> 'id_number', c.number
    from cases_case c
    join lateral (select f.data from cases_filing f where f.case_id = c.id order by f.rev desc limit 1) filed on true
    cross join lateral jsonb_path_query(filed.data #> %s, '$[*]') row
    where c.item_id = %s and c.id <> %s
      and (c.closed_at is null
           or c.outcome = 'granted'
              and not exists (select from cases_lapse l where l.case_id = c.id and l.undone_at is null))
      and row ->> 'together' = 'true' and row ->> 'id_number' = any(%s)
    order by c.number
"""


@dataclass
class Checked:
    """One member, checked.

    Attributes:
        row: as it was declared.
        subject: the person; None where the register knows nobody of that name and number.
        records: what is recorded; ``known`` what the register says of the person.
        twice: the same person stands in an earlier row.
    """

    row: Mapping[str, Any]
    subject: str | None
    records: list[Means] = field(default_factory=list)
    known: Mapping[str, Fact] = field(default_factory=dict)
    doubts: list[Text] = field(default_factory=list)
    counting: frozenset[str] = frozenset()
    twice: bool = False

    @property
    def counted(self) -> bool:
        """Whether the person counts among those who live together: whoever died does not, and nobody twice."""
        alive = self.known.get("person.alive")
        is_alive = alive is None or alive.value is not False
        return self.row.get("together") is True and is_alive and not self.twice

    @property
    def declared(self) -> Decimal:
        """Yuan a month by own account."""
        return _yuan(self.row.get("income"))

    @property
    def recorded(self) -> Decimal:
        """Yuan a month by what is recorded, of the kinds that count."""
        return sum((one.amount or _NOTHING for one in self.records if one.kind in self.counting), _NOTHING)

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.counted and self.declared != self.recorded

    def age(self) -> int | None:
        """Completed years."""
        said = self.known.get("person.age")
        return said.value if said else None

    def plain(self) -> dict[str, Any]:
        """As the report keeps it."""
        return {
            "name": self.row.get("name", ""),
            "relation": self.row.get("relation", ""),
            "counted": self.counted,
            "declared": str(self.declared),
            "recorded": str(self.recorded),
            "differs": self.differs,
            "records": [
                {
                    "kind": one.kind,
                    "amount": None if one.amount is None else str(one.amount),
                    "detail": one.detail,
                    "source": one.source.model_dump(),
                    "as_of": one.as_of.isoformat(),
                    "counts": one.kind in self.counting,
                }
                for one in self.records
            ],
            "doubts": [one.model_dump() for one in self.doubts],
        }


class Check:
    """One check in the making."""

    def __init__(self, case: Case, arguments: works.Arguments) -> None:
        self.case, self.purpose = case, ForCase(case.number)
        self.filing: Filing = Filing.objects.filter(case=case).order_by("-rev")[0]
        self.counting = frozenset(str(kind) for kind in arguments["counts"])
        self.table = str(arguments.get("property") or "")
        self.path = str(arguments["members"])
        rows = get(self.filing.data, self.path)
        if not isinstance(rows, list) or not rows:
            raise works.Failed(NO_HOUSEHOLD)
        self.rows: list[dict[str, Any]] = rows

    @cached_property
    def book(self) -> list[household.Member]:
        """Who stands in the household book today."""
        return household.members(self.case.subject, purpose=self.purpose)

    @cached_property
    def members(self) -> list[Checked]:
        """Everybody who lives together, checked; the others are not looked at."""
        then = {
            (one.values["member.name"], one.values["member.id_number"]): one.subject
            for one in household.filed(self.filing.facts)
        }
        found = [self._member(row, then) for row in self.rows if row.get("together") is True]
        seen: set[str] = set()
        for one in found:
            one.twice = one.subject in seen
            if one.twice:
                one.doubts.append(_TWICE)
            seen |= {one.subject} if one.subject else set()
        return found

    @cached_property
    def claimed(self) -> dict[str, list[str]]:
        """Other cases of the item, under way or in force, in which these people live together: by identity number."""
        numbers = [str(row["id_number"]) for row in self.rows if row.get("id_number")]
        found: dict[str, list[str]] = {}
        with connection.cursor() as cursor:
            cursor.execute(_OTHERS, [self.path.split("."), self.case.item_id, self.case.pk, numbers])
            for person, case in cursor.fetchall():
                found.setdefault(person, []).append(case)
        return found

    @property
    def doubts(self) -> list[Text]:
        """What is doubtful about the household as a whole."""
        then = {one.subject for one in household.filed(self.filing.facts)}
        names = [str(one.values["member.name"]) for one in self.book if one.subject not in then]
        return [_naming(_JOINED, names)] if names else []

    def _member(self, row: dict[str, Any], then: Mapping[tuple[Any, Any], str]) -> Checked:
        name, number = row.get("name", ""), row.get("id_number", "")
        subject = then.get((name, number))
        from_book = subject is not None
        subject = subject or finding.known_as(name, number, purpose=self.purpose)
        one = Checked(row, subject, counting=self.counting)
        if subject is None:
            one.doubts.append(_UNKNOWN)
            return one
        try:
            one.known = facts(subject, _OF_MEMBER, purpose=self.purpose)
            one.records = means.recorded(subject, purpose=self.purpose)
        except NotHere:
            one.doubts.append(_UNKNOWN)
            return one
        one.doubts.extend(self._doubts(one, from_book=from_book))
        return one

    def _doubts(self, one: Checked, *, from_book: bool) -> Iterator[Text]:
        if one.known["person.alive"].value is False:
            yield _DEAD
        elif from_book and all(one.subject != other.subject for other in self.book):
            yield _LEFT
        if one.known["household.registered_in_district"].value is False:
            yield _ELSEWHERE
        claimed = self.claimed.get(str(one.row.get("id_number", "")))
        if claimed:
            yield _naming(_CLAIMED, claimed)
        if self.table:
            yield from self._property(one.records)

    def _property(self, records: Iterable[Means]) -> Iterator[Text]:
        """What the pack's table says of each record, such as that a vehicle is to be looked into."""
        table = processes.table(self.case.release_id, self.table)
        for record in records:
            decided = table.decide({"kind": record.kind, "amount": record.amount})
            for hit in decided.hits if decided.decided else ():
                if hit.outputs.get("doubt") is not True:
                    continue
                words = f"（{record.detail}）" if record.detail else ""
                aside = f" ({record.detail})" if record.detail else ""
                yield Text(zh=hit.because.zh + words, en=hit.because.en + aside)


def _naming(words: Text, names: Sequence[str]) -> Text:
    """Words with names put in, in a row as each language has it."""
    return Text(zh=words.zh.format("、".join(names)), en=words.en.format(", ".join(names)))


def check(case: Case, arguments: works.Arguments) -> dict[str, Any]:
    """Check the household of a case; the report is kept, what conditions need is given back.

    Raises:
        Failed: nobody is declared as living together.
    """
    with access.watching(HOUSE.viewer()):
        return _checked(case, Check(case, arguments))


def _checked(case: Case, done: Check) -> dict[str, Any]:
    counted = [one for one in done.members if one.counted]
    income = sum((max(one.declared, one.recorded) for one in counted), _NOTHING)
    declared = sum((one.declared for one in counted), _NOTHING)
    recorded = sum((one.recorded for one in counted), _NOTHING)
    doubts = done.doubts
    MeansCheck.objects.create(
        case=case,
        rev=case.rev,
        persons=len(counted),
        declared=declared,
        recorded=recorded,
        income=income,
        members=[one.plain() for one in done.members],
        doubts=[one.model_dump() for one in doubts],
        at=clock.now(),
    )
    ages = [age for one in counted if (age := one.age()) is not None]
    return {
        "persons": len(counted),
        "income": str(income),
        "declared": str(declared),
        "recorded": str(recorded),
        "differs": any(one.differs for one in counted),
        "doubtful": bool(doubts) or any(one.doubts for one in done.members),
        "minors": sum(age < _ADULT for age in ages),
        "aged": sum(age >= _AGED for age in ages),
        "severe": sum(one.row.get("condition") == "severe" for one in counted),
    }


def _yuan(value: object) -> Decimal:
    """What was declared; nothing where nothing was."""
    try:
        return round(Decimal(str(value)), 2) if value is not None else _NOTHING
    except InvalidOperation:
        return _NOTHING


WORK = works.announce(
    works.Work(
        name=NAME,
        title=Text(zh="核对家庭经济状况", en="checks the household's means"),
        outside=check,
        at_home=True,
        takes=frozenset({"members", "counts"}),
        may_take=frozenset({"property"}),
        gives={
            "persons": "integer", "income": "number", "declared": "number", "recorded": "number",
            "differs": "boolean", "doubtful": "boolean", "minors": "integer", "aged": "integer", "severe": "integer",
        },
        errors=frozenset({NO_HOUSEHOLD}),
    )
)  # fmt: skip
