"""What a case can give to its papers 文书数据: what was filed and decided, and why its limits stand still or are longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation

from yizhan.calendar import running_words
from yizhan.calendar.deadlines import Unit, day_of
from yizhan.cases import ends, naming
from yizhan.cases.models import Case, Decision, Extension, Suspension
from yizhan.forms.paths import get

PAPER_DATA = frozenset(
    {
        "number", "name", "item", "received_on", "accepted_on", "decided_on", "reasons", "missing",
        "supplement_due", "basis", "review", "litigation", "account_tail", "bank",
        "waits_for", "waits_since", "waits_until", "extended_by", "extended_until", "why", "grounds",
    }
)  # fmt: skip
"""What every paper of a case may ask for, beside the terms that the decision fixed."""

SUSPENDED, EXTENDED = "suspended", "extended"
"""The papers that tell of one suspension or one extension; their errand says which."""


def of(case: Case, errand: Mapping[str, Any]) -> dict[str, Any]:
    """What templates may ask for: ``PAPER_DATA`` and the terms. Papers are in Chinese.

    Args:
        case: the case.
        errand: what its step left: ``outcome``, and of a suspension or an extension which one, ``about``.
    """
    with translation.override("zh-hans"):
        return {**_of_limits(case, errand), **_of_case(case)}


def _of_case(case: Case) -> dict[str, Any]:
    decision: Decision | None = getattr(case, "decision", None)
    supplement = case.supplement
    item = case.item.definition
    return {
        "number": case.number,
        "name": case.subject_name,
        "item": item.title.zh,
        "received_on": day_of(case.opened_at),
        "accepted_on": day_of(case.accepted_at) if case.accepted_at else None,
        "decided_on": day_of(case.decided_at) if case.decided_at else None,
        "reasons": [one.get("zh") or one.get("words", "") for one in decision.reasons] if decision else [],
        **(decision.terms if decision else {}),
        "missing": [one["words"] for one in supplement.missing] if supplement else [],
        "supplement_due": supplement.due_on if supplement else None,
        "basis": [basis.law.zh for basis in item.basis],
        "review": item.remedies.review.zh,
        "litigation": item.remedies.litigation.zh,
        "account_tail": str(get(case.data, "account.number") or "")[-4:],
        "bank": get(case.data, "account.bank") or "",
    }


def _of_limits(case: Case, errand: Mapping[str, Any]) -> dict[str, Any]:
    """The suspension or the extension that a paper tells of; nothing for other papers."""
    found: dict[str, Any] = dict.fromkeys(
        ("waits_for", "waits_since", "waits_until", "extended_by", "extended_until", "why", "grounds")
    )
    if errand["outcome"] == SUSPENDED:
        one = Suspension.objects.get(case=case, id=errand["about"])
        found |= {
            "waits_for": naming.suspension(one.kind),
            "waits_since": day_of(one.since),
            "waits_until": one.expected_on,
            "why": one.words,
            "grounds": ends.basis_words(one.basis),
        }
    if errand["outcome"] == EXTENDED:
        more = Extension.objects.get(case=case, id=errand["about"])
        unit = Unit(naming.item(case).limits.promised.unit)
        found |= {
            "extended_by": running_words.amount(more.amount, unit),
            "extended_until": errand["until"] and date.fromisoformat(errand["until"]),
            "why": more.reason,
            "grounds": ends.basis_words(more.basis),
        }
    return found
