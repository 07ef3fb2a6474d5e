"""Grids 网格: which grid a building stands in, found once by its point, and found anew when grids are drawn anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Count, F
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.identity.actor import Actor
from yizhan.registry import shapes
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import fits
from yizhan.registry.models import Building, Grid, PlaceHistory
from yizhan.registry.offices import source_written_by
from yizhan.registry.places import is_a_division
from yizhan.registry.shapes import Ground, Rings

_BATCH = 5_000
_MOST = 500


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A grid as its office draws it: its outline is that of :func:`shapes.outline`.

    Raises:
        Refused: what cannot be written down, or is no outline.
    """

    code: str
    division: str
    name: str
    outline: Rings

    def __post_init__(self) -> None:
        is_a_division(self.division)
        for column in ("code", "name"):
            fits(Grid, column, getattr(self, column))
            if not getattr(self, column).strip():
                raise Refused(_("网格缺少编码或名称，未作登记。"))
        object.__setattr__(self, "outline", shapes.outline(self.outline))


@dataclass
class Regridded:
    """What came of drawing grids, by the codes of buildings.

    Attributes:
        moved: in another grid than before.
        uncovered: in no grid.
        several: in more than one, with these.
        astray: in a grid of another division than their own.
    """

    moved: list[str] = field(default_factory=list)
    uncovered: list[str] = field(default_factory=list)
    several: dict[str, list[str]] = field(default_factory=dict)
    astray: list[str] = field(default_factory=list)


def draw(
    drawn: Iterable[Drawn], *, source: str, on: date, by: Actor, at: datetime | None = None
) -> Regridded:
    """Enter grids, or their new outlines from a day on, and find the grids of all buildings around anew.

    The earlier outline keeps its days, and what grid each building was in before is kept. ``at`` is the moment that
    the outlines bear; now if left out.

    Raises:
        NotAllowed: not the office of the source.
        Refused: a grid is drawn twice, or not after its present outline began.
    """
    came = list(drawn)
    if len({one.code for one in came}) < len(came):
        raise Refused(_("同一网格编码出现两次，未作登记。"))
    vouching = source_written_by(source, by)
    with transaction.atomic():
        earlier = {row.code: row for row in Grid.objects.select_for_update().filter(
            code__in=[one.code for one in came], until=None)}  # fmt: skip
        if any(row.since >= on for row in earlier.values()):
            raise Refused(_("新边界的起始日期不晚于现边界，未作登记，请核对。"))
        Grid.objects.filter(id__in=[row.id for row in earlier.values()]).update(until=on)
        Grid.objects.bulk_create(
            [Grid(code=one.code, division=one.division, name=one.name, outline=one.outline, since=on, source=vouching,
                  recorded_at=at or clock.now())
             for one in came]
        )  # fmt: skip
        report = _find_anew(came, list(earlier.values()), on, by)
        journal.write(
            "grid.drawn", subject=f"source:{source}", actor=by.key, grids=len(came), moved=len(report.moved),
            uncovered=len(report.uncovered), several=len(report.several),
        )  # fmt: skip
    return report


def take_back(at: datetime, *, by: Actor) -> Regridded:
    """Outlines that bear this moment never were: those before them hold again, and buildings are found anew.

    Raises:
        NotAllowed: not the office of their source.
    """
    with transaction.atomic():
        wrong = list(
            Grid.objects.select_for_update().filter(recorded_at=at, until=None).select_related("source")
        )
        for source in {row.source.code for row in wrong}:
            source_written_by(source, by)
        Grid.objects.filter(id__in=[row.id for row in wrong]).update(until=F("since"))
        before = []
        for row in wrong:
            earlier = (
                Grid.objects.filter(code=row.code, until=row.since)
                .exclude(id=row.id)
                .order_by("-since", "-id")
            )
            if held := earlier.first():
                held.until = None
                held.save(update_fields=["until"])
                before.append(held)
        report = _find_anew([], [*wrong, *before], clock.today(), by)
        for row in wrong:
            journal.write("grid.ended", subject=f"grid:{row.code}", actor=by.key, moved=len(report.moved))
    return report


def end(code: str, *, on: date, by: Actor) -> Regridded:
    """A grid is no more from a day on; its buildings fall to whatever grids hold them, or to none.

    Raises:
        NotAllowed: not the office of the grid's source.
        Refused: there is no such grid.
    """
    with transaction.atomic():
        row = Grid.objects.select_for_update().select_related("source").filter(code=code, until=None).first()
        if row is None:
            raise Refused(_("没有编码为 %(code)s 的现用网格，未作改动。") % {"code": code})
        source_written_by(row.source.code, by)
        row.until = on
        row.save(update_fields=["until"])
        report = _find_anew([], [row], on, by)
        journal.write("grid.ended", subject=f"grid:{code}", actor=by.key, moved=len(report.moved))
    return report


@dataclass(frozen=True)
class Counted:
    """A grid with how many buildings stand in it."""

    grid: Grid
    buildings: int


