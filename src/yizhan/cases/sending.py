"""Telling people what happened to their case, with the step that makes it happen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from yizhan import clock
from yizhan.cases.models import Case
from yizhan.cases.step import Step
from yizhan.forms.paths import get
from yizhan.identity.models import Account
from yizhan.notices import sending
from yizhan.notices.recipients import Recipient
from yizhan.releases.words import Text

_PAGE = "portal:case"
GIVEN = frozenset({"number", "item", "name", "reason"})
"""What every message of a case may use; ``reason`` says so where a step had none to give."""
RECEIVERS = frozenset({"applicant", "agent"})

PAPERS = ("supplement", "not_accepted", "granted", "refused", "suspended", "extended")
"""The papers of a case that are told of when they are there."""

_NO_REASON = Text(zh="未另附理由", en="none was added")

_by_themselves: dict[str, frozenset[str]] = {}


def announce(template: str, given: Iterable[str]) -> None:
    """A message that is sent without a process asking for it, and what it is given; packs are checked for it."""
    _by_themselves[template] = frozenset(given)


def by_themselves() -> dict[str, frozenset[str]]:
    """The messages that are sent without a process asking for it, and what each is given."""
    return dict(_by_themselves)


def paper_message(use: str) -> str:
    """The message that tells that a paper is there, such as ``paper_granted``."""
    return f"paper_{use}"


announce("supplement", {*GIVEN, "missing", "due"})
for _use in PAPERS:
    # The house makes papers, and gives no reasons.
    announce(paper_message(_use), {*GIVEN, "title"} - {"reason"})


def message(step: Step, template: str, *, to: str = "applicant", **values: Any) -> None:
    """Send a message of the pack to the applicant or whoever applies for them.

    Args:
        template: the key in the pack's ``messages.yaml``; one that the pack does not have is not sent.
        to: ``applicant`` or ``agent``.
        values: for its places, beside those of ``GIVEN``.
    """
    recipient = recipient_of(step.case, to)
    if recipient is None:
        return
    known = {
        "number": step.case.number,
        "item": step.item.title,
        "name": step.case.subject_name,
        "reason": step.reason or _NO_REASON,
        **values,
    }
    sending.send(
        recipient,
        step.case.release_id,
        template,
        known,
        key=f"case:{step.case.number}/{step.rev}/{template}/{to}",
        subject=f"case:{step.case.number}",
        link=(_PAGE, step.case.number),
        units=step.case.units,
    )


def recipient_of(case: Case, to: str) -> Account | Recipient | None:
    """Who is told: the account that applied, else the telephone that was given; nobody else.

    Of a company's case the account that applied only while it acts for the company, then the representative's.
    """
    if to not in RECEIVERS:
        return None
    if to == "applicant" and (account := _told(case)) is not None:
        return account
    phone = get(case.data, "agent.phone") if to == "agent" or case.is_company else None
    phone = phone or get(case.data, "applicant.phone")
    return Recipient(phone=str(phone)) if phone else None


def _told(case: Case) -> Account | None:
    if case.applicant is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select case_told(%s, %s)", [case.pk, clock.today()])
        (account,) = cursor.fetchone() or (None,)
    return Account.objects.filter(id=account).first() if account else None
