"""Who may meet what 规则: written from the register's page and decisions 0019 and 0020, slowly and over raw rows.

Nothing here is asked of the code that is proved: rows are read as the superuser, and what a post reaches follows from
the table by which the posts were founded.

- A person is seen by herself, by staff whose area holds where she is registered or lives, by whom a case admitted, by
  the house. What hangs on her is seen with her. Income and property are seen by herself and the house alone.
- Of a company's row, history, provenance and corrections only its own, its agents and whom a case admitted see anything;
  what is public of it is seen besides by staff of its area, and its name and code by everybody with a post that reads.
- Licences are seen by whoever holds them, acts for the holder, or issued them.
- Of a person's file a role that names categories shows these alone: their fields, what was said of them before, what
  happened that goes with them; it unmasks and takes away no other. A list of those who were found shows by what one is
  recognised, name and masked number, whatever the role names; but a question by telephone or address is answered to those
  posts alone that see it; who is at an address is seen with the residence (or, of
  those who are registered there, the household). Rows are hidden by no category, and a case opens what its form asks.
- Masked stays what nothing opened: not the person's own look, no case to which one was admitted, no unmasking.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.proofs.rig.access.canaries import Canary
from tests.proofs.rig.access.posts import CATEGORIES, ISSUER

_BOOKS = """
    select m.person_id, m.household_id from registry_membership m join registry_household h on h.id = m.household_id
    where m.until is null and h.kind = 'family'
"""
EVERYTHING = frozenset({"*"})
_WHOLE = frozenset({"key", "name", "initial", "masked", "open", "closed", "address"})
_HOMES = {"household", "residence"}
NOTHING: frozenset[str] = frozenset()
_ADMINISTRATORS = {
    "platform.system_admin", "platform.security_admin", "platform.audit_admin", "platform.seal_admin",
}  # fmt: skip


@dataclass
class Reach:
    """What a post reaches today; ``areas`` are beginnings of division codes, ``""`` is everything.

    ``categories`` of a person's file are those that it shows; None for all.
    """

    name: str
    kind: str = ""
    areas: tuple[str, ...] = ()
    units: frozenset[str] = NOTHING
    person: str = ""
    companies: frozenset[str] = NOTHING
    categories: frozenset[str] | None = None

    @property
    def reads(self) -> bool:
        """Whether the post opens records at all."""
        return bool(self.units)

    def shows(self, category: str) -> bool:
        """Whether a category of a person's file is there for the post."""
        return self.categories is None or category in self.categories

    def answers(self, tells: tuple[str, ...]) -> bool:
        """Whether a question is answered that tells one of these categories; one that tells none always is."""
        return not tells or any(map(self.shows, tells))

    def holds(self, *divisions: str) -> bool:
        """Whether one of these divisions lies in the areas."""
        return any(division.startswith(area) for area in self.areas for division in divisions)


@dataclass
class Raw:
    """The rows that the rule looks at, as the superuser reads them."""

    persons: dict[str, tuple[str, str]] = field(default_factory=dict)
    firms: dict[str, str] = field(default_factory=dict)
    books: dict[str, set[str]] = field(default_factory=dict)
    units: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def read(rows: Any) -> Raw:
        """Args: ``rows`` asks as the superuser."""
        raw = Raw()
        raw.persons = {
            str(key): (a, b)
            for key, a, b in rows("select id, register_division, living_division from registry_person")
        }
        raw.firms = dict(rows("select uscc, division from registry_entity"))
        raw.units = {
            code: (path, division)
            for code, path, division in rows("select code, path, division from identity_unit")
        }
        for person, household in rows(_BOOKS):
            raw.books.setdefault(str(household), set()).add(str(person))
        return raw

    def household(self, person: str) -> set[str]:
        """Who stands in the same family's book."""
        return set().union(*(book for book in self.books.values() if person in book)) - {person}


def area_of(division: str) -> str:
    """The digits of a division code that say something."""
    for zeros in (10, 8, 6, 3):
        if division.endswith("0" * zeros):
            return division[:-zeros]
    return division


def reach(name: str, unit: str, role: str, scope: str, raw: Raw) -> Reach:
    """What a role at a unit gives with its reach; the administrators' roles open no personal data."""
    if role in _ADMINISTRATORS:
        return Reach(name, "staff")
    seen = CATEGORIES.get(role)
    path, division = raw.units[unit]
    area = area_of(division)
    if scope == "own_unit":
        return Reach(name, "staff", (), frozenset({unit}), categories=seen)
    if scope == "all":
        return Reach(name, "staff", ("",), frozenset(raw.units), categories=seen)
    inside = {
        code for code, (other, at) in raw.units.items() if other.startswith(path) or at.startswith(area)
    }
    return Reach(name, "staff", (area,), frozenset(inside), categories=seen)


