"""How long which data are kept 保存期限: a table as data, and what a command may clear away by it.

The rows of registers and cases are in the table to be told of, never to be deleted. A room above that holds something
which runs out announces how it is counted and cleared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from django.db.models import QuerySet
from pydantic import Field, model_validator

from yizhan import clock
from yizhan.journal.models import Access
from yizhan.registry.models import OwnContact
from yizhan.releases.words import Basis, Key, Shape, Text

_TABLE = Path(__file__).with_name("retention.yaml")
_DAYS_OF_A_MONTH = 31


class Kept(Shape):
    """One kind of data: how long it is kept, on which basis, and what happens then."""

    key: Key
    title: Text
    term: Text
    days: int | None = Field(default=None, ge=1)
    months: int | None = Field(default=None, ge=1)
    then: Text
    basis: Basis | None = None
    handled_by: Literal["itself", "command", "nobody"]

    @model_validator(mode="after")
    def _command_knows_the_term(self) -> Kept:
        if self.handled_by == "command" and self.days is None:
            raise ValueError("what a command clears has a term in days")
        return self

    @property
    def before(self) -> datetime | None:
        """What is older than this moment is past its term; None where there is none in days or months."""
        days = self.days or (self.months or 0) * _DAYS_OF_A_MONTH
        return clock.now() - timedelta(days=days) if days else None


class Table(Shape):
    """The whole table."""

    kinds: list[Kept] = Field(min_length=1)


Counting = Callable[[datetime], int]


@dataclass(frozen=True)
class Clearing:
    """How something that runs out is counted and cleared, given the moment before which it is past its term."""

    count: Counting
    clear: Counting | None = None


@dataclass(frozen=True)
class Due:
    """What is past its term now; ``cleared`` how much of it went, None where nothing was to go."""

    kept: Kept
    many: int | None
    cleared: int | None


_clearings: dict[str, Clearing] = {}


def announce(key: str, clearing: Clearing) -> None:
    """Say how a kind of the table is counted and cleared.

    Raises:
        ValueError: it is said twice.
    """
    if key in _clearings:
        raise ValueError(f"two rooms clear {key}")
    _clearings[key] = clearing


def table() -> Sequence[Kept]:
    """The table, in its order."""
    return _read().kinds


def due(*, apply: bool = False) -> list[Due]:
    """What is past its term, kind by kind; with ``apply`` that is cleared which the command may clear.

    Each kind in the caller's transaction; in the house's scope.
    """
    return [_due(one, apply=apply) for one in table()]


def _due(one: Kept, *, apply: bool) -> Due:
    clearing, before = _clearings.get(one.key), one.before
    if clearing is None or before is None:
        return Due(one, None, None)
    many = clearing.count(before)
    clears = apply and one.handled_by == "command" and clearing.clear is not None
    return Due(one, many, clearing.clear(before) if clears and clearing.clear else None)


@lru_cache(maxsize=1)
def _read() -> Table:
    return Table.model_validate(yaml.safe_load(_TABLE.read_text(encoding="utf-8")))


def _unproved(before: datetime) -> QuerySet[OwnContact]:
    return OwnContact.objects.filter(proved_at=None, said_at__lt=before)


announce("looks", Clearing(count=lambda before: Access.objects.filter(at__lt=before).count()))
announce(
    "unproved_contacts",
    Clearing(
        count=lambda before: _unproved(before).count(), clear=lambda before: _unproved(before).delete()[0]
    ),
)
