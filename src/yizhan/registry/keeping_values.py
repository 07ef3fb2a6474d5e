"""Values as JSON keeps them: of buildings and laws, for the differences that history and files remember."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """A value of a column as JSON keeps it: days and moments in ISO 8601, amounts as text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
