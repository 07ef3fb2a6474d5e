"""Finding a person 查找: exactly, by number and name; or by name, inside one's areas.

The rules (both must match, so many a day, only one's areas) stand in the reviewed functions of the
database, ``registry_find`` and ``registry_search``: nothing in Python can widen them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from yizhan.identity import accounts
from yizhan.identity.models import Account
from yizhan.journal import access
from yizhan.registry import masking, numbers, question, sight
from yizhan.registry.facts import person_id
from yizhan.registry.faults import Refused
from yizhan.registry.models import Person
from yizhan.registry.models.person import RESIDENT_ID, subject_of
from yizhan.registry.purposes import Own, Purpose

_HOMES = frozenset({"residence", "household"})
"""The categories that tell where somebody lives, or is registered."""


class Outcome(StrEnum):
    """What an exact look-up came to."""

    FOUND = "found"
    NONE = "none"
    """No such number, or the name differs: nobody is told which."""
    SEVERAL = "several"
    """Number and name match more than one entry 重号: the window has to look."""
    TAKEN = "taken"
    """The account is linked to another person already, or the person to another account."""
    TOO_MANY = "too_many"
    """The day's look-ups are used up."""
    NOT_ALLOWED = "not_allowed"
    """Nobody is signed in, or the post opens no records."""

    @property
    def words(self) -> str:
        """What to tell the person who asked; empty when found."""
        return _words().get(self, "")


@dataclass(frozen=True)
class Match:
    """The answer to an exact look-up; ``subject`` is set only when it is found."""

    outcome: Outcome
    subject: str | None = None

    def __bool__(self) -> bool:
        return self.outcome is Outcome.FOUND


@dataclass(frozen=True)
class Candidate:
    """A person in a list of those who were found; number and telephone are masked.

    ``how`` tells why: ``exact``, ``part``, ``sound``, ``near`` of the name; ``number``, ``near_number``, ``phone``,
    ``address``. A former name is given only where there is one, and the division only where the post sees residences.
    """

    subject: str
    how: str
    name: str
    former_name: str
    sex: str
    born: str
    id_number: str
    living_division: str


def exact(name: str, number: str, *, purpose: Purpose, id_type: str = RESIDENT_ID) -> Match:
    """Look a person up by identity number and name; both must match.

    The transaction's scope is admitted to the person found, so that ``facts`` can follow.
    """
    match = _find(name, number, id_type)
    access.saw(_subjects(match), ["name", "id_number"], purpose=str(purpose), action="search")
    return match


def match_real_name(account: Account, name: str, number: str, *, id_type: str = RESIDENT_ID) -> Match:
    """Real-name match 实名核验 of the citizen who is signed in.

    When it succeeds the account is linked to the person, and identity knows name and document from now on.

    Raises:
        ValueError: another account than the one in scope.
        identity.faults.Refused: the document is verified with another account.
    """
    if _account_in_scope() != account.pk:
        raise ValueError("only the account that is signed in can be matched")
    with transaction.atomic():
        match = _find(name, number, id_type)
        access.saw(_subjects(match), ["name", "id_number"], purpose=str(Own()), action="search")
        known = Person.objects.get(id=person_id(match.subject)) if match.subject else None
        accounts.verify_real_name(
            account,
            known.name if known else name,
            numbers.check(id_type, number).number,
            matched=bool(match),
            document_type=id_type,
        )
    return match


def known_as(name: str, number: str, *, purpose: Purpose, id_type: str = RESIDENT_ID) -> str | None:
    """Who bears this number and this name; for services of the house, which see everybody.

    None where nobody does, or more than one.
    """
    wanted = f"{id_type}:{numbers.check(id_type, number).number}"
    with connection.cursor() as cursor:
        cursor.execute(
            """select distinct person_id from registry_identifier
               where document = %s and name_key = registry_name_key(%s) and until is null limit 2""",
            [wanted, name],
        )
        found = [subject_of(person) for (person,) in cursor.fetchall()]
    access.saw(found, ["name", "id_number"], purpose=str(purpose), action="search")
    return found[0] if len(found) == 1 else None


def bearing(number: str, *, purpose: Purpose, id_type: str = RESIDENT_ID) -> list[Candidate]:
    """Persons in one's areas who bear a number now, whatever their names; before somebody is entered anew.

    Raises:
        Refused: the day's look-ups are used up, or the post opens no records.
    """
    count_the_look()
    with connection.cursor() as cursor:
        cursor.execute(_BEARING, [f"{id_type}:{numbers.check(id_type, number).number}"])
        found = [_candidate(row) for row in cursor.fetchall()]
    access.saw([one.subject for one in found], ["name", "id_number"], purpose=str(purpose), action="search")
    return found


