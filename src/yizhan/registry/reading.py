"""How values are read from a person's row: what is a column and what is worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from yizhan.identity.models.unit import division_prefix
from yizhan.registry.models.columns import committee_of, subdistrict_of
from yizhan.registry.models.household import Household

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


def day(name: str) -> Reader:
    """A date that the row holds as text."""
    return lambda row: date.fromisoformat(row[name]) if row[name] else None


def amount(name: str) -> Reader:
    """Yuan with two decimals, as text: a number of JSON would be a float."""
    return lambda row: None if row[name] is None else f"{Decimal(str(row[name])):.2f}"


def household_kind(row: Row) -> str | None:
    """家庭户 or 集体户, in the language of the reader."""
    return str(Household.Kind(row["household_kind"]).label) if row["household_kind"] else None


def separation(row: Row) -> str | None:
    """人户分离情况: registered and living at one place, registered here and living elsewhere, or the other way."""
    here, there = row["registered_address_id"], row["living_address_id"]
    if here is None or there is None:
        return None
    if here == there:
        return "1"
    district = row["home_division"]
    inside = district and str(row["registered_division"] or "").startswith(division_prefix(district))
    return "2" if inside else "3"
