"""How far a case has come 办理阶段, for a row of steps; and what is still to come."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yizhan.cases.dossier import Dossier
from yizhan.cases.models import Case, Status


@dataclass(frozen=True)
class Steps:
    """A row of steps and the present one, counted from 1; past the last when all is done."""

    names: list[str]
    current: int


_REACHED = {Status.RECEIVED: 2, Status.CORRECTING: 2, Status.ACCEPTED: 3, Status.DECIDED: 4, Status.CLOSED: 5}


def steps(case: Case) -> Steps | None:
    """The four steps that every case goes through by law; none for a case that ended on the way."""
    if case.status == Status.CLOSED and case.decided_at is None:
        return None
    names = [_("提交"), _("受理"), _("审查决定"), _("办结")]
    return Steps(names, _REACHED[Status(case.status)])


def paper_is_coming(dossier: Dossier) -> bool:
    """Whether a decision has been made whose paper the worker has not printed yet."""
    decision = getattr(dossier.case, "decision", None)
    if decision is None or decision.paper is not None:
        return False
    return bool(getattr(dossier.case.item.definition.papers, decision.outcome, None))
