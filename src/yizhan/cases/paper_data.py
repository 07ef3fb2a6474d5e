"""What a case can give to its papers 文书数据: what was filed and decided, and why its limits stand still or are longer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.utils import translation
from django.utils.translation import gettext as _

from yizhan.calendar import running_words
from yizhan.calendar.deadlines import Unit, day_of
from yizhan.cases import ends, naming, paper_materials
from yizhan.cases.item import ItemDefinition, Limit
from yizhan.cases.models import (
    Case,
    Clock,
    ClockState,
    Closure,
    Decision,
    Extension,
    Reopening,
    Supplement,
    Suspension,
)
from yizhan.cases.step import Step
from yizhan.forms.paths import get
from yizhan.releases.words import Basis
from yizhan.ui.language import in_english, in_language

M = TypeVar("M", Decision, Closure)

PAPER_DATA = frozenset(
    {
        "number", "name", "item", "received_on", "accepted_on", "decided_on", "reasons", "missing",
        "supplement_due", "basis", "review", "litigation", "account_tail", "bank",
        "waits_for", "waits_since", "waits_until", "extended_by", "extended_until", "why", "grounds",
        "applicant_kind", "channel", "materials", "materials_how", "acceptance_within", "promised_within", "promised_until",
        "served_titles", "served_numbers", "served_how", "served_on", "served_words", "served_by",
        "cited", "fixed", "result", "consulting", "complaint", "closed_on", "signed_post", "signed_name",
    }
)  # fmt: skip
"""What every paper of a case may ask for, beside the terms that the decision fixed."""

RECEIPT = "receipt"
SUSPENDED, EXTENDED, REOPENED = "suspended", "extended", "reopened"
"""The papers that tell of one suspension, one extension or the last reopening."""
_OF_SUPPLEMENT = frozenset({"missing", "supplement_due"})

_BEFORE = timedelta(microseconds=1)  # a limit ends with its last day


@dataclass(frozen=True)
class _Told:
    """What a step and the rows of its case say, looked up once for all languages of a paper."""

    decision: Decision | None
    closure: Closure | None
    supplement: Supplement | None
    promised: Clock | None

    @classmethod
    def by(cls, step: Step, asked: Collection[str]) -> _Told:
        """What was set aside when a case was reopened is not told."""
        case = step.case
        promised = [one for one in step.sheet.clocks if one.kind == "promised" and one.task is None]
        running = [one for one in promised if one.state == ClockState.RUNNING]
        return cls(
            _milestone(step, Decision, "decision") if case.decided_at else None,
            _milestone(step, Closure, "closure") if case.closed_at else None,
            case.supplement if not _OF_SUPPLEMENT.isdisjoint(asked) else None,
            max(running, key=lambda one: one.id, default=None),
        )


def _milestone(step: Step, model: type[M], name: str) -> M | None:
    """The one that this step writes, else the one that is there."""
    return step.sheet.last(model) or getattr(step.case, name, None)


def of(
    step: Step,
    errand: Mapping[str, Any],
    asked: Collection[str] = PAPER_DATA,
    languages: Iterable[str] = ("zh-hans",),
) -> list[dict[str, Any]]:
    """What templates may ask for, by language: ``PAPER_DATA`` and the terms. Papers are in Chinese.

    Args:
        step: with all that it will write on its sheet.
        errand: what it leaves: ``outcome``, and of a suspension or an extension which one, ``about``.
        asked: what the template asks for.
        languages: another one for the English beneath the Chinese; what people wrote stays in their own words.
    """
    told = _Told.by(step, asked)
    return [_of(step, errand, told, language) for language in languages]


def _of(step: Step, errand: Mapping[str, Any], told: _Told, language: str) -> dict[str, Any]:
    with translation.override(language):
        about = {**_of_limits(step.case, errand), **_of_materials(step, errand), **_of_delivery(errand)}
        about |= {f"signed_{key}": errand.get("signed", {}).get(key) for key in ("post", "name")}
        return {**about, **_of_case(step.case, told)}


def _of_case(case: Case, told: _Told) -> dict[str, Any]:
    decision, supplement = told.decision, told.supplement
    item = naming.item(case)
    return {
        "number": case.number,
        "name": case.subject_name,
        "item": str(item.title),
        "received_on": day_of(case.opened_at),
        "accepted_on": day_of(case.accepted_at) if case.accepted_at else None,
        "decided_on": day_of(case.decided_at) if case.decided_at else None,
        "reasons": _reasons(told),
        **(decision.terms if decision else {}),
        "missing": [one["words"] for one in supplement.missing] if supplement else [],
        "supplement_due": supplement.due_on if supplement else None,
        "basis": [str(basis.law) for basis in item.basis],
        "review": str(item.remedies.review),
        "litigation": str(item.remedies.litigation),
        "account_tail": str(get(case.data, "account.number") or "")[-4:],
        "bank": get(case.data, "account.bank") or "",
        **_of_whoever_applied(case, item),
        **_of_time(case, item, told.promised),
        "cited": [_cited(basis) for basis in item.basis],
        "fixed": _fixed(item, decision),
        "result": str(item.result.title),
        "consulting": item.contact.consulting,
        "complaint": item.contact.complaint,
    }


def _reasons(told: _Told) -> list[str]:
    """Why it was decided so; where it ended without a decision, why it ended."""
    if told.decision is not None:
        return [_reason(one) for one in told.decision.reasons]
    return [told.closure.words] if told.closure is not None and told.closure.words else []


def _reason(said: Mapping[str, str]) -> str:
    """A reason of a rule in the language of the paper's text; one that somebody wrote, as it was written."""
    if "zh" not in said:
        return said.get("words", "")
    return in_language((said["zh"], said.get("en") or said["zh"]))


