"""Papers of a case 文书签发: row, number and approval of the seal stand in the step's transaction, the file follows.

Whoever steps lets the seal of the case's unit come on the paper, and on nothing else: the approval names the digest
of what the paper says. Where a resident's own step is decided by the rules, the house approves: nobody lets a seal come
on a paper for herself.
"""

from __future__ import annotations

from typing import Any

from yizhan.cases import paper_data
from yizhan.cases.models import Case
from yizhan.cases.step import Step
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Unit
from yizhan.journal import outbox
from yizhan.records import papers
from yizhan.records.documents import Document
from yizhan.records.models import Paper
from yizhan.records.papers import Holder
from yizhan.releases.models import definition
from yizhan.seals import approvals

TOPIC = "case.paper"


def paper(step: Step, template: str, outcome: str, *, what: str = "", **about: Any) -> None:
    """Issue a paper with this step, once what it tells is written.

    Args:
        step: the step in the making.
        template: which of the pack's documents.
        outcome: what it tells of: ``granted``, ``supplement``, ``suspended`` …
        what: tells several of one outcome in one step apart.
        about: what it tells of in particular, such as which suspension.
    """
    key = f"{step.case.number}/{step.rev}/paper-{what or outcome}"
    body = {"template": template, "outcome": outcome, "rev": step.rev, **about}

    def issue() -> None:
        _forget(step.case)
        issued = issued_for(step.case, body, once=key, by=step.by, why=step.kind)
        outbox.put(
            TOPIC,
            {"case": step.case.pk, "number": step.case.number, **body, "paper": str(issued.pk)},
            key=key,
        )

    step.afterwards.append(issue)


def _forget(case: Case) -> None:
    """What was read before the step was written is read again."""
    for name in ("decision", "closure"):
        case._state.fields_cache.pop(name, None)
    getattr(case, "_prefetched_objects_cache", {}).clear()


def issued_for(case: Case, errand: dict[str, Any], *, once: str, by: Actor, why: str) -> Paper:
    """The paper that an errand asks for, with the approval of its seal; asked again it is the same.

    Raises:
        yizhan.records.documents.WrongData: the case does not know what the paper must say.
    """
    template = errand["template"]
    wanted = definition(case.release_id, "paper", template, Document)
    known = paper_data.of(case, errand)
    issued = papers.issue(
        case.release_id,
        template,
        {one.key: known[one.key] for one in wanted.data if one.key in known},
        owner=f"case:{case.number}",
        issuer=Unit.objects.get(code=case.unit).name,
        holder=Holder(key=case.subject, name=case.subject_name),
        account=case.holder,
        units=case.units,
        by=by.key,
        once=once,
    )
    approver = HOUSE if by.is_citizen else by
    approvals.give(issued, unit=case.unit, kind=wanted.seal, by=approver.key, why=why)
    return issued


def withdraw(step: Step, outcome: str, why: str) -> None:
    """The paper that told of an outcome does not hold any more, since that was set aside."""
    template = getattr(step.item.papers, outcome, None) if outcome else None
    if template is None:
        return
    owner = f"case:{step.case.number}"
    for one in Paper.objects.filter(owner=owner, document=template, withdrawal=None):
        papers.withdraw(one, by=step.by.key, reason=why[:400])
