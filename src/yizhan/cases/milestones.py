"""The moments the law notices: accepted, not accepted, decided, closed. Each is a row."""

from __future__ import annotations

from typing import Any

from yizhan.cases import deciders, follow_ups, issuing, processes
from yizhan.cases.deciders import Decider
from yizhan.cases.models import Acceptance, Closure, Decision, Status
from yizhan.cases.step import Step
from yizhan.database.rows import new
from yizhan.workflow.facts import plain
from yizhan.workflow.processes.situation import Mark


def reached(step: Step, mark: Mark, by: str) -> None:
    """The process passed a moment; ``by`` is what took it there: an action, or the process itself."""
    if mark.name == "accepted":
        _accepted(step)
    elif mark.name == "decided":
        _decided(step, mark.outcome or "", deciders.of(step, by))


def _accepted(step: Step) -> None:
    step.sheet.add(new(Acceptance, case=step.case, rev=step.rev, at=step.at, by=step.who))
    step.case.status, step.case.accepted_at = Status.ACCEPTED, step.counted_from or step.at
    step.news("case.accepted")
    issuing.paper(step, "acceptance")


def _decided(step: Step, outcome: str, decider: Decider | None) -> None:
    made = new(
        Decision,
        case=step.case,
        rev=step.rev,
        at=step.at,
        by=decider.who if decider else "",
        outcome=outcome,
        reasons=_reasons(step, decider),
        automatic=decider is None,
        terms=_terms(step, outcome),
    )
    step.sheet.add(made)
    step.case.status, step.case.outcome, step.case.decided_at = Status.DECIDED, outcome, step.at
    step.news("case.decided", outcome=outcome, automatic=decider is None)
    issuing.paper(step, outcome, word=decider.key if decider else "")


def closed(step: Step, how: str, outcome: str) -> None:
    """The case has ended."""
    step.sheet.add(
        new(Closure, case=step.case, rev=step.rev, at=step.at, by=step.who, kind=how, words=step.reason)
    )
    if step.case.status != Status.DECIDED:
        step.case.outcome = outcome
        issuing.paper(step, outcome)
    step.case.status, step.case.closed_at = Status.CLOSED, step.at
    follow_ups.arm(step)
    step.news("case.closed", outcome=step.case.outcome, how=how)


def _reasons(step: Step, decider: Decider | None) -> list[dict[str, str]]:
    """Why it was decided so: the rules that held, or the words of whoever decided."""
    if decider is not None:
        return [{"words": decider.reason}] if decider.reason else []
    rules = [hit.because for decision in step.decisions for hit in decision.hits]
    return [{"zh": because.zh, "en": because.en} for because in rules]


def _terms(step: Step, outcome: str) -> dict[str, Any]:
    """What a positive decision fixes, such as the amount, each by its table."""
    if outcome != "granted":
        return {}
    facts = processes.facts(step)
    left = step.leads_to.scopes[0].data if step.leads_to and step.leads_to.scopes else {}
    terms: dict[str, Any] = {}
    for term in step.item.terms:
        if term.left is not None:
            state, _dot, value = term.left.partition(".")
            terms[term.name] = left.get(state, {}).get(value)
        elif term.table is not None and term.output is not None:
            decision = processes.table(step.case.release_id, term.table).decide(facts)
            terms[term.name] = plain(decision.outputs[term.output]) if decision.decided else None
            step.delta.setdefault("terms", []).append(decision.record())
    return terms
