"""The limits of a redress 整改时限, in one place.

Neither was read at its source, so pages say 待核实 beside them: that a bad rating is verified within 1 working
day is remembered of the national rules on rating government services; 15 working days for putting it right was
seen on a page that quotes a city's rules. Both run from the rating; its day is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """A limit in working days, whether it was read at its source, and how long before its end a lamp turns amber."""

    working_days: int
    verified: bool
    warned: timedelta

    def warn_at(self, due_at: datetime) -> datetime:
        """When a limit that ends at ``due_at`` begins to press."""
        return due_at - self.warned


VERIFY = Limit(working_days=1, verified=False, warned=timedelta(days=1))
RECTIFY = Limit(working_days=15, verified=False, warned=timedelta(days=3))
