"""What a resident has already 已有办件: said kindly, with the way to it, instead of another application."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from yizhan.calendar.deadlines import day_of
from yizhan.cases import in_the_way
from yizhan.cases.in_the_way import Earlier
from yizhan.cases.item import ItemDefinition
from yizhan.cases.subjects import is_company
from yizhan.identity.middleware import Known
from yizhan.payments import reading
from yizhan.portal import whom
from yizhan.ui.dates import day


@dataclass(frozen=True)
class Already:
    """What there is, and where to look at it; without an address where the case is not one's own to read."""

    heading: str
    words: str
    address: str
    label: str


def already(request: Known, item: ItemDefinition, subject: str | None = None) -> Already | None:
    """What stands in the way of applying for an item once more.

    Args:
        request: of a resident.
        item: the item.
        subject: for whom; left out, oneself, or the one company one acts for.
    """
    if item.at_a_time != "one":
        return None
    among = whom.choices(request, item) if subject is None else []
    subject = subject or (among[0].subject if len(among) == 1 else None)
    earlier = in_the_way.earlier(item, subject) if subject else None
    if earlier is None:
        return None
    since = {"day": day(day_of(earlier.since))}
    if is_company(subject or ""):
        return _of_company(earlier, since)
    if earlier.state == "under_way":
        heading = _("您的申请正在办理，不用再次提交")
        words = _("您已于%(day)s提交申请。办到哪一步、还需要您做什么，都写在办件里。") % since
        return Already(heading, words, _case(earlier.number), _("查看办理进度"))
    heading = _("您已经办成这件事，不用再次申请")
    words = _("您的申请已于%(day)s准予，目前仍然有效。") % since
    if any(one.case_number == earlier.number for one in reading.mine(request.actor)):
        return Already(heading, words, reverse("portal:payments"), _("查看我的待遇"))
    return Already(heading, words, _case(earlier.number), _("查看办件"))


def _of_company(earlier: Earlier, since: dict[str, str]) -> Already:
    if earlier.state == "under_way":
        heading = _("这家企业的申请正在办理，不用再次提交")
        words = _("申请已于%(day)s提交。办到哪一步、还需要补充什么，都写在办件里。") % since
        return Already(heading, words, _case(earlier.number), _("查看办理进度"))
    heading = _("这家企业已经办成这件事，不用再次申请")
    words = _("申请已于%(day)s准予，目前仍然有效。") % since
    return Already(heading, words, _case(earlier.number), _("查看办件"))


def _case(number: str) -> str:
    return reverse("portal:case", args=[number]) if number else ""
