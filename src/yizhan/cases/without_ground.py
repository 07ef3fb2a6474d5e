"""Ending by the house what it opened itself 依职权终止: the decision that it looks at again holds no longer."""

from __future__ import annotations

import uuid

from yizhan import clock
from yizhan.cases import follow_ups, motion, sending
from yizhan.cases.models import Case, FollowUp, Lapse
from yizhan.cases.step import Step, take
from yizhan.identity.actor import HOUSE
from yizhan.journal import access, outbox
from yizhan.releases.words import Text
from yizhan.workflow.processes.events import Terminated

MESSAGE = "follow_up_ended"
WHY = Text(zh="原决定已不再有效，本件不再办理", en="The decision it looks at is no longer in force")
_NAMES = uuid.UUID("7f8d9c30-2f7c-4f0e-8a0b-64c1c1d0a6b4")  # ours; the command follows from the row

sending.announce(MESSAGE, sending.GIVEN)


@outbox.handles(follow_ups.TOPIC)
def end(errand: outbox.Errand) -> None:
    """End what is open after a decision that holds no longer; where it is in force again by now, nothing ends."""
    rows = FollowUp.objects.filter(origin=errand.body["case"], given_up_at=None).exclude(opened_as="")
    for row in rows.select_related("origin").order_by("id"):
        case = Case.objects.filter(number=row.opened_as, closed_at=None).only("id").first()
        if case is not None and not _in_force(row):
            with access.watching(HOUSE.viewer()):
                _end(row, case.pk)


def _in_force(row: FollowUp) -> bool:
    """Whether the decision holds, or is being looked into just now."""
    if row.origin.closed_at is None:
        return True
    return follow_ups.grounded(row) and not Lapse.objects.filter(case=row.origin, undone_at=None).exists()


def _end(row: FollowUp, case: int) -> None:
    def do(step: Step) -> None:
        step.reason = WHY.zh
        step.note(reasons=[WHY.model_dump()], origin=row.origin.number)
        motion.move(step, Terminated())
        sending.message(step, MESSAGE)

    command = uuid.uuid5(_NAMES, str(row.pk))
    take(case, by=HOUSE, command=command, kind="case.terminated", do=do)
    FollowUp.objects.filter(id=row.pk).update(given_up_at=clock.now())
