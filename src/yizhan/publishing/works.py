"""Works that a process names 公示张贴与撤下: ``put_up_notice`` and ``take_down_notice``, each part of its step."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from yizhan import calendar
from yizhan.calendar.deadlines import natural_deadline
from yizhan.cases import works
from yizhan.cases.models import Case
from yizhan.cases.step import Step
from yizhan.publishing.models import PublicNotice
from yizhan.releases.words import Text
from yizhan.ui.masks import mask_name

PUT_UP, TAKE_DOWN = "put_up_notice", "take_down_notice"


def put_up(step: Step, arguments: works.Arguments) -> dict[str, Any]:
    """Show to everybody what is about to be decided; gives the first day on which it is over.

    One that is still up is replaced: what is shown is what is proposed now.
    """
    case, item = step.case, step.item
    down(case, step)
    deadline = natural_deadline(calendar.table(), step.at, days=int(arguments["days"]))
    monthly = arguments.get("monthly")
    PublicNotice.objects.create(
        case=case,
        title_zh=item.title.zh,
        title_en=item.title.en,
        unit=step.by.unit or case.unit,
        name=case.subject_name if case.is_company else mask_name(case.subject_name),
        persons=arguments.get("persons"),
        monthly=None if monthly is None else Decimal(str(monthly)),
        up_at=step.at,
        last_day=deadline.due,
        ends_at=deadline.ends_at,
    )
    step.news("notice.put_up")
    return {"over": deadline.ends_at.date().isoformat()}


def take_down(step: Step, _arguments: works.Arguments) -> None:
    """Nobody sees it any more."""
    down(step.case, step)
    step.news("notice.taken_down")


def down(case: Case, step: Step) -> int:
    """Take down what is up of a case; how many notices that were."""
    return PublicNotice.objects.filter(case=case, taken_down_at=None).update(taken_down_at=step.at)


works.announce(
    works.Work(
        name=PUT_UP,
        title=Text(zh="张贴公示", en="puts up a public notice"),
        within=put_up,
        takes=frozenset({"days"}),
        may_take=frozenset({"persons", "monthly"}),
        gives={"over": "date"},
    )
)
works.announce(
    works.Work(name=TAKE_DOWN, title=Text(zh="撤下公示", en="takes the public notice down"), within=take_down)
)
