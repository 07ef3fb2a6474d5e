"""Lists of a month 发放名册: opened, and kept at what is owed until they are closed.

Every month from the first one on is owed once. A list takes all owed months up to its own that are neither
due in another list nor waiting in one still open. So whatever was missed (a late decision, a fact that the
register did not know, a death entered by mistake) is made up for in the next list; nothing is paid twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction
from django.db.models import Max

from yizhan import clock
from yizhan.payments import amounts, ending, fixing, held, months, orders
from yizhan.payments.models import Benefit, Entitlement, EntitlementEnd, Gap, Line, MonthlyList
from yizhan.releases.words import Text

State = Line.State
Kind = EntitlementEnd.Kind

_STOPPED = {
    Kind.DIED: Text(
        zh="本人已去世，自次月起停发", en="The person has died; payment stops from the following month"
    ),
    Kind.MOVED_AWAY: Text(
        zh="户籍已迁出本区，自次月起停发",
        en="No longer registered in this district; payment stops from the following month",
    ),
    Kind.DUPLICATE: Text(zh="同类待遇已在发放，不重复发放", en="The same benefit is being paid already"),
    Kind.REVOKED: Text(zh="原决定已不再有效，停发", en="The decision no longer stands; payment stops"),
    Kind.RECHECKED: Text(
        zh="经复核不再符合条件，自次月起停发",
        en="A re-check found that the conditions are not met; payment stops from the following month",
    ),
}
_HELD = Text(zh="办件正在重新办理，暂缓发放", en="The case is being looked into again; payment waits")
_NOT_MADE_UP = Text(
    zh="暂停期间的月份不补发", en="A month in which payment was paused, and which is not made up for"
)

_OWED = """
    select e.id, m::date
    from payments_entitlement e
    cross join generate_series(e.since::timestamp, %(month)s::timestamp, interval '1 month') m
    where e.id = any(%(entitlements)s)
      and not exists (
        select from payments_gap g where g.entitlement_id = e.id and m::date between g.first and g.last)
      and not exists (
        select from payments_line l
        where l.entitlement_id = e.id and l.month = m::date
          and (l.state = 'due'
               or not exists (select from payments_listclosure c where c.list_id = l.list_id)))
"""


class ClosedMeanwhile(RuntimeError):
    """Somebody closed the list before it could be locked; what was to be entered goes into the next one."""


def open_list(benefit: Benefit, month: date) -> MonthlyList:
    """The list of a month; made if there is none yet."""
    roll, _made = MonthlyList.objects.get_or_create(
        benefit=benefit,
        month=month,
        defaults={"release_id": benefit.release_id, "opened_at": clock.now()},
    )
    return roll


def first_open_month(benefit: Benefit, since: date) -> date:
    """The first month, from ``since`` on, whose list is not closed; lists are closed in their order."""
    closed = MonthlyList.objects.filter(benefit=benefit, closure__isnull=False)
    last: date | None = closed.aggregate(last=Max("month"))["last"]
    return since if last is None else max(since, months.following(last))


def place(entitlement: Entitlement) -> None:
    """Bring an entitlement's lines up to date in the first list open for it, and in all open after it."""
    first = first_open_month(entitlement.benefit, entitlement.since)
    if ending.live([entitlement]).get(entitlement.pk) is None:
        open_list(entitlement.benefit, first)
    still_open = MonthlyList.objects.filter(benefit=entitlement.benefit, month__gte=first, closure=None)
    for roll in still_open.order_by("month"):
        with transaction.atomic():
            settle(roll, [entitlement])


def settle(roll: MonthlyList, entitlements: Sequence[Entitlement]) -> list[Entitlement]:
    """Bring these entitlements' lines in an open list up to what is owed by now; the list stays locked.

    Returns:
        Those whose end was found only now; their lines in other open lists wait to be placed anew.

    Raises:
        ClosedMeanwhile: it is closed.
        NobodyLooks: outside of a step that keeps an access log.
    """
    roll = MonthlyList.objects.select_for_update().get(pk=roll.pk)
    if hasattr(roll, "closure"):
        raise ClosedMeanwhile(roll.subject)
    settling = _Settling(roll, entitlements)
    settling.do()
    return settling.ended


