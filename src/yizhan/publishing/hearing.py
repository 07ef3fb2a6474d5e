"""Hearing objections 异议转办: at once, with whoever hands one in; by the outbox where the case is in other hands then.

Both are the same command, so that what was heard at once is not heard again.
"""

from __future__ import annotations

import uuid

from django.db import DatabaseError, connection, transaction

from yizhan.cases import motion, sending, telling
from yizhan.cases.models import Task, TaskState
from yizhan.cases.refusals import NotNow, Refusal
from yizhan.cases.step import Step, take
from yizhan.identity.actor import HOUSE
from yizhan.journal import access, outbox, work
from yizhan.publishing.models import Hearing, Objection, PublicNotice
from yizhan.workflow.processes.events import Message

TOPIC = "notice.objection"
MESSAGE = "objection"
"""What a process awaits: ``on: {…: {message: objection}}``."""
AFTERWARDS = "objection_after_notice"
"""The message to officials, where the pack has it."""
_PATIENCE = "set local lock_timeout = '3s'"  # somebody may be stepping the case; no visitor waits for long
_NAMES = uuid.UUID("c1f9a1d4-52c0-4d5b-8a2e-7f4c0a6e9b35")  # ours; the command follows from the objection

sending.announce(AFTERWARDS, telling.GIVEN)


def at_once(notice: PublicNotice, objection: uuid.UUID) -> None:
    """Let the case hear it now, in the house's scope; if the case cannot be stepped now, the outbox tries again."""
    try:
        with transaction.atomic(), access.watching(HOUSE.viewer()):
            with connection.cursor() as cursor:
                cursor.execute(_PATIENCE)
            _hear(notice.case_id, objection)
            with connection.cursor() as cursor:
                cursor.execute("set local lock_timeout = default")
    except (DatabaseError, Refusal):
        work.log.exception("objection %s is not heard at once; the outbox will bring it", objection)
        outbox.put(TOPIC, {"case": notice.case_id, "objection": str(objection)}, key=_key(objection))


@outbox.handles(TOPIC)
def brought(errand: outbox.Errand) -> None:
    """What could not be heard at once."""
    _hear(errand.body["case"], uuid.UUID(errand.body["objection"]))


def _key(objection: uuid.UUID) -> str:
    return f"objection:{objection}"


def _hear(case: int, objection: uuid.UUID) -> None:
    """Let the process go where objections lead; where it awaits none, those who handle the case see it."""
    said = Objection.objects.select_related("notice").get(id=objection)
    command = uuid.uuid5(_NAMES, _key(objection))

    def lead(step: Step) -> None:
        if not _awaited(said):
            raise NotNow
        motion.move(step, Message(MESSAGE))
        _heard(step, said, Hearing.Way.LED)

    def join_or_tell(step: Step) -> None:
        joins = _awaited(said) and _looked_into(said)
        if not joins:
            _tell(step, said)
        _heard(step, said, Hearing.Way.JOINED if joins else Hearing.Way.TOLD)

    try:
        take(case, by=HOUSE, command=command, kind="notice.objection", do=lead)
    except Refusal:
        take(case, by=HOUSE, command=command, kind="notice.objection", do=join_or_tell)


def _heard(step: Step, said: Objection, way: Hearing.Way) -> None:
    step.note(objection=str(said.id), way=way.value)
    Hearing.objects.create(objection=said, way=way, at=step.at)


def _awaited(said: Objection) -> bool:
    """Whether something of the case was public when it was said, be it a later notice than the one it names."""
    shown = PublicNotice.objects.filter(case=said.notice.case_id, up_at__lte=said.at, ends_at__gt=said.at)
    return any(one.taken_down_at is None or one.taken_down_at > said.at for one in shown)


def _looked_into(said: Objection) -> bool:
    """Whether an earlier one led to a task that is still open: it is seen there."""
    earlier = Hearing.objects.filter(objection__notice__case=said.notice.case_id, way=Hearing.Way.LED)
    led = earlier.order_by("-at").first()
    tasks = Task.objects.filter(
        case=said.notice.case_id, audience="staff", state__in=[TaskState.OPEN, TaskState.HELD]
    )
    return led is not None and tasks.filter(opened_at=led.at).exists()


def _tell(step: Step, said: Objection) -> None:
    """Those who proposed what was shown, and those who have the case now."""
    staff = Task.objects.filter(case=step.case, audience="staff", queue__isnull=False)
    proposed = staff.filter(opened_at__lte=said.notice.up_at).order_by("-id")[:1]
    now = staff.filter(state=TaskState.OPEN).order_by("id")
    told: set[tuple[str, str]] = set()
    for task in (*proposed.select_related("queue"), *now.select_related("queue")):
        if task.queue is not None and (task.queue.role, task.unit) not in told:
            told.add((task.queue.role, task.unit))
            telling.tell(
                step,
                AFTERWARDS,
                role=task.queue.role,
                node=task.node,
                units=[step.units.any(task.unit)],
            )
