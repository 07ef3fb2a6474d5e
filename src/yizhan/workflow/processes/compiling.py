"""From the simple notation to the graph 编译."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from yizhan import feel
from yizhan.workflow.facts import FactType
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes.definition import (
    ActionDefinition,
    Ask,
    AutomaticDefinition,
    DecisionDefinition,
    EndDefinition,
    FlowDefinition,
    LimitDefinition,
    StateDefinition,
    TaskDefinition,
    WaitDefinition,
)
from yizhan.workflow.tables.definition import TableDefinition
from yizhan.workflow.tables.table import Table

_ASKED_TYPES: Mapping[str, FactType] = {
    "text": "string",
    "choice": "string",
    "money": "number",
    "date": "date",
}


def compile(definition: FlowDefinition, tables: Mapping[str, Table]) -> g.Graph:
    """The graph of a process that was checked.

    Args:
        definition: one that ``checking.problems`` found without errors.
        tables: the decision tables it names, by key.

    Raises:
        KeyError: a table it names is not given, or a state is not there.
        feel.SyntaxFault: an expression is no FEEL; checking tells all such places at once.
    """
    nodes: dict[str, g.AnyNode] = {g.START: g.Start(g.START, definition.title)}
    nodes |= {key: _node(key, state, tables) for key, state in definition.states.items()}
    ways = [arrow for key, state in definition.states.items() for arrow in _arrows(key, state)]
    for place in (definition.start, *(arrow.target for arrow in ways)):
        nodes[place]
    return g.Graph(
        key=definition.key,
        title=definition.title,
        nodes=MappingProxyType(nodes),
        arrows=(g.Arrow(g.START, definition.start), *ways),
        facts=MappingProxyType(dict(definition.facts)),
        remembered=MappingProxyType(remembered(definition, {key: tables[key].definition for key in tables})),
        withdrawal=definition.withdrawal,
    )


def unit_source(text: str) -> g.UnitSource:
    """How the unit of a task is found: a rule by name, ``= expression``, or a unit's code.

    Raises:
        feel.SyntaxFault: what follows ``=`` is no FEEL.
    """
    if text in {g.UnitRule.ITEM_UNIT.value, g.UnitRule.AREA_SUBDISTRICT.value}:
        return g.UnitSource(g.UnitRule(text))
    if text.startswith("="):
        return g.UnitSource(g.UnitRule.EXPRESSION, expression=feel.expression(text[1:]))
    return g.UnitSource(g.UnitRule.CODE, code=text)


def remembered(
    definition: FlowDefinition, tables: Mapping[str, TableDefinition]
) -> dict[str, Mapping[str, g.Remembered]]:
    """What each state leaves behind for later conditions, with its type."""
    found: dict[str, Mapping[str, g.Remembered]] = {}
    for key, state in definition.states.items():
        left: dict[str, g.Remembered] = {}
        if isinstance(state, TaskDefinition):
            left = _asked((ask for action in state.actions.values() for ask in action.asks), "action")
        elif isinstance(state, WaitDefinition):
            left = _asked((ask for answer in state.answers.values() for ask in answer.asks), "answer")
        elif isinstance(state, DecisionDefinition):
            table = tables.get(state.table or "")
            left = {"verdict": g.Remembered("string"), **(_concluded(table) if table else {})}
        found[key] = MappingProxyType(left)
    return {key: left for key, left in found.items() if left}


def _asked(asks: Iterable[Ask], by: str) -> dict[str, g.Remembered]:
    return {by: g.Remembered("string"), **{ask.key: g.Remembered(_ASKED_TYPES[ask.kind]) for ask in asks}}


def _concluded(table: TableDefinition) -> dict[str, g.Remembered]:
    if table.aggregation == "count":
        return {column.name: g.Remembered("integer") for column in table.outputs}
    many = table.hit_policy == "C" and table.aggregation is None
    return {column.name: g.Remembered(column.type, many) for column in table.outputs}


def _node(key: str, state: StateDefinition, tables: Mapping[str, Table]) -> g.AnyNode:
    if isinstance(state, TaskDefinition):
        return _task(key, state)
    if isinstance(state, DecisionDefinition):
        return g.Decide(key, state.title, state.phase, tables[state.table] if state.table else None)
    if isinstance(state, AutomaticDefinition):
        arguments = {name: feel.expression(source) for name, source in state.with_.items()}
        frozen = MappingProxyType(arguments)
        return g.Automatic(key, state.title, state.phase, state.does, frozen, tuple(state.sends))
    if isinstance(state, WaitDefinition):
        answers = MappingProxyType({name: tuple(answer.asks) for name, answer in state.answers.items()})
        limit = _limit(state.limit)
        return g.Wait(key, state.title, state.phase, state.audience, limit, tuple(state.sends), answers)
    return g.End(key, state.title, state.outcome, tuple(state.sends))


def _task(key: str, state: TaskDefinition) -> g.Task:
    steps = {name: _action(name, action) for name, action in state.actions.items() if action.kind == "step"}
    supplement = next(
        (
            g.Supplement(name, action.title, tuple(action.asks), action.reason, action.style, action.once)
            for name, action in state.actions.items()
            if action.kind == "supplement"
        ),
        None,
    )
    return g.Task(
        key,
        state.title,
        state.phase,
        role=state.role,
        unit=unit_source(state.unit),
        limit=_limit(state.limit),
        distinct_from=tuple(state.distinct_from),
        form=state.form,
        actions=MappingProxyType(steps),
        supplement=supplement,
    )


def _action(key: str, action: ActionDefinition) -> g.Action:
    when = feel.expression(action.when) if action.when else None
    asks = tuple(action.asks)
    return g.Action(key, action.title, asks, action.reason, action.style, when, action.marks, action.outcome)


def _limit(limit: LimitDefinition | None) -> g.Limit | None:
    if limit is None:
        return None
    amounts = {
        "working_days": limit.working_days,
        "natural_days": limit.natural_days,
        "duty_hours": limit.duty_hours,
    }
    unit, amount = next((unit, amount) for unit, amount in amounts.items() if amount is not None)
    return g.Limit(amount, unit, limit.kind, limit.basis, expires=limit.on_expiry is not None)


def _arrows(key: str, state: StateDefinition) -> Iterator[g.Arrow]:
    if isinstance(state, EndDefinition):
        return
    if isinstance(state, AutomaticDefinition):
        yield g.Arrow(key, state.to, marks=state.marks, outcome=state.outcome)
    elif isinstance(state, DecisionDefinition):
        for number, case in enumerate(state.cases):
            condition = feel.expression(case.when)
            yield g.Arrow(key, case.to, g.Via.CASE, str(number), case.title, condition)
        if state.otherwise:
            yield g.Arrow(key, state.otherwise, g.Via.OTHERWISE)
    else:
        via = g.Via.ACTION if isinstance(state, TaskDefinition) else g.Via.ANSWER
        ways = state.actions if isinstance(state, TaskDefinition) else state.answers
        for by, way in ways.items():
            if way.to:
                sends = tuple(way.sends)
                yield g.Arrow(
                    key, way.to, via, by, way.title, marks=way.marks, outcome=way.outcome, sends=sends
                )
        if state.limit and state.limit.on_expiry:
            late = state.limit.on_expiry
            yield g.Arrow(
                key,
                late.to,
                g.Via.EXPIRY,
                title=late.title,
                marks=late.marks,
                outcome=late.outcome,
                sends=tuple(late.sends),
            )
