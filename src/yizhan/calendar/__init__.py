"""Working days 工作日历: which days are worked, deadlines, duty hours.

The verbs use the calendar that the database holds; lists of deadlines take ``calendar.table()`` once and
call the same functions of :mod:`yizhan.calendar.deadlines` on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yizhan.calendar.current import (
        add_hours,
        add_natural_days,
        deadline,
        hours_between,
        month,
        remaining,
        table,
        working_days_between,
    )

__all__ = [
    "add_hours",
    "add_natural_days",
    "deadline",
    "hours_between",
    "month",
    "remaining",
    "table",
    "working_days_between",
]


def __getattr__(name: str) -> Any:
    """Find the verbs when they are first used: Django's tables are not ready while rooms load."""
    if name in __all__:
        from yizhan.calendar import current  # noqa: PLC0415 (see above)

        return getattr(current, name)
    raise AttributeError(name)