def living_in(committee: str, *, purpose: Purpose, limit: int = 10_000) -> list[Candidate]:
    """Who lives in a committee of one's areas now, by name; to be taken away as a list.

    Args:
        committee: its code, twelve digits.
        purpose: why.
        limit: at most so many.

    Raises:
        Refused: the day's look-ups are used up, the post opens no records, or it does not see where somebody lives.
    """
    count_the_look()
    if "residence" not in sight.shown():
        raise Refused(_not_shown())
    with connection.cursor() as cursor:
        cursor.execute(_LIVING_IN, [committee, limit])
        found = [_candidate(row) for row in cursor.fetchall()]
    return _told(found, purpose)


def search(words: str, *, purpose: Purpose, limit: int = 20) -> list[Candidate]:
    """Persons in one's areas to whom the words fit (:mod:`question` says how they are read), the surest first.

    Whoever bears the name, the number or what is near it outside of one's areas changes nothing: neither the list nor
    how it is sorted, nor how often one may still ask. By telephone, address and place only those posts find somebody
    whose roles show these of a file.

    Raises:
        Refused: the day's look-ups are used up; searches and exact look-ups count alike. Or nobody is found, and the
            post does not see what was asked by.
    """
    asked = question.read(words)
    wanted = asked.conditions()
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, [json.dumps(wanted), limit])
        rows = cursor.fetchall()
    if rows and rows[0][0] is None:
        raise Refused(Outcome.TOO_MANY.words)
    found = [_candidate(row) for row in rows]
    _told(found, purpose)
    if not found and (asked.by_phone or asked.by_place):
        shown = sight.shown()
        if (asked.by_phone and "residence" not in shown) or (
            asked.by_place and not _HOMES.intersection(shown)
        ):
            raise Refused(_not_shown())
    return found


def count_the_look() -> None:
    """A list of people counts with the day's searches.

    Raises:
        Refused: they are used up, or the post opens no records.
    """
    with connection.cursor() as cursor:
        cursor.execute("select registry_count_look()")
        (left,) = cursor.fetchone() or (False,)
    if not left:
        raise Refused(Outcome.TOO_MANY.words)


def _told(found: list[Candidate], purpose: Purpose) -> list[Candidate]:
    """A list that somebody reads, with its line in the access log."""
    access.saw(
        [one.subject for one in found],
        ["name", "sex", "born", "id_number"],
        purpose=str(purpose),
        action="search",
    )
    return found


def _not_shown() -> str:
    return _("您的岗位无权查看住址和联系电话，不能据此查找人员；请改用姓名或证件号码查找。")


def _words() -> dict[Outcome, str]:
    return {
        Outcome.NONE: _("没有查到姓名和证件号码都相符的人员，请核对后再试。"),
        Outcome.SEVERAL: _("该姓名和证件号码对应多条登记，请携带证件到政务服务窗口核实。"),
        Outcome.TAKEN: _("账号与人员已有其他关联，如需变更，请携带证件到政务服务窗口办理。"),
        Outcome.TOO_MANY: _("今天的查询次数已用完，请明天再试；急需办理的，请到政务服务窗口。"),
        Outcome.NOT_ALLOWED: _("您的岗位没有查询人员信息的权限。"),
    }


_SEARCH = """
    select p.id, found.how, p.name, p.former_name, p.sex, p.born_on, p.id_number,
        case when (select coalesce('residence' = any (registry_shown()), true)) then p.living_division else '' end
    from registry_search(%s::jsonb, %s) with ordinality found(id, how, place)
    left join registry_person p using (id)
    order by place
"""


_LIVING_IN = """
    select p.id, 'address', p.name, p.former_name, p.sex, p.born_on, p.id_number, p.living_division
    from registry_person p where p.until is null and p.died_on is null and p.living_division = %s
    order by p.name_sort, p.id limit %s
"""
_BEARING = """
    select p.id, 'number', p.name, p.former_name, p.sex, p.born_on, p.id_number,
        case when (select coalesce('residence' = any (registry_shown()), true)) then p.living_division else '' end
    from registry_person p where p.until is null and p.id = any (array(
        select i.person_id from registry_identifier i where i.document = %s and i.until is null))
    order by p.name_sort, p.id limit 10
"""


def _find(name: str, number: str, id_type: str) -> Match:
    checked = numbers.check(id_type, number)
    with connection.cursor() as cursor:
        cursor.execute("select state, person from registry_find(%s, %s, %s)", [id_type, checked.number, name])
        state, person = cursor.fetchone() or ("none", None)
    return Match(Outcome(state), subject_of(person) if person else None)


def _account_in_scope() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("select scope_account()")
        row = cursor.fetchone()
    return row[0] if row else None


def _subjects(match: Match) -> list[str]:
    return [match.subject] if match.subject else []


def _candidate(row: tuple[Any, ...]) -> Candidate:
    person, how, name, former_name, sex, born_on, id_number, living_division = row
    return Candidate(
        subject=subject_of(person),
        how=how,
        name=name,
        former_name=former_name,
        sex=sex,
        born=masking.day(born_on) if born_on else "",
        id_number=masking.number(id_number) if id_number else "",
        living_division=living_division,
    )
