"""What leaves with a step and is done afterwards: the papers of a case."""

from __future__ import annotations

import uuid

from yizhan.cases import paper_data, sending, suspending
from yizhan.cases.models import Case, Decision
from yizhan.cases.paper_data import SUSPENDED
from yizhan.cases.step import Step, take
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

_DECIDED = frozenset({"granted", "refused"})


@outbox.handles("case.paper")
def make_paper(errand: outbox.Errand) -> None:
    """Make a paper of a case, then report back as a command: what was made is part of the proof.

    Of a decision that was set aside before its turn came none is made: the next one brings its own.
    """
    case = Case.objects.select_related("item").get(id=errand.body["case"])
    if _set_aside(case, errand):
        return
    template, outcome = errand.body["template"], errand.body["outcome"]
    unit = Unit.objects.get(code=case.unit)
    wanted = definition(case.release_id, "paper", template, Document)
    known = paper_data.of(case, errand.body)
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
        if outcome in _DECIDED:
            Decision.objects.filter(case=case).update(paper=paper.id)
        if outcome == SUSPENDED:
            suspending.told_by(case, errand.body["about"], paper.number)
        sending.message(step, sending.paper_message(outcome), title=paper.title)

    take(case.id, by=HOUSE, command=uuid.uuid5(_NAMES, errand.key), kind="paper.made", do=report)


def _set_aside(case: Case, errand: outbox.Errand) -> bool:
    """Whether the paper tells of a decision that no longer stands: the case was reopened, perhaps decided anew."""
    told = errand.body
    if told["outcome"] not in _DECIDED:
        return False
    decision: Decision | None = getattr(case, "decision", None)
    decided_later = decision is not None and decision.rev != told.get("rev", decision.rev)
    return case.outcome != told["outcome"] or decided_later
