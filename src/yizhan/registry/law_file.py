"""One law or policy on one page 法规政策档案: what is on record of it, what it replaced, what was said of it before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from yizhan.identity.models import Unit
from yizhan.registry import law_finding, law_words
from yizhan.registry.models import Law
from yizhan.releases.words import Text
from yizhan.ui.language import in_english

_FACTS = (
    "kind", "title_en", "number", "issuer", "issued_on", "in_force_on", "revised_on", "valid_until", "repealed_on",
)  # fmt: skip


@dataclass(frozen=True)
class Before:
    """What was said until a moment, column by column."""

    until: datetime
    was: list[tuple[str, str]]
    because: str


@dataclass(frozen=True)
class LawFile:
    """A law as a page shows it."""

    law: Law
    facts: list[tuple[str, str]]
    """Title and value of each column that is known; the number always, since it is asked for."""
    successor: Law | None
    replaced: Sequence[Law]
    before: list[Before]
    answers: Text | None
    """The unit that answers for the entry, where the district has it."""
    on: date | None = None
    """The day for which it is asked whether it holds; None for today."""

    @property
    def state(self) -> str:
        """What its days say of it."""
        return self.law.state(self.on)


def read(code: str, on: date | None = None, known_at: datetime | None = None) -> LawFile:
    """One law: whether it holds on a day, and as the register said of it at a moment, where one is given.

    Raises:
        NotHere: there is none, or was none on record then.
    """
    row = law_finding.get(code)
    law = law_finding.known_at(row, known_at) if known_at else row
    unit = Unit.objects.filter(code=row.unit).first()
    return LawFile(
        law=law,
        facts=[
            (law_words.column(name), law_words.value(name, value))
            for name in _FACTS
            if not (name == "title_en" and in_english())  # the page is headed by it
            if (value := getattr(law, name)) or name == "number"
        ],
        successor=law_finding.by_codes([law.successor]).get(law.successor),
        replaced=law_finding.replaced_by(law),
        before=[
            Before(one.replaced_at, _said(one.was), one.because) for one in law_finding.past(row)
        ],
        answers=Text(zh=unit.name, en=unit.name_en or unit.name) if unit else None,
        on=on,
    )  # fmt: skip


def _said(was: dict[str, object]) -> list[tuple[str, str]]:
    return [(law_words.column(name), law_words.value(name, was[name])) for name in sorted(was)]
