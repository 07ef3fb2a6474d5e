"""Many companies at once 批量登记法人: handed to one function of the database, batch by batch.

A company is known by its code: what is held already is left alone, so that a load can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from yizhan import clock, journal
from yizhan.registry.entity_catalogue import ENTITY_COLUMNS
from yizhan.registry.entity_entering import NO_DETAILS, Code, Details, fit, in_order
from yizhan.registry.entity_ties import Share
from yizhan.registry.models import Source


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a source tells of one company; ``until`` is the day on which it was struck off."""

    code: Code
    name: str
    representative: str
    document: str
    as_of: date
    details: Details = NO_DETAILS
    until: date | None = None
    shareholders: tuple[Share, ...] = field(default=())


def load(companies: Iterable[Told], *, source: str, by: str = "") -> list[str]:
    """Enter the companies that are not held yet, in one transaction; their codes.

    Args:
        companies: some thousand at a time.
        source: the code of the :class:`Source`.
        by: the key of who enters them; empty for the house itself.

    Raises:
        Refused: a value cannot be written down, or one ends before it begins; nothing was entered.
        Source.DoesNotExist: nobody declared the source.
    """
    rows = [row(one) for one in companies]
    vouching = Source.objects.get(code=source).id
    with transaction.atomic(), connection.cursor() as cursor:
        told: list[Any] = [vouching, clock.now(), Jsonb(rows)]
        cursor.execute("select code from registry_enter_entities(%s::smallint, %s, %s)", told)
        entered = [code for (code,) in cursor.fetchall()]
        if entered:
            journal.write("register.loaded", subject=f"source:{source}", actor=by, companies=len(entered))
    return entered


def row(one: Told) -> dict[str, Any]:
    """A company as the functions of the database read it.

    Raises:
        Refused: a value cannot be written down, or one ends before it begins.
    """
    told = {
        "name": one.name.strip(),
        "representative": one.representative,
        "representative_document": one.document,
    }
    says = told | vars(one.details)
    fit(one.code, says)
    in_order(one.details.established_on, one.until)
    said = [ENTITY_COLUMNS[name] for name, value in says.items() if value not in ("", None)]
    whole = says | {
        "uscc": one.code.code,
        "organisation_code": one.code.organisation,
        "code_ok": one.code.ok,
        "as_of": one.as_of,
        "until": one.until,
        "columns": [*said, ENTITY_COLUMNS["until"]],
        "shareholders": [
            {name: _plain(value) for name, value in vars(share).items()} for share in one.shareholders
        ],
    }
    return {name: _plain(value) for name, value in whole.items()}


def _plain(value: Any) -> Any:
    """As JSON knows it; amounts and days as text, which the database reads exactly."""
    return value if value is None or isinstance(value, str | bool | int | list) else str(value)
