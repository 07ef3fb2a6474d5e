"""What a list comes to 合计."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum

from yizhan.payments.models import Line, MonthlyList

State = Line.State
_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Totals:
    """The figures of a list; amounts in yuan.

    Attributes:
        people: who is paid with this list.
        amount: all that is paid, arrears included.
        arrears: what of it is for earlier months.
        held: lines that wait for somebody to look.
        withdrawn: lines taken out because payment ends.
    """

    people: int
    amount: Decimal
    arrears: Decimal
    held: int
    withdrawn: int


def totals(roll: MonthlyList) -> Totals:
    """The figures of one list as they stand; one statement."""
    return of_lists([roll])[roll.pk]


def of_lists(rolls: list[MonthlyList]) -> dict[int, Totals]:
    """The figures of several lists; one statement, none for no lists."""
    due = Q(state=State.DUE)
    found: dict[int, dict[str, Any]] = {}
    if rolls:
        rows = (
            Line.objects.filter(list__in=rolls)
            .values("list")
            .annotate(
                people=Count("entitlement", filter=due, distinct=True),
                paid=Sum("amount", filter=due),
                late=Sum("amount", filter=due & Q(month__lt=F("list__month"))),
                held=Count("id", filter=Q(state=State.HELD)),
                withdrawn=Count("id", filter=Q(state=State.WITHDRAWN)),
            )
        )
        found = {row["list"]: dict(row) for row in rows}
    return {roll.pk: _figures(found.get(roll.pk, {})) for roll in rolls}


def _figures(row: dict[str, Any]) -> Totals:
    return Totals(
        people=row.get("people", 0),
        amount=row.get("paid") or _NOTHING,
        arrears=row.get("late") or _NOTHING,
        held=row.get("held", 0),
        withdrawn=row.get("withdrawn", 0),
    )
