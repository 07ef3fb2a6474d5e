"""The words of the pages on which lists are looked at and closed 待遇发放."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.payments.models import Entitlement, ListClosure, MonthlyList
from yizhan.ui import dates


def title() -> str:
    """The title of the page with all lists."""
    return _("待遇发放")


def list_title(roll: MonthlyList) -> str:
    """The title of one list."""
    return _("%(title)s %(month)s发放名册") % {"title": roll.benefit, "month": dates.month(roll.month)}


def payment_title(entitlement: Entitlement) -> str:
    """The title of one payment."""
    return _("%(title)s %(number)s") % {"title": entitlement.benefit, "number": entitlement.case_number}


def recoveries_title() -> str:
    """The title of the page with all that is asked back."""
    return _("多发追回台账")


def not_found(typed: str) -> str:
    """Said where no payment has that number."""
    return _("没有受理编号为“%(number)s”的待遇，请核对编号。只能查本单位负责发放的待遇。") % {
        "number": typed.strip()[:40]
    }


def done(order: str) -> str:
    """Said after an order was written."""
    return {
        "stop": _("已停发，名册已更新，并通知领取人。"),
        "pause": _("已暂停发放，名册已更新，并通知领取人。"),
        "resume": _("已恢复发放，名册已更新，并通知领取人。"),
        "account": _("收款账户已变更，从尚未关账的名册起生效，并通知领取人。"),
        "recover": _("已发起追回，并通知领取人。"),
        "entry": _("追回进展已登记，并通知领取人。"),
    }[order]


def closed(closure: ListClosure) -> str:
    """Said after a list was closed."""
    told = _("名册已关账：%(people)s 人，合计 %(amount)s 元。之后作出的决定列入下一月名册。")
    return told % {"people": closure.people, "amount": closure.amount}
