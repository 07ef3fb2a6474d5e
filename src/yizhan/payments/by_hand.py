"""Stopping, pausing and resuming by hand 停发 暂停 恢复: the office decides, the month's list says so at once."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.identity import scope
from yizhan.identity.actor import Actor
from yizhan.payments import ending, held, months, ordering, rolls
from yizhan.payments.models import Entitlement, EntitlementEnd, Gap, Hold, Order
from yizhan.payments.ordering import Said
from yizhan.payments.refusals import Refused

_BACK = (
    12  # so many months before the first that is open an end may be entered; what was paid since is overpaid
)


def stop_months(entitlement: Entitlement) -> list[date]:
    """From which months on it may be stopped, the first one still open first; while it is paused only from there."""
    pause = held.by_hand(entitlement)
    if pause is not None:
        return [pause.month]
    found = [rolls.first_open_month(entitlement.benefit, entitlement.since)]
    while found[-1] > entitlement.since and len(found) <= _BACK:
        found.append(months.before(found[-1]))
    return found


def first_unpaid(entitlement: Entitlement) -> date:
    """The first month whose money has not left: one that is made up for in a list still open comes before the others."""
    waiting = entitlement.lines.filter(list__closure=None).order_by("month").values_list("month", flat=True)
    months_ = [rolls.first_open_month(entitlement.benefit, entitlement.since), *waiting[:1]]
    return min(months_)


def stop(entitlement: Entitlement, said: Said, *, month: date | None, by: Actor) -> None:
    """Nothing is paid from a month on; the decision is in force no longer.

    Raises:
        NotAllowed, Incomplete, Refused: see :func:`ordering.ordered`; the month must be one of those offered.
    """
    with scope.service():
        wrong = [] if month in stop_months(entitlement) else [("month", _("请选择从哪个月起停发"))]
        order = ordering.ordered(
            entitlement,
            said,
            Order.Kind.STOP,
            by=by,
            month=month,
            faults=wrong,
            allowed=lambda: _require_running(entitlement),
        )
        if order is None or month is None:
            return
        pause = held.by_hand(entitlement)
        if pause is not None:
            _release(pause)
        kind, last = EntitlementEnd.Kind.STOPPED, months.before(month)
        ending.enter(entitlement, kind, clock.today(), last_month=last, order=order)
        rolls.place(entitlement)


def pause(entitlement: Entitlement, said: Said, *, by: Actor) -> None:
    """Nothing is paid any more, from the first month that has not been paid, until it is resumed or stopped.

    Raises:
        NotAllowed, Incomplete, Refused: see :func:`ordering.ordered`.
    """

    def allowed() -> None:
        _require_running(entitlement)
        if held.by_hand(entitlement) is not None:
            raise Refused(_("已经暂停发放，没有重复暂停。"))

    with scope.service():
        month = first_unpaid(entitlement)
        order = ordering.ordered(entitlement, said, Order.Kind.PAUSE, by=by, month=month, allowed=allowed)
        if order is not None:
            Hold.objects.create(entitlement=entitlement, order=order, month=month, at=clock.now())
            rolls.place(entitlement)


def resume(entitlement: Entitlement, said: Said, *, arrears: bool | None, by: Actor) -> None:
    """What the office paused or stopped is paid again, with the months since or without them.

    Raises:
        NotAllowed, Incomplete, Refused: see :func:`ordering.ordered`; whether to make up for the months must be said.
    """
    with scope.service():
        wrong = [] if arrears is not None else [("arrears", _("请选择暂停期间的月份是否补发"))]
        order = ordering.ordered(
            entitlement,
            said,
            Order.Kind.RESUME,
            by=by,
            month=rolls.first_open_month(entitlement.benefit, entitlement.since),
            faults=wrong,
            allowed=lambda: _require_stopped(entitlement),
        )
        if order is None or order.month is None:
            return
        first = _goes_on(entitlement)
        last = months.before(order.month)
        if not arrears and first <= last:
            Gap.objects.create(entitlement=entitlement, order=order, first=first, last=last)
        rolls.place(entitlement)


def stopped_by_hand(entitlement: Entitlement) -> EntitlementEnd | None:
    """The end that the office decided, if that is the one in force."""
    end = ending.live([entitlement]).get(entitlement.pk)
    return end if end is not None and end.kind == EntitlementEnd.Kind.STOPPED else None


def _goes_on(entitlement: Entitlement) -> date:
    """Take back the pause or the end; the first month that was not paid for its sake."""
    pause, end = held.by_hand(entitlement), stopped_by_hand(entitlement)
    if pause is not None:
        _release(pause)
        return pause.month
    assert end is not None, "asked for before the order was written"
    ending.take_back(entitlement, end)
    ending.yield_to_later(entitlement)
    return months.following(end.last_month)


def _release(pause: Hold) -> None:
    pause.released_at = clock.now()
    pause.save(update_fields=["released_at"])


def _require_running(entitlement: Entitlement) -> None:
    end = ending.live([entitlement]).get(entitlement.pk)
    if end is not None:
        why = {"why": end.get_kind_display()}
        raise Refused(_("这项待遇已经停发（%(why)s），没有再次处理。请刷新页面查看。") % why)


def _require_stopped(entitlement: Entitlement) -> None:
    if held.by_hand(entitlement) is None and stopped_by_hand(entitlement) is None:
        raise Refused(_("这项待遇没有经办暂停或者停发，不需要恢复。请刷新页面查看。"))
