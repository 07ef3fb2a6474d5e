"""Taking a case back 撤回."""

from __future__ import annotations

import uuid

from yizhan.cases import motion
from yizhan.cases.refusals import NotYours
from yizhan.cases.step import Answer, Step, take
from yizhan.identity.actor import Actor
from yizhan.workflow.processes.events import Withdrawn


def withdraw(case: int, *, by: Actor, command: uuid.UUID) -> Answer:
    """The applicant takes the case back, for as long as the process allows it.

    Raises:
        NotYours: not the applicant.
        Impossible: too late.
    """

    def do(step: Step) -> None:
        if not by.is_citizen:
            raise NotYours
        motion.move(step, Withdrawn())

    return take(case, by=by, command=command, kind="case.withdrawn", do=do)
