"""One member of a household, checked 逐人核对: what was declared beside what is recorded, and whether the person counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from yizhan.registry.facts import Fact
from yizhan.registry.means import Means
from yizhan.releases.words import Text

NOTHING = Decimal(0)


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
        return sum((one.amount or NOTHING for one in self.records if one.kind in self.counting), NOTHING)

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


def _yuan(value: object) -> Decimal:
    """What was declared; nothing where nothing was."""
    try:
        return round(Decimal(str(value)), 2) if value is not None else NOTHING
    except InvalidOperation:
        return NOTHING
