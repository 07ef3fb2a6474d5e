"""Public facilities and service points 公共设施、服务点: where they are, when they are open, which are near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import clock, codes, journal
from yizhan.identity.actor import Actor
from yizhan.registry import shapes
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import fits
from yizhan.registry.models import Facility
from yizhan.registry.offices import source_written_by
from yizhan.registry.places import Place, address_of

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_DEGREE = 111_320.0
Hours = Sequence[tuple[int, str, str]]


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A facility as the unit that runs it tells it.

    Attributes:
        hours: weekday (Monday is 1), from and to as ``HH:MM``; a break at noon is two spans.
        point: longitude and latitude, CGCS2000.

    Raises:
        Refused: what cannot be written down.
    """

    code: str
    kind: str
    name_zh: str
    name_en: str = ""
    place: Place
    point: tuple[str | Decimal, str | Decimal] | None = None
    hours: Hours = ()
    phone: str = ""
    unit: str = ""
    since: date

    def __post_init__(self) -> None:
        for column in ("code", "name_zh", "name_en", "phone", "unit"):
            fits(Facility, column, getattr(self, column))
        if not self.code.strip() or not self.name_zh.strip():
            raise Refused(_("设施缺少编码或名称，未作登记。"))
        try:
            codes.entry("facility_kind", self.kind)
        except codes.UnknownCode:
            raise Refused(_("设施类别 %(code)s 不在代码表中，未作登记。") % {"code": self.kind}) from None
        if self.point is not None:
            object.__setattr__(self, "point", shapes.degrees(*self.point))
        _are_hours(self.hours)


def enter(offered: Iterable[Offered], *, source: str, as_of: date, by: Actor) -> int:
    """Enter facilities, or what became so with known ones; how many.

    Raises:
        NotAllowed: not the office of the source.
    """
    vouching = source_written_by(source, by)
    many = 0
    with transaction.atomic():
        for one in offered:
            east, north = one.point or (None, None)
            told = {
                "kind": one.kind, "name_zh": one.name_zh, "name_en": one.name_en, "address": address_of(one.place),
                "longitude": east, "latitude": north, "hours": [list(span) for span in one.hours],
                "phone": one.phone, "unit": one.unit, "since": one.since, "source": vouching, "as_of": as_of,
            }  # fmt: skip
            Facility.objects.update_or_create(code=one.code, defaults=told)
            many += 1
        if many:
            journal.write("facility.entered", subject=f"source:{source}", actor=by.key, facilities=many)
    return many


@dataclass(frozen=True)
class Near:
    """A facility and how far it is, in metres as the crow flies."""

    facility: Facility
    metres: int


def near(longitude: Decimal, latitude: Decimal, *, within: int = 1_500, limit: int = 8) -> list[Near]:
    """Facilities within so many metres of a point, the nearest first."""
    here = (float(longitude), float(latitude))
    around = Decimal(within / _DEGREE)
    found = Facility.objects.filter(
        until=None,
        latitude__range=(latitude - around, latitude + around),
        longitude__range=(longitude - 2 * around, longitude + 2 * around),
    ).select_related("address")
    told = [Near(one, round(shapes.metres_between(here, _point(one)))) for one in found]
    return sorted(
        (one for one in told if one.metres <= within), key=lambda one: (one.metres, one.facility.code)
    )[:limit]


def is_open(facility: Facility, at: datetime | None = None) -> bool | None:
    """Whether its hours say that it is open at a moment (now); None when nobody told its hours. Holidays are not told."""
    if not facility.hours:
        return None
    moment = (at or clock.now()).astimezone(clock.ZONE)
    time = f"{moment:%H:%M}"
    return any(day == moment.isoweekday() and opens <= time < closes for day, opens, closes in facility.hours)


def _point(one: Facility) -> tuple[float, float]:
    return float(one.longitude or 0), float(one.latitude or 0)


def _are_hours(hours: Hours) -> None:
    for day, opens, closes in hours:
        if (
            day not in range(1, 8)
            or not (_TIME.fullmatch(opens) and _TIME.fullmatch(closes))
            or opens >= closes
        ):
            raise Refused(_("开放时间 %(from)s—%(to)s 不正确，未作登记。") % {"from": opens, "to": closes})
