"""Whose looks are reported, and how much may be looked at in a day: kept by the security administrator 重点保护与限额."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.identity.models import Account
from yizhan.registry import numbers
from yizhan.registry.faults import Refused
from yizhan.registry.models import Quota
from yizhan.registry.models.person import RESIDENT_ID

SECURITY = "platform.security_admin"
_LONGEST_REASON = 200
_SHORTEST_REASON = 4
MOST_A_DAY = 10_000


@dataclass(frozen=True)
class Guarded:
    """Somebody protected, name and number masked; ``by`` is the key of who entered it."""

    id: int
    name: str
    number: str
    reason: str
    since: date
    until: date | None
    by: str


def protected() -> list[Guarded]:
    """Who is protected, the latest first; nobody for whoever is not the security administrator."""
    with connection.cursor() as cursor:
        cursor.execute(
            'select id, name, number, reason, since, until, "by" from registry_protected_persons()'
        )
        return [Guarded(*row) for row in cursor.fetchall()]


def protect(name: str, number: str, *, reason: str, since: date, until: date | None) -> None:
    """Protect somebody, named by name and identity number; an earlier entry ends.

    Raises:
        Refused: nobody bears both, the reason or the days are wrong, or the caller may not.
    """
    if not _SHORTEST_REASON <= len(reason.strip()) <= _LONGEST_REASON:
        raise Refused(_("请用 4 至 200 个字说明保护理由。"))
    if until is not None and until < since:
        raise Refused(_("截止日期不能早于起始日期。"))
    document = [RESIDENT_ID, numbers.check(RESIDENT_ID, number).number, name]
    _asked(
        "registry_protect(%s, %s, %s, %s, %s, %s, %s)", [*document, reason.strip(), since, until, clock.now()]
    )


def protect_no_more(entry: int) -> None:
    """End an entry of the list.

    Raises:
        Refused: it has ended already, or the caller may not.
    """
    _asked("registry_protect_no_more(%s, %s)", [entry, clock.now()])


def staff_is(account: Account, name: str, number: str) -> None:
    """Say who a member of staff is in the register, so that looks at colleagues and kin are noticed.

    Raises:
        Refused: nobody bears both, somebody else of the staff is that person, or the caller may not.
    """
    checked = numbers.check(RESIDENT_ID, number).number
    _asked("registry_staff_is(%s, %s, %s, %s, %s)", [account.pk, RESIDENT_ID, checked, name, clock.now()])


def quotas() -> Sequence[Quota]:
    """How much a day allows, by whom and act."""
    return list(Quota.objects.order_by("act", "who"))


def set_quota(who: str, act: str, a_day: int) -> None:
    """Change a row of the table of quotas.

    Raises:
        Refused: a number that cannot be, no such row, or the caller may not.
    """
    if not 0 <= a_day <= MOST_A_DAY:
        raise Refused(_("每日限额须为 0 至 10000 的整数。"))
    _asked("registry_set_quota(%s, %s, %s, %s)", [who, act, a_day, clock.now()])


def _asked(call: str, arguments: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select ({call})::text", arguments)
        (state,) = cursor.fetchone() or ("false",)
    if state in {"ok", "true"}:
        return
    raise Refused(
        {
            "none": _("没有查到姓名和证件号码都相符的人员，请核对后再试。"),
            "taken": _("此人已登记为另一名工作人员。"),
            "too_many": _("今天的查询次数已用完，请明天再试；急需办理的，请到政务服务窗口。"),
        }.get(state, _("只有安全管理员可以这样做，或该记录已经变动，请刷新页面。"))
    )
