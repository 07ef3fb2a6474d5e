"""Handing in: a draft becomes a case, once."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan.cases import attachments, holdings_used, in_the_way, ledger, opening
from yizhan.cases.drafts import Desk
from yizhan.cases.models import Draft
from yizhan.cases.opening import Opening
from yizhan.cases.refusals import AlreadyThere, Incomplete, NotNow
from yizhan.identity.actor import Actor
from yizhan.registry.purposes import ForCase, Own

SUBMITTED = "case.submitted"


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
        case = opening.open_(_opening(desk, by), by=by, command=command, kind=SUBMITTED)
        attachments.bind(desk, case)
        holdings_used.note(desk, case, by=by)
        draft.submitted_as = case.number
        draft.save(update_fields=["submitted_as"])
        return case.number


def _opening(desk: Desk, by: Actor) -> Opening:
    return Opening(
        item=desk.item,
        release_id=desk.draft.release_id,
        subject=desk.draft.subject,
        channel="window" if by.is_staff else "online",
        form=desk.form.key,
        data=_settled(desk),
        facts=desk.snapshot,
        purpose=Own() if by.is_citizen else ForCase(f"draft {desk.draft.id}"),
        applicant=by.account_id if by.is_citizen else None,
        received_by=by.account_id if by.is_staff else None,
    )


def _settled(desk: Desk) -> dict[str, Any]:
    data = desk.form.settled(desk.draft.data, desk.conditions, prefill=desk.prefill)
    faults = desk.faults(data)
    if faults:
        raise Incomplete([(fault.path, fault.words) for fault in faults])
    return data
