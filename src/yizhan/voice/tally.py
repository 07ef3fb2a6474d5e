"""What ratings come to 好评率, in public: counts without anybody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from yizhan.voice.grades import Grade
from yizhan.voice.models import Tally


@dataclass(frozen=True)
class Counts:
    """How many ratings of each grade there are."""

    of: dict[Grade, int]

    @property
    def all(self) -> int:
        """All ratings."""
        return sum(self.of.values())

    @property
    def good_share(self) -> float | None:
        """The share of the three upper grades in all ratings 好评率, 0 to 1; None without any rating."""
        good = sum(count for grade, count in self.of.items() if not grade.is_bad)
        return good / self.all if self.all else None


def tally(item: str = "", *, unit: str = "", since: date | None = None) -> Counts:
    """The counts of an item, of a unit, or of both; of everything if none is named. One statement.

    Args:
        item: an item's code.
        unit: a unit's code.
        since: the first month that counts, by any day of it.
    """
    found = Tally.objects.all()
    if item:
        found = found.filter(item=item)
    if unit:
        found = found.filter(unit=unit)
    if since is not None:
        found = found.filter(month__gte=since.replace(day=1))
    sums = found.aggregate(**{f"of_{grade}": Sum(f"grade_{grade}") for grade in Grade})
    return Counts({grade: sums[f"of_{grade}"] or 0 for grade in Grade})
