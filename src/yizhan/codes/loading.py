"""Putting the data files into the database, again and again with the same result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from yizhan.codes import divisions, files, lists
from yizhan.codes.files import Row
from yizhan.codes.models import Code, CodeList, Division, Edition


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: nothing when the files are those in force."""

    new: bool
    lists: int
    codes: int
    divisions: int


def load(*, again: bool = False) -> Loaded:
    """Write the files' rows over those in the database; rows that others added stay.

    Call it after migrations; it costs one query when the files are those in force.

    Args:
        again: write them even so, to repair rows that were changed by hand.
    """
    sha256 = files.digest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('codes'))")
        last = Edition.objects.order_by("-id").first()
        if last is not None and last.sha256 == sha256 and not again:
            return Loaded(new=False, lists=0, codes=0, divisions=0)
        done = Loaded(new=True, lists=_lists(), codes=_codes(), divisions=_divisions())
        Edition.objects.create(sha256=sha256)
    lists.forget()
    divisions.forget()
    return done


def _lists() -> int:
    rows = [
        CodeList(
            key=row["key"], name=row["name_zh"], name_en=row["name_en"], standard=row["standard"], position=n
        )
        for n, row in enumerate(files.read("lists"))
    ]
    CodeList.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["name", "name_en", "standard", "position"],
    )
    return len(rows)


def _codes() -> int:
    rows = [
        _code(listed["key"], position, row)
        for listed in files.read("lists")
        for position, row in enumerate(files.read(listed["key"]))
    ]
    Code.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code_list", "code", "valid_from"],
        update_fields=["name", "name_en", "parent", "valid_to", "aliases", "source", "verified", "position"],
    )
    return len(rows)


def _code(key: str, position: int, row: Row) -> Code:
    return Code(
        code_list_id=key,
        code=row["code"],
        name=row["name_zh"],
        name_en=row["name_en"],
        parent=row["parent"],
        valid_from=_date(row["valid_from"]),
        valid_to=_date(row["valid_to"]),
        aliases=row["aliases"].split(),
        source=row["source"],
        verified=row["verified"] == "true",
        position=position,
    )


def _divisions() -> int:
    rows = [row for name in files.division_files() for row in files.read(name)]
    Division.objects.bulk_create(
        [_division(row) for row in rows],
        update_conflicts=True,
        unique_fields=["code", "valid_from"],
        update_fields=[
            "name", "name_en", "kind", "parent", "from_precision", "valid_to", "to_precision",
            "source", "verified", "notes",
        ],
    )  # fmt: skip
    _link(rows)
    return len(rows)


def _division(row: Row) -> Division:
    return Division(
        code=row["code"],
        name=row["name_zh"],
        name_en=row["name_en"] or None,
        kind=row["kind"],
        parent=row["parent"],
        valid_from=_date(row["valid_from"]),
        from_precision=row["from_precision"],
        valid_to=_date(row["valid_to"]),
        to_precision=row["to_precision"],
        source=row["source"],
        verified=row["verified"] == "true",
        notes=row["notes"],
    )


def _link(rows: Iterable[Row]) -> None:
    """Tie each division that ended to the present row of the one it went into."""
    for row in rows:
        if row["successors"]:
            ended = Division.objects.get(code=row["code"], valid_from=_date(row["valid_from"]))
            ended.successors.set(
                Division.objects.filter(code__in=row["successors"].split(), valid_to=None).exclude(
                    id=ended.id
                )
            )


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
