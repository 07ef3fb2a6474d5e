"""How far a case has come 办理阶段, for a row of steps; and what came of it 办理结果."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yizhan.cases import templates
from yizhan.cases.dossier import Dossier
from yizhan.cases.models import Case, Status

_WITHDRAWN = "withdrawn"
_REACHED = {Status.RECEIVED: 2, Status.CORRECTING: 2, Status.ACCEPTED: 3, Status.DECIDED: 4, Status.CLOSED: 5}


@dataclass(frozen=True)
class Steps:
    """A row of steps and the present one, counted from 1; past the last when all is done."""

    names: list[str]
    current: int


@dataclass(frozen=True)
class Result:
    """What came of a case: in a word, why, and what was granted."""

    words: str
    reasons: list[str]
    terms: list[tuple[str, Any]]
    automatic: bool
    paper_is_coming: bool


def steps(case: Case) -> Steps | None:
    """The four steps that every case goes through by law; none for a case that ended on the way."""
    if case.status == Status.CLOSED and case.decided_at is None:
        return None
    names = [pgettext("step", "提交"), _("受理"), _("审查决定"), _("办结")]
    # Who is asked for something while departments review is past acceptance already.
    status = Status.ACCEPTED if case.status == Status.CORRECTING and case.accepted_at else Status(case.status)
    return Steps(names, _REACHED[status])


def result(dossier: Dossier) -> Result | None:
    """What was decided, or why the matter was not taken up; nothing for a case that goes on or was taken back."""
    case = dossier.case
    decision, closure = getattr(case, "decision", None), getattr(case, "closure", None)
    if decision is None and (closure is None or case.outcome == _WITHDRAWN):
        return None
    reasons = dossier.reasons if decision else [closure.words] if closure and closure.words else []
    return Result(
        dossier.standing,
        reasons,
        dossier.terms,
        automatic=decision is not None and decision.automatic,
        paper_is_coming=_paper_is_coming(dossier),
    )


def _paper_is_coming(dossier: Dossier) -> bool:
    """Whether there is a paper on this outcome that the worker has not sealed yet."""
    wanted = templates.keys(dossier.case, dossier.case.outcome)
    return any(
        one.paper.document in wanted and one.size is None and not one.withdrawn for one in dossier.papers
    )
