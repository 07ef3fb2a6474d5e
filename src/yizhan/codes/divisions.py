"""Divisions through time 行政区划沿革: what a code meant on a day, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from yizhan import clock
from yizhan.codes.models import Division, Precision

CODE_LENGTH = 12


def full_code(code: str) -> str:
    """A code with all 12 digits: 440104 → 440104000000."""
    return code.ljust(CODE_LENGTH, "0")


def at(code: str, on: date | None = None) -> Division | None:
    """What a code meant on a day (today without one); None when it meant nothing.

    Where the sources do not know the day of a change, the likelier answer is given:
    :meth:`Division.certain_on` tells the difference.
    """
    return _newest_first(_in_force(on).filter(code=full_code(code))).first()


def children(code: str, on: date | None = None) -> list[Division]:
    """The divisions directly below, on a day (today without one), in the order of their codes."""
    return _one_for_each_code(_in_force(on).filter(parent=full_code(code)))


def ancestors(code: str, on: date | None = None) -> list[Division]:
    """The divisions above, from the province down, on a day (today without one)."""
    own = full_code(code)
    above = {full_code(own[:length]) for length in (2, 4, 6, 9)} - {own}
    return _one_for_each_code(_in_force(on).filter(code__in=above))


def full_name(code: str, on: date | None = None) -> str:
    """The name with all above it: 广东省广州市越秀区北京街道; empty when the code meant nothing.

    Names of a day are remembered, since every page of a person or place shows some; new ones come with a new edition.
    """
    own, day = full_code(code), on or clock.today()
    if (own, day) not in _names:
        if not (name := _full_name(own, day)):
            return ""
        if len(_names) >= _REMEMBERED:
            _names.clear()
        _names[own, day] = name
    return _names[own, day]


_REMEMBERED = 2_000
_names: dict[tuple[str, date], str] = {}


def forget() -> None:
    """Drop the names in memory; the next question reads the database."""
    _names.clear()


def _full_name(own: str, on: date) -> str:
    lengths = (2, 4, 6, 9, CODE_LENGTH)
    line = _one_for_each_code(_in_force(on).filter(code__in={full_code(own[:length]) for length in lengths}))
    return "".join(one.name for one in line) if line and line[-1].code == own else ""


def current_successors(code: str) -> list[Division]:
    """What a code's division is today: itself, or what it went into; empty when nobody knows."""
    today = clock.today()
    reached: dict[int, Division] = {}
    seen: set[int] = set()
    waiting = list(Division.objects.filter(code=full_code(code)))
    while waiting:
        division = waiting.pop()
        if division.id in seen:
            continue
        seen.add(division.id)
        if division.valid_to is None or division.valid_to >= today:
            reached[division.id] = division
        else:
            waiting.extend(division.successors.all())
    return sorted(reached.values(), key=lambda d: d.code)


def _in_force(on: date | None) -> QuerySet[Division]:
    """Rows that hold on a day; a bound says the latest beginning, so it holds earlier as well.

    A day that is known to a year only lies at that year's edge, so the whole year counts.
    """
    day = on or clock.today()
    begun = Q(valid_from=None) | Q(valid_from__lte=day) | Q(from_precision=Precision.BOUND)
    return Division.objects.filter(begun & (Q(valid_to=None) | Q(valid_to__gte=day)))


def _newest_first(rows: QuerySet[Division]) -> QuerySet[Division]:
    return rows.order_by("code", F("valid_from").desc(nulls_last=True))


def _one_for_each_code(rows: QuerySet[Division]) -> list[Division]:
    """In the year of a change both rows of a code hold; the newer one is taken."""
    return list(_first_of_each(_newest_first(rows)))


def _first_of_each(rows: Iterable[Division]) -> Iterable[Division]:
    code = ""
    for row in rows:
        if row.code != code:
            code = row.code
            yield row


def areas_named(beginning: str) -> list[str]:
    """The sub-districts and committees, today and before, whose name begins so, by codes as short as areas are.

    Nine digits for a sub-district, twelve for a committee whose sub-district is not among them.
    """
    named = Division.objects.filter(name__startswith=beginning).exclude(code__endswith="000000")
    codes = {code.removesuffix("000") for code in named.values_list("code", flat=True)}
    return sorted(code for code in codes if code[:9] == code or code[:9] not in codes)


def place_names(codes: Collection[str]) -> dict[str, str]:
    """Sub-district and committee of each of these codes as they are called today; a code that means nothing is left out."""
    wanted = {full_code(code) for code in codes if code}
    above = {full_code(code[:9]) for code in wanted}
    names = {
        one.code: one.name for one in _newest_first(_in_force(None).filter(code__in=wanted | above)).reverse()
    }
    return {
        code: "".join(
            names[one] for one in dict.fromkeys((full_code(code[:9]), full_code(code))) if one in names
        )
        for code in codes
        if code
    }
