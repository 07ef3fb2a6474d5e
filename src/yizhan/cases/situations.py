"""Where a case stands in its process 处境, read from its rows and written to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, cast

from yizhan.cases.models import Case, Scope, Token
from yizhan.cases.step import Step
from yizhan.database.rows import new
from yizhan.workflow.processes.situation import Ending, Mark, ScopeKind, Situation
from yizhan.workflow.processes.situation import Scope as ScopeValue
from yizhan.workflow.processes.situation import Token as TokenValue


def standing(step: Step) -> Situation:
    """Where the case of a step stands, as far as the step has come."""
    if step.situation is not None:
        return step.situation
    if step.found is not None:
        return _situation(step.case, step.found.tokens, step.found.scopes)
    return situation(step.case)


def situation(case: Case) -> Situation:
    """Where a case stands, from its rows."""
    return _situation(case, case.tokens.all(), case.scopes.all() if case.marks.get("inner") else ())


def _situation(case: Case, tokens: Iterable[Token], scopes: Iterable[Scope]) -> Situation:
    marks: dict[str, Any] = case.marks
    if not marks:
        return Situation()
    inner = sorted(scopes, key=lambda scope: scope.number)
    process = ScopeValue(marks["process"], None, "", outcome=marks["outcome"], data=_frozen(marks["data"]))
    return Situation(
        tokens=tuple(
            TokenValue(t.number, t.scope, t.node, t.index, t.came)
            for t in sorted(tokens, key=lambda token: token.number)
        ),
        scopes=(process, *(_value(scope) for scope in inner if scope.closed_at is None)),
        marks=tuple(Mark(**mark) for mark in marks["marks"]),
        last=marks["last"],
        ending=Ending(**marks["ending"]) if marks["ending"] else None,
    )


def write(step: Step, before: Situation, after: Situation, closed: Sequence[ScopeValue] = ()) -> None:
    """Bring the case's rows from one situation to the next; ``closed``: the scopes that ended, as they ended."""
    case = step.case
    stands = {token.id for token in after.tokens}
    stood = {token.id for token in before.tokens}
    gone = stood - stands
    if gone:
        step.sheet.take_tokens(gone)
    for t in after.tokens:
        if t.id not in stood:
            step.sheet.add(
                new(
                    Token,
                    case_id=case.pk,
                    number=t.id,
                    scope=t.scope,
                    node=t.node,
                    index=t.index,
                    came=t.came,
                )
            )
    step.situation = after
    process, *inner = after.scopes
    _write_scopes(step, before.scopes[1:], inner)
    _write_last(step, before.scopes[1:], closed)
    plain = replace(after, tokens=(), scopes=(process,)).plain()  # the others have rows of their own
    case.marks = {
        "process": process.id,
        "outcome": process.outcome,
        "data": plain["scopes"][0]["data"],
        "inner": len(inner),
        **{key: plain[key] for key in ("marks", "last", "ending")},
    }


def _write_scopes(step: Step, before: Sequence[ScopeValue], after: Sequence[ScopeValue]) -> None:
    """The scopes within the process; the process itself stands in the case's own row."""
    known = {scope.id: scope for scope in before}
    closed = known.keys() - {scope.id for scope in after}
    if closed:
        step.sheet.close_scopes(closed)
    for scope in after:
        if scope.id not in known:
            step.sheet.add(_row(step.case, scope))
        elif scope != known[scope.id]:
            step.sheet.change_scope(scope.id, **_changing(scope))


def _write_last(step: Step, before: Sequence[ScopeValue], closed: Sequence[ScopeValue]) -> None:
    """What ended scopes still took up in their last step, such as the answer that was enough."""
    known = {scope.id: scope for scope in before}
    for scope in closed:
        if scope.id in known and scope != known[scope.id]:
            step.sheet.change_scope(scope.id, **_changing(scope))


def _row(case: Case, scope: ScopeValue) -> Scope:
    row: Scope = new(
        Scope,
        case=case,
        number=scope.id,
        parent=scope.parent or 0,
        node=scope.node,
        token=scope.token,
        kind=scope.kind,
        index=scope.index,
        **_changing(scope),
    )
    return row


def _changing(scope: ScopeValue) -> dict[str, Any]:
    data = {node: dict(left) for node, left in scope.data.items()}
    lists = {"expected": list(scope.expected), "gone": list(scope.gone)}
    return {**lists, "outcome": scope.outcome, "data": data}


def _value(scope: Scope) -> ScopeValue:
    return ScopeValue(
        scope.number,
        scope.parent,
        scope.node,
        token=scope.token,
        kind=cast(ScopeKind, scope.kind),
        index=scope.index,
        expected=tuple(scope.expected),
        gone=tuple(scope.gone),
        outcome=scope.outcome,
        data=_frozen(scope.data),
    )


def _frozen(data: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    return MappingProxyType({node: MappingProxyType(dict(left)) for node, left in data.items()})
