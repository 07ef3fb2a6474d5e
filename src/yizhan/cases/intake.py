"""Handing in: a draft becomes a case, once."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.cases import attachments, in_the_way, ledger, motion, numbering, reading, subjects
from yizhan.cases.drafts import Desk
from yizhan.cases.models import Case, Draft, Filing, Status
from yizhan.cases.refusals import AlreadyThere, Incomplete, NotNow
from yizhan.cases.step import Answer, Step
from yizhan.forms.paths import get
from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit
from yizhan.registry.purposes import ForCase, Own

SUBMITTED = "case.submitted"
_PHONES = ("applicant.phone", "agent.phone")


def submit(desk: Desk, *, by: Actor, command: uuid.UUID) -> str:
    """Hand a draft in; the number of the case. The same command again gives the same number.

    Raises:
        Incomplete: the form has faults; nothing was handed in, the draft is kept.
        NotNow: the draft was handed in already under another command.
        AlreadyThere: an earlier case stands in the way; the draft is kept.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(id=desk.draft.id)
        known = ledger.answered(command, actor=by.key, kind=SUBMITTED)
        if known is not None:
            return str(known["number"])
        if draft.submitted_as:
            raise NotNow(_("这份申请已经提交，受理编号 %(number)s。") % {"number": draft.submitted_as})
        in_the_way.one_by_one(draft.item_id, draft.subject)
        if (earlier := desk.earlier) is not None:
            raise AlreadyThere(earlier)
        data = _settled(desk)
        case = _open(desk, data, by)
        found = reading.opened(case, command)
        step = Step(case, by=by, command=command, kind=SUBMITTED, found=found)
        answer: Answer = {"number": case.number, "case": case.id}
        _file(step, desk, data)
        step.note(channel=case.channel, item=case.item_id, release=case.release_id)
        step.news("case.received")
        motion.begin(step)
        attachments.bind(desk, case)
        step.finish(answer)
        draft.submitted_as = case.number
        draft.save(update_fields=["submitted_as"])
        return case.number


def _settled(desk: Desk) -> dict[str, Any]:
    data = desk.form.settled(desk.draft.data, desk.conditions, prefill=desk.prefill)
    faults = desk.form.validate(data, desk.conditions, prefill=desk.prefill)
    if faults:
        raise Incomplete([(fault.path, fault.words) for fault in faults])
    return data


def _open(desk: Desk, data: dict[str, Any], by: Actor) -> Case:
    now = clock.now()
    purpose = Own() if by.is_citizen else ForCase(f"draft {desk.draft.id}")
    about = subjects.about(desk.draft.subject, purpose=purpose)
    phone = next((str(phone) for path in _PHONES if (phone := get(data, path))), "")
    unit = Unit.objects.get(code=desk.item.unit)
    case = Case(
        number=numbering.case_number(now.date()),
        serial=numbering.case_serial(unit.uscc, desk.item.level, desk.item.basic_code, now.date()),
        item_id=desk.item.code,
        release_id=desk.draft.release_id,
        process=desk.item.handling.process,
        status=Status.RECEIVED,
        channel="window" if by.is_staff else "online",
        subject=desk.draft.subject,
        subject_name=about.name,
        document=about.document,
        applicant=by.account_id if by.is_citizen else None,
        received_by=by.account_id if by.is_staff else None,
        tails=sorted({tail[-4:] for tail in (phone, *about.known_only_to_them) if len(tail) >= 4}),
        unit=unit.code,
        area=about.area,
        # The window first, if there is one; the unit that answers for the item in every case, also where
        # rules decide on the spot and nobody there ever has a task.
        units=list(dict.fromkeys([*([by.unit] if by.is_staff else []), unit.code])),
        data=data,
        opened_at=now,
    )
    case.save(force_insert=True)
    return case


def _file(step: Step, desk: Desk, data: dict[str, Any]) -> None:
    filing = Filing(
        case=step.case,
        rev=step.rev,
        form=desk.form.key,
        data=data,
        facts=desk.snapshot,
        by=step.who,
        at=step.at,
    )
    step.filing = filing
    step.sheet.add(filing)
