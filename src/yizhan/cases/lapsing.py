"""What was granted and holds no longer 失效; a room above says when, such as payments when an allowance ends."""

from __future__ import annotations

import uuid
from datetime import date

from yizhan.cases import follow_ups
from yizhan.cases.models import Case, Lapse
from yizhan.cases.step import Step, take
from yizhan.identity.actor import Actor
from yizhan.releases.words import Text


def lapse(number: str, *, on: date, why: Text, by: Actor, command: uuid.UUID) -> None:
    """The decision of a case is in force no longer; where that was said already, nothing changes.

    Args:
        number: the case.
        on: the day on which it happened.
        why: in a word, as residents read it.
        by: who says so.
        command: the command's id; the same id again changes nothing.

    Raises:
        Case.DoesNotExist: the scope shows no such case.
    """

    def do(step: Step) -> None:
        if _live(step.case) is not None:
            return
        words = why.model_dump()
        Lapse.objects.create(case=step.case, rev=step.rev, at=step.at, by=step.who, on=on, why=words)
        step.note(reasons=[words], on=on.isoformat())
        follow_ups.end_open(step)
        step.news("case.lapsed", on=on.isoformat())

    take(_id(number), by=by, command=command, kind="case.lapsed", do=do)


def take_back(number: str, *, by: Actor, command: uuid.UUID) -> None:
    """What was said to have lapsed holds after all.

    Raises:
        Case.DoesNotExist: the scope shows no such case.
    """

    def do(step: Step) -> None:
        live = _live(step.case)
        if live is None:
            return
        live.undone_at = step.at
        live.save(update_fields=["undone_at"])
        follow_ups.again(step)
        step.news("case.in_force_again")

    take(_id(number), by=by, command=command, kind="case.in_force_again", do=do)


def _live(case: Case) -> Lapse | None:
    return Lapse.objects.filter(case=case, undone_at=None).first()


def _id(number: str) -> int:
    return Case.objects.only("id").get(number=number).pk
