"""Public facilities and service points 公共设施、服务点: where they are, when they are open, which are near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
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
_MOST = 200
_DEGREE = 111_320.0
Hours = Sequence[tuple[int, str, str]]


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A facility as the unit that runs it tells it.

    Attributes:
        hours: weekday (Monday is 1), from and to as ``HH:MM``; a break at noon is two spans.
        until: the day on which it was given up.
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
    until: date | None = None

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


_STATE = (
    "kind", "name_zh", "name_en", "address_id", "longitude", "latitude", "hours", "phone", "unit", "since", "until",
    "source_id", "as_of",
)  # fmt: skip


def state(row: Facility) -> dict[str, object]:
    """The columns of a facility as JSON keeps them: facilities have no history of their own."""
    return {
        name: value if value is None or isinstance(value, str | int | list) else str(value)
        for name in _STATE
        for value in [getattr(row, name)]
    }


def restore(row: Facility, was: Mapping[str, object]) -> None:
    """Put columns back as :func:`state` told them."""
    for name, value in was.items():
        field: models.Field[Any, Any] = Facility._meta.get_field(name.removesuffix("_id"))  # type: ignore[assignment]
        setattr(row, name, value if field.is_relation else field.to_python(value))
    row.save()


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
                "phone": one.phone, "unit": one.unit, "since": one.since, "until": one.until,
                "source": vouching, "as_of": as_of,
            }  # fmt: skip
            known = Facility.objects.filter(code=one.code).first()
            if known is not None:
                told["since"] = known.since
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


def subdistricts() -> list[str]:
    """The codes of the sub-districts in which there are facilities."""
    codes = Facility.objects.filter(until=None).values_list("address__division", flat=True)
    return sorted({f"{code[:9]}000" for code in codes if code})


def within(subdistrict: str, kind: str = "") -> list[Facility]:
    """The facilities of a sub-district, all or of one kind, by kind and name."""
    found = Facility.objects.filter(until=None, address__division__startswith=subdistrict[:9])
    found = found.filter(kind=kind) if kind else found
    return list(found.select_related("address").order_by("kind", "name_zh", "code")[:_MOST])


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
