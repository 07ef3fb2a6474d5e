"""What one field finds for somebody at the desk 统一搜索: within rights, and without persons while one types.

Cases, companies, addresses, services, laws and pages come while one types: they are within rights or public, and an
unfinished word would burn the day's look-ups and fill the access log with noise. Persons, and whatever else is found
by a person's name, come when somebody states why, once a search.
"""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yizhan.cases import catalogue, lookup
from yizhan.codes import divisions
from yizhan.desk import standing
from yizhan.registry import acts, finding, law_finding, public_finding
from yizhan.registry.faults import Refused
from yizhan.registry.finding import Candidate
from yizhan.registry.models import Law
from yizhan.registry.public_finding import Company, PlaceFound
from yizhan.registry.purposes import Purpose
from yizhan.ui.navigation import Shown, menu

LONGEST = 100
_FEW, _MANY = 5, 12
_MOST_TAKEN = 100
_LISTED = (
    "person.name",
    "person.former_name",
    "person.sex",
    "person.born",
    "person.id_number",
    "residence.committee",
)


@dataclass
class Found:
    """What was found without anybody's name being looked for; in the order in which it is shown."""

    cases: list[lookup.Hit] = field(default_factory=list)
    companies: list[Company] = field(default_factory=list)
    places: list[PlaceFound] = field(default_factory=list)
    items: list[catalogue.Entry] = field(default_factory=list)
    laws: list[Law] = field(default_factory=list)
    pages: list[Shown] = field(default_factory=list)
    divisions: dict[str, str] = field(default_factory=dict)
    """The names of the divisions in which companies and places lie."""
    areas: tuple[str, ...] = ()
    """The beginnings of the divisions whose companies whoever looks may open."""

    def opens(self, division: str) -> bool:
        """Whether a company of this division has a page for whoever looks."""
        return bool(division) and division.startswith(self.areas)

    def __len__(self) -> int:
        kinds: tuple[Sized, ...] = (
            self.cases,
            self.companies,
            self.places,
            self.items,
            self.laws,
            self.pages,
        )
        return sum(len(kind) for kind in kinds)


@dataclass(frozen=True)
class OfPersons:
    """What a person's name, number or address leads to, for a reason."""

    persons: list[Candidate]
    cases: dict[str, list[lookup.Hit]]
    """Of the persons found, by their key."""
    applied: list[lookup.Hit]
    """Cases within one's rights whose applicant bears exactly this name, also from elsewhere."""
    companies: list[Company]
    """Companies that somebody of exactly this name represents."""


def anything(request: HttpRequest, words: str, *, typing: bool = False) -> Found:
    """What is within rights or public; a few of each kind while somebody types."""
    if not words:
        return Found()
    most = _FEW if typing else _MANY
    companies = public_finding.companies(words, limit=most)
    places = public_finding.addresses(words, limit=most)
    return Found(
        areas=tuple(standing.areas(request)),
        cases=lookup.by_number(words)[: most if typing else None],
        companies=companies,
        places=places,
        items=catalogue.search(words)[:most],
        laws=law_finding.search(words, limit=most),
        pages=[one for one in menu("desk", request) if words.casefold() in str(one.entry.label).casefold()],
        divisions=divisions.place_names(
            [*(one.division for one in companies), *(one.division for one in places)]
        ),
    )


def to_take_away(words: str, purpose: Purpose) -> list[tuple[Candidate, str]]:
    """Persons in one's areas to whom the words fit, each with the name of where she lives, to be taken away.

    Raises:
        registry.faults.Refused: nobody is found, nobody proved again who acts, or the day's number is used up.
    """
    found = finding.search(words, purpose=purpose, limit=_MOST_TAKEN)
    if not found:
        raise Refused(_("没有查到人员，没有导出。"))
    acts.export([one.subject for one in found], _LISTED, purpose=purpose)
    places = divisions.place_names([one.living_division for one in found])
    return [(one, places.get(one.living_division, "")) for one in found]


def of_committee(code: str, purpose: Purpose) -> list[Candidate]:
    """Who lives in a committee, to be taken away.

    Raises:
        registry.faults.Refused: nobody is seen there, nobody proved again who acts, or the day's number is used up.
    """
    found = finding.living_in(code, purpose=purpose)
    if not found:
        raise Refused(_("没有查到人员，没有导出。"))
    acts.export([one.subject for one in found], _LISTED, purpose=purpose)
    return found


def of_persons(words: str, purpose: Purpose) -> OfPersons:
    """Persons in one's areas, and what bears their name elsewhere.

    Raises:
        registry.faults.Refused: the day's look-ups are used up.
    """
    persons = finding.search(words, purpose=purpose)
    shown = {one.subject for one in persons}
    cases = lookup.of_subjects([one.subject for one in persons]) if persons else {}
    applied = [hit for hit in lookup.by_applicant(words, str(purpose)) if hit.subject not in shown]
    return OfPersons(persons, cases, applied, public_finding.represented_by(words, purpose=purpose))