def _of_whoever_applied(case: Case, item: ItemDefinition) -> dict[str, Any]:
    return {
        "applicant_kind": "unit" if case.is_company else "person",
        "channel": naming.channel(case.channel),
        "acceptance_within": _amount(item.limits.acceptance),
    }


def _of_time(case: Case, item: ItemDefinition, clock: Clock | None) -> dict[str, Any]:
    """The promise that was given, and the last day of it, as long as it runs."""
    return {
        "promised_within": _amount(item.limits.promised),
        "promised_until": day_of(clock.due_at - _BEFORE) if clock and clock.due_at else None,
        "closed_on": day_of(case.closed_at) if case.closed_at else None,
    }


def _amount(limit: Limit) -> str:
    return running_words.amount(limit.amount, Unit(limit.unit))


def _cited(basis: Basis) -> str:
    """Law and article as a decision cites them, and that nobody has read them where that is so."""
    words = _("《%(law)s》%(article)s") % {"law": basis.law, "article": basis.article or ""}
    return words if basis.verified else _("%(law)s（待核实）") % {"law": words}


def _fixed(item: ItemDefinition, decision: Decision | None) -> list[str]:
    """What the decision fixed, each with its title."""
    terms = decision.terms if decision else {}
    known = [one for one in item.terms if terms.get(one.name) is not None]
    return [_("%(title)s：%(value)s") % {"title": one.title, "value": terms[one.name]} for one in known]


def _of_materials(step: Step, errand: Mapping[str, Any]) -> dict[str, Any]:
    """What came with the application, and how; for its receipt only."""
    came = paper_materials.received(step.case, step.filing) if errand["outcome"] == RECEIPT else []
    return {"materials": [title for title, _how in came], "materials_how": [how for _title, how in came]}


def _of_delivery(errand: Mapping[str, Any]) -> dict[str, Any]:
    """What a record of delivery says; nothing for other papers."""
    served = errand.get("served", {})
    if in_english() and served.get("how_en"):
        served = {**served, "how": served["how_en"]}
    return {f"served_{key}": served.get(key) for key in ("titles", "numbers", "how", "on", "words", "by")}


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
    if errand["outcome"] == REOPENED:
        found["why"] = Reopening.objects.filter(case=case).latest("rev").reason
    return found
