"""What somebody who enters a person has to say 登记内容, checked before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import fits, suits
from yizhan.registry.models import Household, Identifier, Membership, Person, Provenance, Residence
from yizhan.registry.models.person import RESIDENT_ID
from yizhan.registry.places import Place

SEXES = frozenset("0129")
"""GB/T 2261.1: unknown, male, female, not stated."""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One person as one record of a source says it.

    A wrong identity number is no reason to refuse: it is kept and marked. Impossible dates and texts that are
    too long are.

    Attributes:
        source_record: the record's own key in its source; the same record is entered once.
        as_of: the day for which the source says so.
        other_numbers: further documents, as (type, number).
        relation: to the head of the household (GB/T 4761); needed with ``book_number``.
        since: in the register from this day; ``as_of`` if left out, and so with the other two.
        tenure: how the person has the home where she lives (list ``tenure``).
        particulars: what else the source says, by columns of :class:`Particulars`.
        relatives: records of the same load to whom the person is tied, what they are to her, and since when.
        happened: kind, day, the other's record if there is one, and details.
        vouches: columns of ``catalogue.COLUMNS`` that the source may vouch for; all where left out.
        known_in: the division in which the register has somebody who is known, for a record that names no home.

    Raises:
        Refused: what cannot be written down.
    """

    source_record: str
    as_of: date
    name: str
    sex: str = "0"
    born_on: date | None = None
    former_name: str = ""
    ethnic_group: str = ""
    id_type: str = RESIDENT_ID
    id_number: str = ""
    other_numbers: tuple[tuple[str, str], ...] = ()
    phone: str = ""
    died_on: date | None = None
    book_number: str = ""
    household_kind: str = Household.Kind.FAMILY
    relation: str = ""
    registered: Place | None = None
    living: Place | None = None
    since: date | None = None
    registered_since: date | None = None
    living_since: date | None = None
    tenure: str = ""
    particulars: Mapping[str, Any] = field(default_factory=dict)
    relatives: tuple[tuple[str, str, date | None], ...] = ()
    happened: tuple[tuple[str, date, str | None, Mapping[str, Any]], ...] = ()
    vouches: frozenset[str] | None = None
    known_in: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise Refused(_("姓名为空，未作登记，请填写姓名。"))
        for column in ("name", "former_name", "sex", "ethnic_group", "id_type", "id_number", "phone"):
            fits(Person, column, getattr(self, column))
        is_a_sex(self.sex)
        for kind, number in self.other_numbers:
            fits(Identifier, "type", kind)
            fits(Identifier, "value", number)
        fits(Household, "book_number", self.book_number)
        fits(Household, "kind", self.household_kind)
        fits(Membership, "relation", self.relation)
        fits(Provenance, "source_record", self.source_record)
        if bool(self.book_number) != bool(self.relation):
            raise Refused(_("户号和与户主关系须同时填写，未作登记。"))
        fits(Residence, "tenure", self.tenure)
        for column, value in self.particulars.items():
            suits(column, value)
        dates_agree(self.born_on, self.died_on)


def is_a_sex(code: str) -> None:
    """See that a code is one of the standard's.

    Raises:
        Refused: it is not.
    """
    if code not in SEXES:
        raise Refused(_("性别代码 %(code)s 不在国家标准代码表中，未作登记。") % {"code": code})


def dates_agree(born_on: date | None, died_on: date | None) -> None:
    """See that nobody is born or dies in the future, or dies before being born.

    Raises:
        Refused: somebody does.
    """
    today = clock.today()
    if max(born_on or today, died_on or today) > today:
        raise Refused(_("日期晚于今天，未作登记，请核对。"))
    if born_on and died_on and died_on < born_on:
        raise Refused(_("死亡日期早于出生日期，未作登记，请核对。"))