def within(division: str) -> list[Counted]:
    """The present grids of a division and of those below it, by committee, each with its buildings; two statements."""
    begins = division[:9] if division.endswith("000") else division
    rows = list(Grid.objects.filter(division__startswith=begins, until=None).order_by("division", "code"))
    standing = Building.objects.filter(until=None, grid__in=[row.code for row in rows])
    many = dict(standing.values_list("grid").annotate(many=Count("id")))
    return [Counted(row, many.get(row.code, 0)) for row in rows]


def doubtful(division: str) -> Sequence[Building]:
    """The buildings of a division that no grid holds, or several: for whoever has to settle it."""
    begins = division[:9] if division.endswith("000") else division
    return list(
        Building.objects.filter(division__startswith=begins, until=None)
        .exclude(grid_doubt="")
        .order_by("division", "code")[:_MOST]
    )


def buildings_of(code: str) -> Sequence[Building]:
    """The buildings that stand in a grid now, as their addresses run."""
    rows = Building.objects.filter(grid=code, until=None)
    return list(rows.order_by("road", "door_plate", "building", "code")[:_MOST])


def place(buildings: Sequence[Building], ground: Ground | None = None) -> None:
    """Find the grid of each, and say where there is none; nothing is written. ``ground`` is that of all present grids."""
    surveyed = [one for one in buildings if one.longitude is not None and one.latitude is not None]
    found = dict(
        zip(map(id, surveyed), (ground or _present()).holding([_point(one) for one in surveyed]), strict=True)
    )
    for one in buildings:
        codes = found.get(id(one))
        one.grid = codes[0] if codes and len(codes) == 1 else ""
        one.grid_doubt = _doubt(codes)


def grids_holding(building: Building) -> list[str]:
    """All present grids that hold a building's point: for whoever has to settle a doubt."""
    if building.longitude is None or building.latitude is None:
        return []
    return _present().holding([_point(building)])[0]


def _present() -> Ground:
    return Ground(dict(Grid.objects.filter(until=None).values_list("code", "outline")))


def _point(one: Building) -> tuple[float, float]:
    return float(one.longitude or 0), float(one.latitude or 0)


def _doubt(codes: list[str] | None) -> str:
    if codes is None:
        return Building.Doubt.NO_POINT
    if len(codes) == 1:
        return ""
    return Building.Doubt.SEVERAL if codes else Building.Doubt.UNCOVERED


def _find_anew(drawn: list[Drawn], earlier: list[Grid], on: date, by: Actor) -> Regridded:
    """All buildings in the old and the new outlines, and those that were in these grids."""
    report = Regridded()
    around = shapes.bounds([*(one.outline for one in drawn), *(row.outline for row in earlier)])
    if around is None:
        return report
    west, south, east, north = around
    touched = Building.objects.filter(
        until=None, latitude__range=(south, north), longitude__range=(west, east)
    )
    divisions = dict(Grid.objects.filter(until=None).values_list("code", "division"))
    ground = _present()
    several: list[Building] = []
    for batch in _batches(list(touched.order_by("code"))):
        before = {one.id: (one.grid, one.grid_doubt) for one in batch}
        place(batch, ground)
        changed = [one for one in batch if (one.grid, one.grid_doubt) != before[one.id]]
        _write(changed, before, on, by)
        report.moved += [one.code for one in changed if one.grid != before[one.id][0]]
        report.uncovered += [one.code for one in batch if one.grid_doubt == Building.Doubt.UNCOVERED]
        report.astray += [
            one.code for one in batch if one.grid and not _agree(divisions[one.grid], one.division)
        ]
        several += [one for one in batch if one.grid_doubt == Building.Doubt.SEVERAL]
    holding = ground.holding([_point(one) for one in several])
    report.several = {one.code: codes for one, codes in zip(several, holding, strict=True)}
    return report


def _agree(division: str, other: str) -> bool:
    shorter = min(division.rstrip("0"), other.rstrip("0"), key=len)
    return division.startswith(shorter) and other.startswith(shorter)


def _write(changed: list[Building], before: dict[int, tuple[str, str]], on: date, by: Actor) -> None:
    """Which grid holds a building follows from outlines: its own state, and when that was written, stay as they are."""
    if not changed:
        return
    PlaceHistory.objects.bulk_create(
        [PlaceHistory(building=one, state={"grid": before[one.id][0]}, because="regrid", valid_until=on, by=by.key)
         for one in changed if one.grid != before[one.id][0]]
    )  # fmt: skip
    Building.objects.bulk_update(changed, ["grid", "grid_doubt"], batch_size=1_000)
    follow([one.id for one in changed])


def follow(buildings: Sequence[int]) -> None:
    """The addresses of buildings are in the buildings' grids."""
    with connection.cursor() as cursor:
        cursor.execute(
            """update registry_address a set grid = nullif(b.grid, '') from registry_building b
               where b.id = any(%s) and a.estate_id = b.id and a.grid is distinct from nullif(b.grid, '')""",
            [list(buildings)],
        )


def _batches(rows: list[Building]) -> Iterable[list[Building]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))
