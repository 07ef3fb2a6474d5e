"""Many buildings of a file at once 楼栋批量登记: entered, brought up to date, and put back as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.identity.actor import Actor
from yizhan.registry import buildings, grids
from yizhan.registry.buildings import Survey
from yizhan.registry.faults import Refused
from yizhan.registry.keeping_values import plain
from yizhan.registry.models import Building, Import, ImportedRow, PlaceHistory
from yizhan.registry.offices import source_written_by

_BATCH = 1_000
_FEW = 100
"""Rows of one UPDATE, which looks for each row through all of them."""
_KEPT = (*buildings.TOLD, "grid", "grid_doubt", "until", "source_id", "as_of")
_WRITTEN = (*buildings.TOLD, "grid", "grid_doubt", "until", "source", "as_of", "recorded_at")


@dataclass(frozen=True)
class Surveyed:
    """A building as a file tells it for a day; what it leaves empty stays."""

    survey: Survey
    as_of: date


def enter(entries: Sequence[Surveyed], file: Import, *, by: Actor) -> tuple[int, int]:
    """Enter the buildings of a file under its moment: how many are new, and how many have changed.

    Raises:
        NotAllowed: not the office of the source.
        Refused: another building has the same address.
    """
    source_written_by(file.source.code, by)
    known = Building.objects.select_for_update().in_bulk(
        [one.survey.code for one in entries], field_name="code"
    )
    was = {code: {name: plain(getattr(row, name)) for name in _KEPT} for code, row in known.items()}
    fresh = [_made(one, file) for one in entries if one.survey.code not in known]
    again = [one for one in entries if one.survey.code in known]
    touched = [row for one in again if _told(row := known[one.survey.code], one, file)]
    grids.place([*fresh, *touched])
    try:
        with transaction.atomic():
            Building.objects.bulk_create(fresh, batch_size=_BATCH)
            Building.objects.bulk_update(touched, _WRITTEN, batch_size=_FEW)
    except IntegrityError as refused:
        if "registry_building_once" not in str(refused):
            raise
        raise Refused(_("同一地址已有另一楼栋，未作登记；如系拆分，请先注销原楼栋。")) from None
    reopened = {row.code for row in touched if was[row.code]["until"] is not None}
    _keep(file, fresh, touched, was)
    _remember(file, touched, was, by)
    rows = [row.pk for row in (*fresh, *touched)]
    buildings.adopt(rows)
    grids.follow(rows)
    if rows:
        journal.write(
            "building.entered", subject=f"source:{file.source.code}", actor=by.key, buildings=len(fresh)
        )
    return len(fresh) + len(reopened), len(touched) - len(reopened)


def changed_since(file: Import) -> int:
    """How many buildings of the file have changed since, by whatever way; a grid drawn anew around one is no change."""
    codes = ImportedRow.objects.filter(file=file).values("key")
    return Building.objects.filter(code__in=codes, recorded_at__gt=file.at).count()


def undo(file: Import, *, by: Actor) -> None:
    """Put back what a file did: its new buildings are no more, the others are as they were.

    Raises:
        NotAllowed: not the office of the source.
    """
    source_written_by(file.source.code, by)
    kept = {row.key: row for row in ImportedRow.objects.filter(file=file)}
    known = [key for key, row in kept.items() if row.was is not None]
    fresh = Building.objects.filter(code__in=kept.keys() - set(known))
    gone = list(fresh.values_list("id", flat=True))
    fresh.update(until=clock.today(), recorded_at=clock.now())
    rows = list(Building.objects.select_for_update().filter(code__in=known))
    were = {row.code: {name: plain(getattr(row, name)) for name in _KEPT} for row in rows}
    for row in rows:
        for name, value in (kept[row.code].was or {}).items():
            setattr(row, name, _read(name, value))
        row.recorded_at = clock.now()
    grids.place([row for row in rows if row.until is None])
    history = [_history(row, _different(were[row.code], row), "undo", clock.today(), by) for row in rows]
    Building.objects.bulk_update(rows, _WRITTEN, batch_size=_FEW)
    PlaceHistory.objects.bulk_create([one for one in history if one.state])
    _let_go([*gone, *(row.pk for row in rows if row.until is not None)])
    grids.follow([row.pk for row in rows if row.until is None])


def _made(one: Surveyed, file: Import) -> Building:
    return Building(
        code=one.survey.code, source=file.source, as_of=one.as_of, recorded_at=file.at, **one.survey.columns
    )


def _told(row: Building, one: Surveyed, file: Import) -> bool:
    """Write what the file says into a known row; whether something is different. An older word changes nothing."""
    ended = row.until is not None
    if not ended and one.as_of < row.as_of:
        return False
    told = {name: value for name, value in one.survey.columns.items() if value not in ("", None, [])}
    told.pop("since", None)
    different = {name: value for name, value in told.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    if different or ended:
        row.until, row.source, row.as_of, row.recorded_at = None, file.source, one.as_of, file.at
    return bool(different) or ended


def _keep(
    file: Import, fresh: Sequence[Building], touched: Sequence[Building], was: dict[str, dict[str, Any]]
) -> None:
    """What undoing the file needs; one that had ended came back with it."""
    came = [ImportedRow(file=file, key=row.code, fresh=True) for row in fresh]
    came += [
        ImportedRow(file=file, key=row.code, fresh=was[row.code]["until"] is not None, was=was[row.code])
        for row in touched
    ]
    ImportedRow.objects.bulk_create(came, batch_size=_BATCH)


def _remember(file: Import, touched: Sequence[Building], was: dict[str, dict[str, Any]], by: Actor) -> None:
    """The past of what was known."""
    history = []
    for row in touched:
        before = was[row.code]
        state = {
            name: before[name]
            for name in (*buildings.TOLD, "grid")
            if before[name] != plain(getattr(row, name))
        }
        history.append(_history(row, state, "survey", row.as_of, by, at=file.at))
    PlaceHistory.objects.bulk_create([one for one in history if one.state], batch_size=_BATCH)


def _history(
    row: Building, state: dict[str, Any], because: str, until: date, by: Actor, *, at: Any = None
) -> PlaceHistory:
    return PlaceHistory(
        building=row,
        state=state,
        because=because,
        valid_until=until,
        by=by.key,
        replaced_at=at or clock.now(),
    )


def _different(was: dict[str, Any], row: Building) -> dict[str, Any]:
    """What a building was where it is something else now."""
    return {
        name: value
        for name, value in was.items()
        if name != "source_id" and value != plain(getattr(row, name))
    }


def _let_go(ended: list[int]) -> None:
    """Addresses that had been given to buildings which never were belong to none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update registry_address set estate_id = null, grid = null where estate_id = any(%s)", [ended]
        )


def _read(name: str, value: Any) -> Any:
    """A value that JSON kept, as the column holds it."""
    field: models.Field[Any, Any] = Building._meta.get_field(name.removesuffix("_id"))  # type: ignore[assignment]
    return value if field.is_relation else field.to_python(value)
