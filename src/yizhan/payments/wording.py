"""The words of the pages on which lists are looked at and closed 待遇发放."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.payments.models import ListClosure, MonthlyList
from yizhan.ui import dates


def title() -> str:
    """The title of the page with all lists."""
    return _("待遇发放")


def list_title(roll: MonthlyList) -> str:
    """The title of one list."""
    return _("%(title)s %(month)s发放名册") % {"title": roll.benefit, "month": dates.month(roll.month)}


def closed(closure: ListClosure) -> str:
    """Said after a list was closed."""
    told = _("名册已关账：%(people)s 人，合计 %(amount)s 元。之后作出的决定列入下一月名册。")
    return told % {"people": closure.people, "amount": closure.amount}