class _Settling:
    """One list and some entitlements, while their lines are being worked out."""

    def __init__(self, roll: MonthlyList, entitlements: Sequence[Entitlement]) -> None:
        self.roll = roll
        self.known = {one.pk: one for one in entitlements}
        self.ends = ending.live(entitlements)
        self.holds = held.live(entitlements)
        self.gaps = Gap.objects.filter(entitlement__in=list(self.known)).in_bulk()
        by_decision = amounts.rules(roll.release_id, roll.benefit_id).amount.term is not None
        self.fixed = fixing.of(entitlements) if by_decision else {}
        self.ended: list[Entitlement] = []

    def do(self) -> None:
        own = list(Line.objects.filter(list=self.roll, entitlement__in=list(self.known)))
        said = {line.pk: _said(line) for line in own}
        for line in own:
            self._reckon(line)
        # Writing costs as much as reckoning, and most lines say the same as before.
        changed = [line for line in own if _said(line) != said[line.pk]]
        new = [line for line in self._owed() if self._payable(line)]
        for line in new:
            self._reckon(line)
        Line.objects.bulk_update(changed, ["state", "amount", "because", "release", "at"], batch_size=500)
        Line.objects.bulk_create(line for line in new if line.state != State.WITHDRAWN)

    def _owed(self) -> list[Line]:
        with connection.cursor() as cursor:
            cursor.execute(_OWED, {"month": self.roll.month, "entitlements": list(self.known)})
            owed: list[tuple[int, date]] = sorted(cursor.fetchall())
        return [Line(list=self.roll, entitlement=self.known[pk], month=month) for pk, month in owed]

    def _payable(self, line: Line) -> bool:
        end = self.ends.get(line.entitlement_id)
        return (end is None or line.month <= end.last_month) and not self._in_a_gap(line)

    def _in_a_gap(self, line: Line) -> bool:
        own = (gap for gap in self.gaps.values() if gap.entitlement_id == line.entitlement_id)
        return any(gap.first <= line.month <= gap.last for gap in own)

    def _reckon(self, line: Line) -> None:
        """Work out one line; an ending that the register knows and this room not yet is entered."""
        line.release_id, line.at = self.roll.release_id, clock.now()
        if not self._payable(line):
            return self._withdraw(line)
        entitlement = self.known[line.entitlement_id]
        hold = self.holds.get(entitlement.pk)
        if hold is not None and line.month >= hold.month:
            words = orders.words(hold.order) if hold.order else _HELD
            line.state, line.amount, line.because = State.HELD, None, [words.model_dump()]
            return None
        fixed = self.fixed.get(entitlement.pk, [])
        found = amounts.reckon(entitlement, line.month, self.roll.release_id, fixed)
        if found.ended and entitlement.pk not in self.ends:
            end = ending.follow(entitlement)
            if end is not None:
                self.ends[entitlement.pk] = end
                self.ended.append(entitlement)
            if not self._payable(line):
                return self._withdraw(line)
        line.state = State.HELD if found.amount is None else State.DUE
        line.amount, line.because = found.amount, found.because
        return None

    def _withdraw(self, line: Line) -> None:
        words = _NOT_MADE_UP if self._in_a_gap(line) else self._stopped(self.ends[line.entitlement_id])
        line.state, line.amount, line.because = State.WITHDRAWN, None, [words.model_dump()]

    @staticmethod
    def _stopped(end: EntitlementEnd) -> Text:
        return orders.words(end.order) if end.order else _STOPPED[Kind(end.kind)]


def _said(line: Line) -> tuple[object, ...]:
    return line.state, line.amount, line.because, line.release_id
