"""What leaves with a step and is done afterwards: the files of a case's papers."""

from __future__ import annotations

import uuid

from yizhan.cases import issuing, sending, suspending
from yizhan.cases.models import Case, Decision
from yizhan.cases.paper_data import SUSPENDED
from yizhan.cases.step import Step, take
from yizhan.identity.actor import HOUSE
from yizhan.journal import outbox
from yizhan.records.models import Paper
from yizhan.seals import finishing

_NAMES = uuid.UUID(
    "1d9c2f0e-54c3-4a55-8f0a-2a7f7d3f6b21"
)  # ours; the reporting command follows from the errand

_DECIDED = frozenset({"granted", "refused"})


@outbox.handles(issuing.TOPIC)
def finish_paper(errand: outbox.Errand) -> None:
    """Set and seal a paper of a case, then report back as a command: what was made is part of the proof.

    Of a paper that was withdrawn before its turn came no file is made.

    Raises:
        yizhan.seals.finishing.NoSeal: the unit has no seal in use; tried again when it has.
    """
    case = Case.objects.select_related("item").get(id=errand.body["case"])
    paper = Paper.objects.select_related("withdrawal").get(id=errand.body["paper"])
    if not paper.in_force:
        return
    finishing.finish(paper)
    outcome = errand.body["outcome"]

    def report(step: Step) -> None:
        step.note(paper=str(paper.id), number=paper.number, template=errand.body["template"])
        if outcome in _DECIDED:
            Decision.objects.filter(case=case, rev=errand.body["rev"]).update(paper=paper.id)
        if outcome == SUSPENDED:
            suspending.told_by(case, errand.body["about"], paper.number)
        sending.message(step, sending.paper_message(outcome), title=paper.title)

    take(case.id, by=HOUSE, command=uuid.uuid5(_NAMES, errand.key), kind="paper.made", do=report)
