"""Objections 异议: handed in by anybody while a notice is up; the process of the case hears of it."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.cases import motion
from yizhan.cases.models import Case
from yizhan.cases.refusals import Incomplete, NotNow, Refusal
from yizhan.cases.step import Step, take
from yizhan.cases.worded import worded
from yizhan.codes.typed import shown
from yizhan.identity import phone as phones
from yizhan.identity.actor import HOUSE
from yizhan.identity.faults import Refused
from yizhan.journal import outbox
from yizhan.publishing.models import Objection, PublicNotice
from yizhan.workflow.processes.events import Message

TOPIC = "notice.objection"
MESSAGE = "objection"
"""What a process awaits: ``on: {…: {message: objection}}``."""
SHORTEST, LONGEST = 10, 2000
_NAMES = uuid.UUID("c1f9a1d4-52c0-4d5b-8a2e-7f4c0a6e9b35")  # ours; the command follows from the objection


def object_to(notice: uuid.UUID, *, words: str, name: str, phone: str, key: uuid.UUID) -> None:
    """Hand in an objection; the same key again changes nothing. Name and telephone may be left out.

    Raises:
        Incomplete: the words are too few or too many, or the telephone cannot be one; nothing was kept.
        NotNow: the notice is not up any more.
    """
    said = worded(words, "words", _("请写明异议的内容"), longest=LONGEST)
    faults = (
        [] if len(said) >= SHORTEST else [("words", _("请写具体些，不少于 %(n)s 个字") % {"n": SHORTEST})]
    )
    number = _phone(phone, faults)
    if faults:
        raise Incomplete(faults)
    up = PublicNotice.objects.filter(id=notice, taken_down_at=None, ends_at__gt=clock.now()).first()
    if up is None:
        raise NotNow(_("这项公示已经结束，异议没有提交。仍有情况要反映的，请拨打监督电话或到街道办事处。"))
    made = Objection(id=key, notice=up, words=said, name=shown(name)[:60], phone=number, at=clock.now())
    Objection.objects.bulk_create([made], ignore_conflicts=True)
    outbox.put(TOPIC, {"case": up.case_id, "objection": str(key)}, key=f"objection:{key}")


def _phone(typed: str, faults: list[tuple[str, str]]) -> str:
    """The telephone, if one was given."""
    if not typed.strip():
        return ""
    try:
        return phones.normal(typed)
    except Refused as wrong:
        faults.append(("phone", str(wrong)))
        return ""


@outbox.handles(TOPIC)
def heard(errand: outbox.Errand) -> None:
    """Let the process go where objections lead; one that comes while an earlier is looked into is seen with it."""
    case = Case.objects.only("id").get(id=errand.body["case"])
    command = uuid.uuid5(_NAMES, errand.key)

    def go(step: Step) -> None:
        step.note(objection=errand.body["objection"])
        motion.move(step, Message(MESSAGE))

    def note(step: Step) -> None:
        step.note(objection=errand.body["objection"])

    try:
        take(case.id, by=HOUSE, command=command, kind="notice.objection", do=go)
    except Refusal:
        take(case.id, by=HOUSE, command=command, kind="notice.objection", do=note)
