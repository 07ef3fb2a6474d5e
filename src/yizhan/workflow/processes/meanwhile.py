"""Checking what may happen while a case stays in a state 其间事件检查."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.workflow.problems import Problem, reserved
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    JointDefinition,
    ParallelDefinition,
    SubflowDefinition,
    TaskDefinition,
    WaitDefinition,
)
from yizhan.workflow.processes.details import amount_problems, outcome_problems
from yizhan.workflow.processes.parts import EventDefinition
from yizhan.workflow.processes.walking import EXPIRY, SILENCE

Staying = (
    TaskDefinition | AutomaticDefinition | WaitDefinition | ParallelDefinition | SubflowDefinition
    | JointDefinition
)  # fmt: skip
KINDS = ("after", "at", "message", "error")


def event_problems(path: str, state: Staying) -> Iterator[Problem]:
    """What is wrong with the events of a state."""
    for key, event in state.on.items():
        place = f"{path}.on.{key}"
        yield from reserved(place, key)
        if key in {EXPIRY, SILENCE}:
            yield Problem(place, _("%(name)s 是保留名称，请换一个") % {"name": key})
        yield from _event(place, event)
        if event.error is not None and isinstance(state, TaskDefinition | WaitDefinition):
            yield Problem(
                f"{place}.error", _("人工和等待环节不会出错，出错事件只能放在自动、并行、子流程和会办环节")
            )
    if isinstance(state, AutomaticDefinition) and state.on and not state.waits:
        yield Problem(f"{path}.on", _("不等待结果的自动环节当即通过，其间不会有事件发生"), "waits: true")


def _event(place: str, event: EventDefinition) -> Iterator[Problem]:
    given = [kind for kind in KINDS if getattr(event, kind) is not None]
    if len(given) != 1:
        yield Problem(place, _("事件须且只须写一种：after、at、message 或 error"))
    if event.after is not None:
        yield from amount_problems(f"{place}.after", event.after)
    if event.error is not None and not event.interrupts:
        yield Problem(f"{place}.interrupts", _("出错之后原环节不能继续，不能写 interrupts: false"))
    if event.to is None and event.interrupts:
        yield Problem(place, _("事件打断了环节，须写明去哪里（to）"))
    if event.to is None and not event.sends and not event.interrupts:
        yield Problem(place, _("事件既不往下走（to），也不发通知（sends），没有作用"))
    if event.to is None and (event.marks or event.outcome):
        yield Problem(place, _("没有 to，就没有可以标记的去向（marks、outcome）"))
    yield from outcome_problems(place, event)
