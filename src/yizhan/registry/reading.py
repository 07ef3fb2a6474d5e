"""How values are read from a person's row: what is a column and what is worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from yizhan.identity.models.unit import division_prefix
from yizhan.registry.models.columns import committee_of, subdistrict_of

Row = Mapping[str, Any]
"""A person's row as ``facts`` reads it, with ``on``, the day for which is asked."""

Reader = Callable[[Row], Any]


def column(name: str) -> Reader:
    """The value as it stands; an empty text is a value that is not known."""
    return lambda row: None if row[name] == "" else row[name]


def subdistrict(name: str) -> Reader:
    """The sub-district in which the division of a column lies."""
    return lambda row: subdistrict_of(row[name] or "") or None


def committee(name: str) -> Reader:
    """The committee that the division of a column is."""
    return lambda row: committee_of(row[name] or "") or None


def age(row: Row) -> int | None:
    """Completed years 周岁 on the day, or on the day of death."""
    born: date | None = row["born_on"]
    day: date = min(row["on"], row["died_on"] or row["on"])
    if born is None or day < born:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def alive(row: Row) -> bool:
    """Whether the person lives on the day."""
    return row["died_on"] is None or row["died_on"] > row["on"]


def in_district(row: Row) -> bool | None:
    """Whether the registered residence lies in the district that this house serves."""
    if not row["home_division"] or not row["registered_division"]:
        return None
    return str(row["registered_division"]).startswith(division_prefix(row["home_division"]))
