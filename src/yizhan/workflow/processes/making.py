"""The node that a written state becomes 环节编译."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from yizhan import feel
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    EndDefinition,
    Events,
    JointDefinition,
    JointTaskDefinition,
    ParallelDefinition,
    StateDefinition,
    SubflowDefinition,
    TaskDefinition,
    WaitDefinition,
)
from yizhan.workflow.processes.parts import ActionDefinition, Amount, EventDefinition, LimitDefinition
from yizhan.workflow.processes.walking import EXPIRY
from yizhan.workflow.tables.decision import Askable

ONE = "department"
"""What one of several departments is called in conditions."""


def node(
    key: str, state: StateDefinition, tables: Mapping[str, Askable], *, within: str = "", prefix: str = ""
) -> n.AnyNode:
    """The node of a state.

    Args:
        key: its key in the graph.
        state: as it is written.
        tables: the decision tables, by key.
        within: the node whose body it belongs to.
        prefix: stands before keys of the same process; of a called one.
    """
    if isinstance(state, TaskDefinition):
        meanwhile = boundaries(state.on, state.limit)
        return _task(key, state, late=state.limit, meanwhile=meanwhile, within=within, prefix=prefix)
    if isinstance(state, DecisionDefinition):
        table = tables[state.table] if state.table else None
        return n.Decide(key, state.title, state.phase, table, within=within)
    if isinstance(state, AutomaticDefinition):
        arguments, sends = _expressions(state.with_), tuple(state.sends)
        meanwhile = boundaries(state.on)
        return n.Automatic(
            key, state.title, state.phase, state.does, arguments, sends, state.waits, meanwhile, within=within
        )
    if isinstance(state, WaitDefinition):
        answers = MappingProxyType({name: tuple(answer.asks) for name, answer in state.answers.items()})
        found, meanwhile = limit(state.limit), boundaries(state.on, state.limit)
        sends = tuple(state.sends)
        return n.Wait(
            key, state.title, state.phase, state.audience, found, sends, answers, meanwhile, within=within
        )
    if isinstance(state, EndDefinition):
        error = state.outcome if state.ends == "error" else ""
        return n.End(key, state.title, state.outcome, tuple(state.sends), state.ends, error, within=within)
    return _several(key, state, tables, within, prefix)


def _several(
    key: str,
    state: ParallelDefinition | SubflowDefinition | JointDefinition,
    tables: Mapping[str, Askable],
    within: str,
    prefix: str,
) -> n.AnyNode:
    meanwhile = boundaries(state.on)
    if isinstance(state, ParallelDefinition):
        return n.Body(key, state.title, state.phase, meanwhile, within=within)
    if isinstance(state, SubflowDefinition):
        own, given = state.calls is not None, _expressions(state.with_)
        return n.Body(key, state.title, state.phase, meanwhile, own=own, given=given, within=within)
    each = _each(state, tables)
    if state.task is None:
        return n.Body(key, state.title, state.phase, meanwhile, each, within=within)
    late = state.task.limit
    return _task(key, state, late=late, meanwhile=meanwhile, within=within, prefix=prefix, each=each)


def _task(
    key: str,
    state: TaskDefinition | JointDefinition,
    *,
    late: LimitDefinition | None,
    meanwhile: Mapping[str, n.Boundary],
    within: str,
    prefix: str,
    each: n.Each | None = None,
) -> n.Task:
    work: TaskDefinition | JointTaskDefinition = state if isinstance(state, TaskDefinition) else _work(state)
    steps = {name: _action(name, action) for name, action in work.actions.items() if action.kind == "step"}
    supplements = [
        n.Supplement(name, action.title, tuple(action.asks), action.reason, action.style, action.once)
        for name, action in work.actions.items()
        if action.kind == "supplement"
    ]
    return n.Task(
        key,
        state.title,
        state.phase,
        role=work.role,
        unit=unit_source(work.unit),
        limit=limit(late),
        distinct_from=tuple(prefix + name for name in work.distinct_from),
        form=work.form,
        actions=MappingProxyType(steps),
        supplement=supplements[0] if supplements else None,
        boundaries=meanwhile,
        each=each,
        within=within,
    )


def _work(state: JointDefinition) -> JointTaskDefinition:
    if state.task is None:
        raise KeyError("task")
    return state.task


def _each(state: JointDefinition, tables: Mapping[str, Askable]) -> n.Each:
    who = state.departments
    policy = n.Policy(
        state.policy,
        needed=feel.expression(state.needed) if state.needed else None,
        consents=frozenset(state.consents),
        lead=feel.expression(state.lead) if state.lead else None,
        silence=state.silence,
    )
    return n.Each(
        ONE,
        of=feel.expression(who.of) if who.of else None,
        table=tables[who.table] if who.table else None,
        output=who.output,
        sequential=state.in_turn,
        policy=policy,
    )


def boundaries(on: Events, late: LimitDefinition | None = None) -> Mapping[str, n.Boundary]:
    """What may happen meanwhile, and what happens when the limit passes."""
    found = {key: _boundary(key, event) for key, event in on.items()}
    if late is not None and late.on_expiry is not None:
        delay = n.Delay(limit(late))
        found[EXPIRY] = n.Boundary(EXPIRY, "timer", late.on_expiry.title, delay)
    return MappingProxyType(found)


def _boundary(key: str, event: EventDefinition) -> n.Boundary:
    sends = () if event.to else tuple(event.sends)
    if event.message is not None:
        return n.Boundary(key, "message", event.title, None, event.message, event.interrupts, sends)
    if event.error is not None:
        name = "" if event.error == "any" else event.error
        return n.Boundary(key, "error", event.title, None, name, event.interrupts, sends)
    delay = n.Delay(_amount(event.after), feel.expression(event.at) if event.at else None)
    return n.Boundary(key, "timer", event.title, delay, "", event.interrupts, sends)


def limit(written: LimitDefinition | None) -> n.Limit | None:
    """A limit as the graph has it."""
    if written is None:
        return None
    ((unit, amount),) = written.amounts.items()
    return n.Limit(amount, unit, written.kind, written.basis, written.hours)


def _amount(written: Amount | None) -> n.Limit | None:
    if written is None:
        return None
    ((unit, amount),) = written.amounts.items()
    return n.Limit(amount, unit, hours=written.hours)


def _action(key: str, action: ActionDefinition) -> n.Action:
    when = feel.expression(action.when) if action.when else None
    asks = tuple(action.asks)
    return n.Action(
        key, action.title, asks, action.reason, action.style, when, action.marks, action.outcome,
        action.closed,
    )  # fmt: skip


def unit_source(text: str) -> n.UnitSource:
    """How the unit of a task is found: a rule by name, ``= expression``, or a unit's code.

    Raises:
        feel.SyntaxFault: what follows ``=`` is no FEEL.
    """
    if text in {n.UnitRule.ITEM_UNIT.value, n.UnitRule.AREA_SUBDISTRICT.value}:
        return n.UnitSource(n.UnitRule(text))
    if text.startswith("="):
        return n.UnitSource(n.UnitRule.EXPRESSION, expression=feel.expression(text[1:]))
    return n.UnitSource(n.UnitRule.CODE, code=text)


def _expressions(written: Mapping[str, str]) -> Mapping[str, feel.Expression]:
    return MappingProxyType({name: feel.expression(source) for name, source in written.items()})
