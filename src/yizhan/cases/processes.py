"""The process of a case: its graph, where the case stands in it, and the facts its conditions see."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Any

from yizhan.cases.models import Case, Scope, Token
from yizhan.cases.step import Step
from yizhan.forms.paths import get
from yizhan.releases.models import definition, release
from yizhan.workflow.processes import compiling
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.situation import Ending, Mark, Situation, TokenState
from yizhan.workflow.processes.situation import Scope as ScopeValue
from yizhan.workflow.processes.situation import Token as TokenValue
from yizhan.workflow.tables.definition import TableDefinition
from yizhan.workflow.tables.table import Table


@lru_cache(maxsize=1024)
def graph(release_id: int, process: str) -> Graph:
    """The compiled process of a release; kept, since releases never change."""
    written = definition(release_id, "process", process, FlowDefinition)
    tables = {key: table(release_id, key) for key in release(release_id).keys("table")}
    return compiling.compile(written, tables)


@lru_cache(maxsize=1024)
def table(release_id: int, key: str) -> Table:
    """A compiled decision table of a release."""
    return Table(definition(release_id, "table", key, TableDefinition))


def situation(case: Case) -> Situation:
    """Where a case stands, from its rows."""
    marks: dict[str, Any] = case.marks
    if not marks:
        return Situation()
    return Situation(
        tokens=tuple(
            TokenValue(t.number, t.scope, t.node, TokenState(t.state), t.count, t.needed)
            for t in sorted(case.tokens.all(), key=lambda token: token.number)
        ),
        scopes=tuple(
            ScopeValue(s.number, s.parent, s.node, s.kind, s.policy, tuple(s.expected), s.done)
            for s in sorted(case.scopes.all(), key=lambda scope: scope.number)
            if s.closed_at is None
        ),
        marks=tuple(Mark(**mark) for mark in marks["marks"]),
        data=MappingProxyType({node: MappingProxyType(dict(left)) for node, left in marks["data"].items()}),
        last=marks["last"],
        ending=Ending(**marks["ending"]) if marks["ending"] else None,
    )


def write(step: Step, before: Situation, after: Situation) -> None:
    """Bring the case's rows from one situation to the next."""
    case = step.case
    stands = {token.id for token in after.tokens}
    stood = {token.id for token in before.tokens}
    Token.objects.filter(case=case, number__in=stood - stands).delete()
    Token.objects.bulk_create(
        Token(
            case=case, number=t.id, scope=t.scope, node=t.node, state=t.state, count=t.count, needed=t.needed
        )
        for t in after.tokens
        if t.id not in stood
    )
    known, open_ = {scope.id for scope in before.scopes}, {scope.id for scope in after.scopes}
    Scope.objects.filter(case=case, number__in=known - open_).update(closed_at=step.at)
    Scope.objects.bulk_create(
        Scope(
            case=case,
            number=s.id,
            parent=s.parent,
            node=s.node,
            kind=s.kind,
            policy=s.policy,
            expected=list(s.expected),
            done=s.done,
        )
        for s in after.scopes
        if s.id not in known
    )
    plain = after.plain()
    case.marks = {key: plain[key] for key in ("marks", "data", "last", "ending")}


def facts(step: Step) -> dict[str, Any]:
    """What conditions and tables may use, by name: filed facts of the registers, answers of the form."""
    filing = step.filing
    known: dict[str, Any] = {}
    for wanted in step.item.inputs:
        if wanted.fact is not None:
            known[wanted.name] = filing.facts.get(wanted.fact, {}).get("value")
        elif wanted.path is not None:
            known[wanted.name] = get(filing.data, wanted.path)
    return known
