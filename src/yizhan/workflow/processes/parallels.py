"""Checking states with states of their own 复合环节检查: branches, sub-flows, joint approval."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.workflow.problems import Problem, unknown
from yizhan.workflow.processes.definition import (
    EndDefinition,
    JointDefinition,
    StateDefinition,
    SubflowDefinition,
)
from yizhan.workflow.processes.details import action_problems, limit_problems


def composite_problems(path: str, state: StateDefinition) -> Iterator[Problem]:
    """What is wrong with a state that has others within."""
    if isinstance(state, SubflowDefinition):
        yield from _subflow(path, state)
    elif isinstance(state, JointDefinition):
        yield from _who(path, state)
        yield from _work(path, state)
        yield from _policy(path, state)


def _subflow(path: str, state: SubflowDefinition) -> Iterator[Problem]:
    if (state.calls is None) == (not state.states):
        yield Problem(path, _("子流程须且只须写一种：调用另一流程（calls），或自带环节（start、states）"))
    if state.states and state.start is None:
        yield Problem(path, _("自带环节的，须写明从哪个环节开始（start）"))
    if state.with_ and state.calls is None:
        yield Problem(f"{path}.with", _("自带的环节看得到外面的结果，不必用 with"))


def _who(path: str, state: JointDefinition) -> Iterator[Problem]:
    who = state.departments
    if (who.table is None) == (who.of is None):
        yield Problem(f"{path}.departments", _("会办单位须且只须有一个来源：决策表（table）或表达式（of）"))


def _work(path: str, state: JointDefinition) -> Iterator[Problem]:
    if (state.task is None) == (not state.states):
        yield Problem(path, _("会办环节须且只须写一种：各单位的任务（task），或自带环节（start、states）"))
    if state.states and state.start is None:
        yield Problem(path, _("自带环节的，须写明从哪个环节开始（start）"))
    if state.task is None:
        return
    for name, action in state.task.actions.items():
        yield from action_problems(f"{path}.task.actions.{name}", action, leads=False)
    if state.task.limit is not None:
        yield from limit_problems(f"{path}.task.limit", state.task.limit)
        if state.task.limit.on_expiry is not None:
            message = _("会办任务逾期不单独往下走；视为同意的，写 silence")
            yield Problem(f"{path}.task.limit.on_expiry", message)


def _policy(path: str, state: JointDefinition) -> Iterator[Problem]:
    answers = set(state.task.actions) if state.task else {
        inner.outcome for inner in state.states.values() if isinstance(inner, EndDefinition)
    }  # fmt: skip
    for number, name in enumerate(state.consents):
        if name not in answers:
            yield unknown(f"{path}.consents[{number}]", _("没有名为 %(name)s 的操作或结果"), name, answers)
    if state.policy in {"count", "veto", "lead"} and not state.consents:
        yield Problem(f"{path}.consents", _("须写明哪些操作算同意（consents）"))
    if (state.policy == "count") != (state.needed is not None):
        yield Problem(
            f"{path}.needed", _("按票数决定的（policy: count）须写明需要几家同意（needed），其他规则不写")
        )
    if (state.policy == "lead") != (state.lead is not None):
        yield Problem(
            f"{path}.lead", _("由牵头单位决定的（policy: lead）须写明牵头单位（lead），其他规则不写")
        )
    if state.silence is not None:
        yield from _silence(path, state, answers)


def _silence(path: str, state: JointDefinition, answers: set[str]) -> Iterator[Problem]:
    if state.silence not in answers:
        yield unknown(f"{path}.silence", _("没有名为 %(name)s 的操作或结果"), state.silence or "", answers)
    if state.task is None or state.task.limit is None:
        yield Problem(f"{path}.silence", _("逾期视为某种意见的，各单位的任务须有时限（task.limit）"))
    if state.silence_basis is None:
        yield Problem(f"{path}.silence_basis", _("逾期视为某种意见，须写明依据（silence_basis）"))
    elif not state.silence_basis.verified:
        message = _("法律依据待核实：%(law)s") % {"law": state.silence_basis.law}
        yield Problem(f"{path}.silence_basis", message, weight="warning")
