"""Telling people what happened to their case, with the step that makes it happen."""

from __future__ import annotations

from typing import Any

from yizhan.cases.models import Case
from yizhan.cases.step import Step
from yizhan.forms.paths import get
from yizhan.identity.models import Account
from yizhan.notices import sending
from yizhan.notices.recipients import Recipient
from yizhan.notices.wording import Wordings
from yizhan.releases.models import definition, release

_PAGE = "portal:case"
GIVEN = frozenset({"number", "item", "name", "reason"})
"""What every message of a case may use."""
RECEIVERS = frozenset({"applicant", "agent"})


def paper_message(use: str) -> str:
    """The message that tells that a paper is there, such as ``paper_granted``."""
    return f"paper_{use}"


def message(step: Step, template: str, *, to: str = "applicant", **values: Any) -> None:
    """Send a message of the pack to the applicant or whoever applies for them.

    Args:
        template: the key in the pack's ``messages.yaml``; one that the pack does not have is not sent.
        to: ``applicant`` or ``agent``.
        values: for its places, beside those of ``GIVEN``.
    """
    wanted = _parameters(step.case.release_id, template)
    recipient = recipient_of(step.case, to)
    if wanted is None or recipient is None:
        return
    known = {
        "number": step.case.number,
        "item": str(step.item.title),
        "name": step.case.subject_name,
        "reason": step.reason,
        **values,
    }
    sending.send(
        recipient,
        step.case.release_id,
        template,
        {key: known[key] for key in wanted},
        key=f"case:{step.case.number}/{step.rev}/{template}/{to}",
        subject=f"case:{step.case.number}",
        link=(_PAGE, step.case.number),
        units=step.case.units,
    )


def recipient_of(case: Case, to: str) -> Account | Recipient | None:
    """Who is told: the account that applied, else the telephone that was given; nobody else."""
    if to not in RECEIVERS:
        return None
    if to == "applicant" and case.applicant is not None:
        return Account.objects.filter(id=case.applicant).first()
    phone = get(case.data, "agent.phone") if to == "agent" else None
    phone = phone or get(case.data, "applicant.phone")
    return Recipient(phone=str(phone)) if phone else None


def _parameters(release_id: int, template: str) -> list[str] | None:
    if "messages" not in release(release_id).keys("messages"):
        return None
    messages = definition(release_id, "messages", "messages", Wordings).messages
    return [one.key for one in messages[template].parameters] if template in messages else None
