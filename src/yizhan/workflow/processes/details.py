"""Checking the parts of states 细项检查: actions, questions, outcomes, limits."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.workflow.problems import Problem, reserved
from yizhan.workflow.processes.definition import AutomaticDefinition
from yizhan.workflow.processes.parts import (
    ActionDefinition,
    Amount,
    AnswerDefinition,
    Ask,
    EventDefinition,
    Expiry,
    LimitDefinition,
)

_KEPT = {"action", "answer", "verdict", "outcome", "one", "reason", "silent"}


def action_problems(path: str, action: ActionDefinition, *, leads: bool = True) -> Iterator[Problem]:
    """What is wrong with an action; one of several departments leads nowhere."""
    yield from ask_problems(path, action.asks)
    yield from outcome_problems(path, action)
    if action.kind == "step":
        if leads and action.to is None:
            yield Problem(path, _("缺少 to：操作之后去哪个环节"))
        if not leads and action.to is not None:
            yield Problem(f"{path}.to", _("会办各单位提出意见后由会办环节的 to 统一往下走，操作不写 to"))
        return
    for field in ("to", "when", "marks", "outcome"):
        if getattr(action, field) is not None:
            yield Problem(f"{path}.{field}", _("补正是对全案的命令，不能有 %(name)s") % {"name": field})


def ask_problems(path: str, asks: list[Ask]) -> Iterator[Problem]:
    """What is wrong with questions."""
    keys = [ask.key for ask in asks]
    for number, ask in enumerate(asks):
        place = f"{path}.asks[{number}]"
        yield from reserved(f"{place}.key", ask.key)
        if ask.key in keys[:number]:
            yield Problem(f"{place}.key", _("%(name)s 出现两次") % {"name": ask.key})
        if ask.key in _KEPT:
            yield Problem(f"{place}.key", _("%(name)s 是保留名称，请换一个") % {"name": ask.key})
        if (ask.kind == "choice") != bool(ask.choices):
            yield Problem(f"{place}.choices", _("选择题须有选项，其他类型不能有选项"))


def outcome_problems(
    path: str, way: ActionDefinition | AnswerDefinition | AutomaticDefinition | Expiry | EventDefinition
) -> Iterator[Problem]:
    """What is wrong with the outcome of a decision."""
    if way.outcome is not None and way.marks != "decided":
        yield Problem(f"{path}.outcome", _("只有作出决定（marks: decided）时才有结果"), "marks: decided")
    if way.outcome is None and way.marks == "decided":
        yield Problem(f"{path}.outcome", _("作出决定时须写明结果（outcome）"))


def limit_problems(path: str, limit: LimitDefinition) -> Iterator[Problem]:
    """What is wrong with a limit."""
    yield from amount_problems(path, limit)
    if limit.kind == "statutory" and limit.basis is None:
        yield Problem(f"{path}.basis", _("法定时限须写明依据（basis）"))
    if limit.basis is not None and not limit.basis.verified:
        message = _("法律依据待核实：%(law)s") % {"law": limit.basis.law}
        yield Problem(f"{path}.basis", message, weight="warning")
    if limit.on_expiry is not None:
        yield from outcome_problems(f"{path}.on_expiry", limit.on_expiry)


def amount_problems(path: str, amount: Amount) -> Iterator[Problem]:
    """A length of time has exactly one unit."""
    if len(amount.amounts) != 1:
        message = _("时限须且只须写一种：working_days、natural_days、duty_hours 或 natural_hours")
        yield Problem(path, message)
