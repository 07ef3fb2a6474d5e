"""The work ``check_means`` 经济状况核对: what a household declared beside what the repository records of each member.

It runs in the house's own scope, so that no official browses records: they see what it found, in the case they handle.
Which incomes count, and what property raises a doubt, says the pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db import connection

from yizhan import clock
from yizhan.cases import household, means_doubts, processes, works
from yizhan.cases.means_member import NOTHING, Checked
from yizhan.cases.models import Case, Filing, MeansCheck
from yizhan.forms.paths import get
from yizhan.identity.actor import HOUSE
from yizhan.journal import access
from yizhan.registry import finding, means
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere
from yizhan.registry.purposes import ForCase
from yizhan.releases.words import Text

NAME = "check_means"
NO_HOUSEHOLD = "no_household"
_OF_MEMBER = ("person.alive", "person.age", "household.registered_in_district")
_ADULT, _AGED = 18, 60

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
                one.doubts.append(means_doubts.TWICE)
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
        return means_doubts.of_household(names)

    def _member(self, row: dict[str, Any], then: Mapping[tuple[Any, Any], str]) -> Checked:
        name, number = row.get("name", ""), row.get("id_number", "")
        subject = then.get((name, number))
        from_book = subject is not None
        subject = subject or finding.known_as(name, number, purpose=self.purpose)
        one = Checked(row, subject, counting=self.counting)
        if subject is None:
            one.doubts.append(means_doubts.UNKNOWN)
            return one
        try:
            one.known = facts(subject, _OF_MEMBER, purpose=self.purpose)
            one.records = means.recorded(subject, purpose=self.purpose)
        except NotHere:
            one.doubts.append(means_doubts.UNKNOWN)
            return one
        left = from_book and all(one.subject != other.subject for other in self.book)
        claimed = self.claimed.get(str(row.get("id_number", "")), ())
        one.doubts.extend(means_doubts.of_member(one.known, left=left, claimed=claimed))
        if self.table:
            table = processes.table(self.case.release_id, self.table)
            one.doubts.extend(means_doubts.of_property(table, one.records))
        return one


def check(case: Case, arguments: works.Arguments) -> dict[str, Any]:
    """Check the household of a case; the report is kept, what conditions need is given back.

    Raises:
        Failed: nobody is declared as living together.
    """
    with access.watching(HOUSE.viewer()):
        return _checked(case, Check(case, arguments))


def _checked(case: Case, done: Check) -> dict[str, Any]:
    counted = [one for one in done.members if one.counted]
    income = sum((max(one.declared, one.recorded) for one in counted), NOTHING)
    declared = sum((one.declared for one in counted), NOTHING)
    recorded = sum((one.recorded for one in counted), NOTHING)
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
