"""The proof of a case in words 留痕: who did what in which post, and what the rules said."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yizhan.calendar.deadlines import day_of
from yizhan.cases import clock_trail, holdings_ended, ledger, naming, task_files
from yizhan.cases.earlier import MOVED
from yizhan.cases.models import Case, Event, Task, TaskState
from yizhan.identity import posts
from yizhan.identity.models import Account
from yizhan.ui.dates import day
from yizhan.ui.language import chinese, local


@dataclass(frozen=True)
class Trace:
    """One step of a case, as people read it.

    Attributes:
        who: the name at that moment; empty for the house itself.
        words: reasons given, what was handed to whom, what a decision table saw and said.
    """

    rev: int
    at: datetime
    who: str
    post: str
    on_behalf_of: str
    what: str
    words: list[str] = field(default_factory=list)
    hash: str = ""


@dataclass(frozen=True)
class Trail:
    """All steps of a case, the latest first; ``broken`` are the steps whose proof does not hold."""

    traces: list[Trace]
    broken: list[int]


def events_of(case: Case) -> list[Event]:
    """The events of a case, the latest first; one statement."""
    return sorted(case.events.all(), key=lambda event: -event.rev)


_HOLDING = f"timer.{holdings_ended.KIND}"


def trail(case: Case, events: list[Event], *, hidden: Callable[[], Collection[str]] = frozenset) -> Trail:
    """The steps of a case with their words, from its events; at most three statements more.

    And one for each licence that is told of. ``hidden`` gives the materials that are for other departments.
    """
    known = _Known(case, events, hidden)
    return Trail([_trace(event, known) for event in events], ledger.broken_links(case, events))


def why_by_hand(events: list[Event]) -> list[str]:
    """What the rules said when they last left a case to people, such as which doubt there is."""
    told = next((event for event in events if "decision" in event.delta), None)
    return [local(words) for words in told.delta["decision"]["words"]] if told else []


class _Known:
    """What the words of events need besides the events: names of accounts, reasons of tasks."""

    def __init__(
        self, case: Case, events: list[Event], hidden: Callable[[], Collection[str]] = frozenset
    ) -> None:
        self.case, self.hidden = case, hidden
        keys = {str(event.delta.get("to", "")).removeprefix("account:") for event in events}
        accounts = [int(key) for key in keys if key.isdecimal()]
        named = Account.objects.filter(id__in=accounts) if accounts else Account.objects.none()
        self.names = {f"account:{pk}": name for pk, name in named.values_list("id", "name")}
        self.posts = posts.english_titles({event.post for event in events})
        self.done: dict[int, Task] = {
            task.id: task for task in case.tasks.all() if task.state == TaskState.DONE
        }


def _trace(event: Event, known: _Known) -> Trace:
    return Trace(
        rev=event.rev,
        at=event.at,
        who=event.actor_name if event.actor != "house" else "",
        post=known.posts.get(event.post) or chinese(event.post),
        on_behalf_of=event.on_behalf_of,
        what=_what(event, known),
        words=list(dict.fromkeys(words for words in _words(event, known) if words)),
        hash=event.hash,
    )


def _what(event: Event, known: _Known) -> str:
    closed = event.delta.get("closed")
    if event.kind == "task.completed" and closed:
        node, action = closed["node"], closed["action"]
        return f"{naming.node(known.case, node)} · {naming.action(known.case, node, action)}"
    performed = event.delta.get("performed")
    if event.kind == "work.reported" and performed:
        return f"{naming.node(known.case, performed[0]['node'])} · {_('自动办理完成')}"
    return {
        "case.submitted": _("提交申请"),
        "case.opened_by_house": _("到期由系统依职权立案"),
        "case.withdrawn": _("撤回申请"),
        "case.lapsed": _("决定失效"),
        "case.in_force_again": _("决定恢复效力"),
        "task.claimed": _("签收"),
        "task.put_back": _("退回待办池"),
        "task.handed_over": _("转办"),
        "task.sent_back": _("退回"),
        "task.taken_back": _("收回任务"),
        "beside.delegated": _("委派"),
        "beside.cosign": _("加签"),
        "beside.read": _("传阅"),
        "beside.answered": _("答复委派、加签或传阅"),
        "beside.called_off": _("取消委派或加签"),
        "joint.joined": _("增加会办单位"),
        "joint.left": _("撤出会办单位"),
        "case.urged": _("催办"),
        "case.delivered": _("登记送达"),
        "case.terminated": _("终止办理"),
        "case.reopened": _("重新办理"),
        "case.moved": _("改用新版流程"),
        "supplement.asked": _("一次性告知补正"),
        "supplement.answered": _("提交补正"),
        "timer.supplement_overdue": _("补正期满未答复，退回办理"),
        "timer.limit": _("期限届满，自动流转"),
        _HOLDING: _("免交材料所依据的证照有变化"),
        "timer.reckon": _("放假安排公布，重新计算期限"),
        "timer.card": _("系统亮牌"),
        "card.annulled": _("撤牌"),
        "timer.silence": _("逾期未答复，依法视为受理"),
        "timer.suspension": _("预定日期已到，恢复计时"),
        "clock.suspended": _("中止计时"),
        "clock.resumed": _("恢复计时"),
        "extension.asked": _("申请延长期限"),
        "extension.answered": _("延期审批"),
        "paper.made": _("生成文书"),
        "work.reported": _("自动办理完成"),
        "notice.objection": _("收到公示异议"),
        "payment.stop": _("停发"),
        "payment.pause": _("暂停发放"),
        "payment.resume": _("恢复发放"),
        "payment.account": _("变更收款账户"),
        "payment.recovery": _("追回多发"),
        "payment.recovered": _("登记追回进展"),
    }.get(event.kind, event.kind)


def _words(event: Event, known: _Known) -> list[str]:
    delta = event.delta
    closed = delta.get("closed") or {}
    task = known.done.get(closed.get("task", 0))
    decision = delta.get("decision") or {}
    return [
        str(task.outcome.get("reason", "")) if task else "",
        *(task_files.words(known.case, task) if task else ()),
        _("转给%(name)s：%(reason)s") % {"name": known.names.get(delta["to"], ""), "reason": delta["reason"]}
        if "to" in delta
        else "",
        *(local(words) for words in decision.get("words", ())),
        *(local(words) for words in delta.get("reasons", ()) if event.kind != _HOLDING),
        _holding(event, known),
        str(delta.get("number", "")) if event.kind == "paper.made" else "",
        *(_reckoned(one) for one in delta.get("reckoned", ())),
        *clock_trail.words(delta),
        *_moved(event),
    ]


def _holding(event: Event, known: _Known) -> str:
    """Which licence has changed and how, for whoever sees a material in whose place it stood."""
    materials = event.delta.get("materials", ()) if event.kind == _HOLDING else ()
    shown = bool(materials) and not set(materials) <= set(known.hidden())
    return holdings_ended.traced(event.delta) if shown else ""


def _moved(event: Event) -> list[str]:
    """From which version to which, and why."""
    if event.kind != MOVED:
        return []
    old, new = event.delta["moved"]["versions"]
    known = {"old": old, "new": new, "why": event.delta["reason"]}
    return [_("由第 %(old)s 版改为第 %(new)s 版：%(why)s") % known]


def _reckoned(one: dict[str, Any]) -> str:
    """A limit whose end was reckoned anew: which, until when it ran, until when it runs."""
    before, after = (_last_day(one[key]) for key in ("was", "due"))
    words = {"clock": naming.clock(one["clock"]), "before": before, "after": after}
    if before == after:
        return _("%(clock)s：仍为 %(after)s") % words
    return _("%(clock)s：由 %(before)s 改为 %(after)s") % words


def _last_day(moment: str | None) -> str:
    """The last day of a limit that ends at a moment."""
    return day(day_of(datetime.fromisoformat(moment) - timedelta(microseconds=1))) if moment else ""