class Rule:
    """The rule for the subjects that were planted.

    Args:
        raw: rows of the whole register.
        persons: keys by name, ``person:…``; ``firms``: codes by name.
        case: about whom, and which units take part.
    """

    def __init__(
        self, raw: Raw, persons: dict[str, str], firms: dict[str, str], case: dict[str, Any]
    ) -> None:
        self.raw = raw
        self.persons = {name: key.removeprefix("person:") for name, key in persons.items()}
        self.firms = dict(firms)
        self.case = case

    # Rows of the whole register.

    def sees(self, post: Reach, person: str) -> bool:
        """Whether a post sees a person at all, without a case."""
        return person == post.person or (post.kind == "staff" and post.holds(*self.raw.persons[person]))

    def sees_row_of(self, post: Reach, code: str) -> bool:
        """Whether the closed row of a company is seen."""
        return code in post.companies

    def sees_public_of(self, post: Reach, code: str) -> bool:
        """Whether what is public of a company is seen on its page and in the lists of its area."""
        return code in post.companies or (post.kind == "staff" and post.holds(self.raw.firms[code]))

    # Planted values.

    def handles(self, post: Reach) -> bool:
        """Whether the post's units take part in the case."""
        return bool(post.units & set(self.case["units"]))

    def may(self, post: Reach, subject: str, exhibit: str, opened: str = "") -> frozenset[str]:
        """The kinds of values of a subject that a post may meet at an exhibit; ``opened`` is an unmasked category."""
        if exhibit == "room":  # the address is that of the page: a place, whoever lives there
            there = self.may(post, subject, "occupants")
            return there | (frozenset({"address", "place"}) if post.kind == "staff" else NOTHING)
        if subject in self.firms:
            return self._of_company(post, self.firms[subject], exhibit)
        person = self.persons[subject]
        if person == post.person:
            return EVERYTHING
        if exhibit == "case" and self._of_the_case(post, person):
            return _WHOLE
        if exhibit == "guarding":
            return (
                frozenset({"masked:identity", "initial", "guarded"}) if post.name == "security" else NOTHING
            )
        if exhibit == "rows" and self.sees(
            post, person
        ):  # plain SQL: rows of the scope, neither masked nor logged
            return _WHOLE
        seen = post.kind == "staff" and self.sees(post, person)
        # The name of an applicant stands masked in the lists of those who handle the case, and that of a relative or
        # member of the household beside whoever is seen, such as in one's own file.
        shown = self._of_the_case(post, person) or (
            (exhibit == "rows" or (exhibit == "file" and post.shows("household")) or post.kind == "citizen")
            and any(self.sees(post, kin) for kin in self.raw.household(person))
        )
        return (self._at(post, exhibit, opened) if seen else NOTHING) | ({"initial"} if shown else NOTHING)

    def _at(self, post: Reach, exhibit: str, opened: str) -> frozenset[str]:
        """Of somebody in the post's area."""
        if exhibit == "search":
            return frozenset({"key", "name", "masked:identity", "initial"})
        if exhibit == "occupants":
            return frozenset({"key", "initial"}) if any(map(post.shows, _HOMES)) else NOTHING
        if exhibit != "file":
            return NOTHING
        more = set()
        if opened and post.shows(opened):
            more = {f"closed:{opened}"}
            more |= {"name"} if opened == "identity" else set()
            more |= {"address"} if opened in _HOMES else set()
        if post.categories is None:
            return frozenset({"key", "initial", "masked", "open", *more})
        told = {f"{how}:{name}" for how in ("masked", "open") for name in post.categories}
        return frozenset({"key", *told, *more, *({"initial"} if post.shows("identity") else ())})

    def _of_the_case(self, post: Reach, person: str) -> bool:
        """The case's subject, and who stands in the same book."""
        about = self.case["subject"].removeprefix("person:")
        if post.kind == "staff":
            return self.handles(post) and (person == about or person in self.raw.household(about))
        return False

    def _of_company(self, post: Reach, code: str, exhibit: str) -> frozenset[str]:
        if code in post.companies:
            return EVERYTHING
        if post.kind != "staff":
            return NOTHING
        if exhibit in {"companies", "rows"} and self.sees_public_of(post, code):
            issued = {"licence"} if ISSUER in post.units else set()
            return frozenset({"listed", "public", "place", *issued})
        if exhibit == "occupants" and self.sees_public_of(post, code):
            return frozenset({"listed", "place"})
        if exhibit in {"search", "found"} and post.reads:
            return frozenset({"listed", "place"})
        return frozenset({"place"}) if exhibit in {"search", "found"} else NOTHING


def any_allows(rule: Rule, post: Reach, canary: Canary, exhibit: str, opened: str = "") -> bool:
    """Whether a post may meet a planted value at an exhibit, whoever of its bearers it sees."""
    return any(allows(rule.may(post, one, exhibit, opened), canary.kind) for one in canary.bearers)


def allows(kinds: frozenset[str], kind: str) -> bool:
    """Whether a kind is among those that one may meet; ``closed``, ``open``, ``masked`` hold all their categories."""
    return "*" in kinds or kind in kinds or kind.partition(":")[0] in kinds
