"""Who lives in one household with the person a case is about 本户人员: rows of a form that nobody types.

What the household register says of each is a fact of the source ``household`` that columns of a group may bind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizhan.forms.form import Form
from yizhan.forms.prefill import Given
from yizhan.registry import households
from yizhan.registry.facts import facts
from yizhan.registry.purposes import Purpose
from yizhan.releases.words import Text

SOURCE = "household"
FILED = "household.members"
"""Under this key what was known of the household is filed with the facts of an application."""

KEYS = ("member.name", "member.id_number", "member.born", "member.relation")
_ASKED = ("person.id_number", "person.born", "person.alive")
_UNNAMED = Text(zh="户籍登记", en="household register")

# The first digit of GB/T 4761, and what forms call it. Head is 02, the spouse 10 to 12.
_RELATIONS = {
    "1": "spouse", "2": "child", "3": "child", "4": "grandchild", "5": "parent", "6": "grandparent", "7": "sibling",
}  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One of a household, as the register says it today; ``values`` are by the keys of :data:`KEYS`, as JSON."""

    subject: str
    values: Mapping[str, Any]
    source: Text
    as_of: date | None


def members(subject: str, *, purpose: Purpose) -> list[Member]:
    """The living members of somebody's household whom the scope shows, the head first.

    Raises:
        NotHere: no such person in the present scope.
    """
    households.admit(subject)
    known = households.household_of(subject, purpose=purpose)
    source, as_of = known.book_number.source or _UNNAMED, known.book_number.as_of
    found = []
    for one in known.members:
        if one.subject is None or one.masked:
            continue
        said = facts(one.subject, _ASKED, purpose=purpose)
        if said["person.alive"].value is False or said["person.id_number"].masked:
            continue
        born: date | None = said["person.born"].value
        values = {
            "member.name": one.name,
            "member.id_number": said["person.id_number"].value,
            "member.born": born.isoformat() if born else None,
            "member.relation": relation(one.relation),
        }
        found.append(Member(one.subject, values, source, as_of))
    return found


def relation(code: str) -> str:
    """The relation to the head of the household, as forms call it; of GB/T 4761."""
    return "head" if code == "02" else _RELATIONS.get(code[:1], "other")


def asked(form: Form) -> bool:
    """Whether a form wants to know the household."""
    return any(binding.source == SOURCE for binding in form.row_bindings())


def prefill(form: Form, known: Iterable[Member]) -> dict[str, Given]:
    """What nobody needs to type of each row, locked."""
    columns = [binding for binding in form.row_bindings() if binding.source == SOURCE]
    return {
        binding.path.replace("[]", f".{number}"): Given(
            one.values[binding.fact], one.source, one.as_of, locked=True
        )
        for number, one in enumerate(known)
        for binding in columns
        if one.values.get(binding.fact) is not None
    }


def as_filed(known: Iterable[Member]) -> dict[str, Any]:
    """The household as it is filed with an application: who, on whose word, as of when."""
    rows = list(known)
    first = rows[0] if rows else None
    return {
        "value": [{"subject": one.subject, **one.values} for one in rows],
        "source": first.source.model_dump() if first else None,
        "as_of": first.as_of.isoformat() if first and first.as_of else None,
    }


def filed(facts_filed: Mapping[str, Any]) -> list[Member]:
    """The household as it was filed."""
    said = facts_filed.get(FILED)
    if not said:
        return []
    source = Text(**said["source"]) if said["source"] else _UNNAMED
    as_of = date.fromisoformat(said["as_of"]) if said["as_of"] else None
    return [
        Member(row["subject"], {key: row.get(key) for key in KEYS}, source, as_of) for row in said["value"]
    ]
