"""The record of delivery 送达回证: which papers were delivered, how, when and by whom; a paper of the case itself.

Papers that went as messages of the house are recorded with the moment at which they did; what was handed over or
posted is recorded in the words of whoever did it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from yizhan.calendar.deadlines import day_of
from yizhan.cases import issuing, templates
from yizhan.cases.models import Case
from yizhan.cases.reading import Taken
from yizhan.cases.refusals import Incomplete, NotNow, NotYours
from yizhan.cases.step import Answer, Step, take
from yizhan.cases.worded import worded
from yizhan.identity.actor import Actor
from yizhan.notices.inbox import deliveries_of
from yizhan.records import papers
from yizhan.records.papers import Listed
from yizhan.ui.dates import moment
from yizhan.ui.language import listed

ELECTRONIC = "electronic"
DELIVERY = "delivery"
_LONGEST = 200


@dataclass(frozen=True)
class Delivery:
    """What was delivered: ids of papers, how (a key of :func:`ways`), on which day, and in which words."""

    papers: Collection[str]
    how: str
    on: date | None = None
    words: str = ""


def ways() -> dict[str, str]:
    """How papers can be delivered, by key."""
    return {
        ELECTRONIC: _("电子送达"),
        "window": _("窗口领取"),
        "post": _("邮寄送达"),
        "hand": _("直接送达"),
    }


def deliverable(issued: Collection[Listed]) -> list[Listed]:
    """The papers that can be delivered: they are there, hold, and are no records of delivery themselves."""
    return [
        one for one in issued if one.size is not None and not one.withdrawn and one.paper.kind != DELIVERY
    ]


def may_record(case: Case, by: Actor, found: Taken | None = None) -> bool:
    """Whether somebody is of a unit that handles the case, and the house has a paper for the record.

    ``found``: what was read when the case was taken.
    """
    return by.is_staff and by.unit in case.units and templates.of(case, DELIVERY, found) is not None


def record(case: int, what: Delivery, *, by: Actor, command: uuid.UUID) -> Answer:
    """Record a delivery, and issue the paper that says so.

    Raises:
        NotYours: the actor's unit takes no part in the case, or the house has no such paper.
        NotNow: nothing was issued, or nothing went as a message.
        Incomplete: papers, way, day or words are missing or wrong.
    """

    def do(step: Step) -> None:
        if not may_record(step.case, by, step.found):
            raise NotYours
        there = deliverable(papers.of_owner(f"case:{step.case.number}"))
        if not there:
            raise NotNow(_("还没有可以送达的文书。"))
        chosen = [one for one in there if str(one.paper.pk) in what.papers]
        _check(what, chosen, step)
        first = min(one.paper.issued_at for one in chosen)
        with override("zh-hans"):  # papers are in Chinese
            went = _went(step.case, first) if what.how == ELECTRONIC else what.words.strip()
            if not went:
                raise NotNow(_("没有查到已经发出的消息，不能登记为电子送达。"))
            served = {
                "titles": [one.paper.title for one in chosen],
                "numbers": [one.paper.number for one in chosen],
                "how": ways()[what.how],
                "on": (what.on or day_of(step.at)).isoformat(),
                "words": went,
                "by": step.who,
            }
        with override("en"):  # for what stands beneath the Chinese
            served["how_en"] = ways()[what.how]
        step.note(delivered=[str(one.paper.pk) for one in chosen], how=what.how)
        step.news("case.delivered", how=what.how)
        issuing.paper(step, DELIVERY, served=served)

    return take(case, by=by, command=command, kind="case.delivered", do=do)


def _went(case: Case, since: datetime) -> str:
    """The first message on each way that went once the papers were issued, with its moment; empty for none."""
    sent = [
        one for one in deliveries_of(f"case:{case.number}") if one.state == "sent" and one.told_at >= since
    ]
    first = {one.channel_name: one.told_at for one in reversed(sent)}
    return listed(f"{way} {moment(at)}" for way, at in sorted(first.items(), key=lambda one: one[1]))


def _check(what: Delivery, chosen: Collection[Listed], step: Step) -> None:
    faults = []
    if not chosen:
        faults.append(("delivered", _("请选择送达的文书")))
    if what.how not in ways():
        faults.append(("delivered_how", _("请选择送达方式")))
    elif what.how != ELECTRONIC and not what.words.strip():
        faults.append(("delivery_words", _("请写明送达情况，如签收人、邮件单号")))
    if what.on is not None and what.on > day_of(step.at):
        faults.append(("delivered_on", _("送达日期不能晚于今天")))
    elif what.on is not None and chosen and what.on < min(day_of(one.paper.issued_at) for one in chosen):
        faults.append(("delivered_on", _("送达日期不能早于文书的日期")))
    if faults:
        raise Incomplete(faults)
    worded(what.words, "delivery_words", longest=_LONGEST)
