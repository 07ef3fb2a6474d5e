"""What leaves with a step and is done afterwards: the papers of a case."""

from __future__ import annotations

import uuid
from typing import Any

from yizhan.calendar.deadlines import day_of
from yizhan.cases import sending
from yizhan.cases.models import Case, Decision
from yizhan.cases.step import Step, take
from yizhan.forms.paths import get
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.journal import outbox
from yizhan.records import papers
from yizhan.records.documents import Document
from yizhan.records.papers import Holder
from yizhan.releases.models import definition

_NAMES = uuid.UUID(
    "1d9c2f0e-54c3-4a55-8f0a-2a7f7d3f6b21"
)  # ours; the reporting command follows from the errand

PAPER_DATA = frozenset(
    {
        "number", "name", "item", "received_on", "accepted_on", "decided_on", "reasons", "missing",
        "supplement_due", "basis", "review", "litigation", "account_tail", "bank",
    }
)  # fmt: skip
"""What every paper of a case may ask for, beside the terms that the decision fixed."""


@outbox.handles("case.paper")
def make_paper(errand: outbox.Errand) -> None:
    """Make a paper of a case, then report back as a command: what was made is part of the proof."""
    case = Case.objects.select_related("item").get(id=errand.body["case"])
    template, outcome = errand.body["template"], errand.body["outcome"]
    unit = Unit.objects.get(code=case.unit)
    wanted = definition(case.release_id, "paper", template, Document)
    known = _data(case)
    paper = papers.make(
        case.release_id,
        template,
        {one.key: known[one.key] for one in wanted.data if one.key in known},
        owner=f"case:{case.number}",
        issuer=unit.name,
        holder=Holder(key=case.subject, name=case.subject_name),
        account=case.holder,
        units=case.units,
        once=errand.key,
    )

    def report(step: Step) -> None:
        step.note(paper=str(paper.id), number=paper.number, template=template)
        if outcome in {"granted", "refused"}:
            Decision.objects.filter(case=case).update(paper=paper.id)
        sending.message(step, sending.paper_message(outcome), title=paper.title)

    take(case.id, by=HOUSE, command=uuid.uuid5(_NAMES, errand.key), kind="paper.made", do=report)


def _data(case: Case) -> dict[str, Any]:
    """What templates may ask for: ``PAPER_DATA`` and the terms."""
    decision: Decision | None = getattr(case, "decision", None)
    supplement = case.supplement
    item = case.item.definition
    return {
        "number": case.number,
        "name": case.subject_name,
        "item": item.title.zh,
        "received_on": day_of(case.opened_at),
        "accepted_on": day_of(case.accepted_at) if case.accepted_at else None,
        "decided_on": day_of(case.decided_at) if case.decided_at else None,
        "reasons": [one.get("zh") or one.get("words", "") for one in decision.reasons] if decision else [],
        **(decision.terms if decision else {}),
        "missing": [one["words"] for one in supplement.missing] if supplement else [],
        "supplement_due": supplement.due_on if supplement else None,
        "basis": [basis.law.zh for basis in item.basis],
        "review": item.remedies.review.zh,
        "litigation": item.remedies.litigation.zh,
        "account_tail": str(get(case.data, "account.number") or "")[-4:],
        "bank": get(case.data, "account.bank") or "",
    }
