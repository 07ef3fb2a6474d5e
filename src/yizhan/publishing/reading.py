"""What everybody reads 公示查阅, and what those read who handle the case."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from yizhan import clock
from yizhan.cases import processes
from yizhan.cases.models import Case
from yizhan.identity.models import Unit
from yizhan.journal import access
from yizhan.publishing.models import Objection, PublicNotice
from yizhan.publishing.works import PUT_UP
from yizhan.ui.language import local
from yizhan.workflow.processes import nodes as n

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """A notice as everybody reads it; ``unit`` is the name of whoever put it up, ``last_day`` the last one it is up."""

    id: uuid.UUID
    title: str
    unit: str
    name: str
    persons: int | None
    monthly: Decimal | None
    since: date
    last_day: date


@dataclass(frozen=True)
class Handled:
    """A notice as those see it who handle the case, with what was said against it."""

    shown: Shown
    up: bool
    taken_down_at: datetime | None
    objections: Sequence[Objection]


def up(page: int = 1) -> tuple[list[Shown], bool]:
    """The notices that are up now, the latest first, so many as a page has; and whether there are more."""
    start = (max(page, 1) - 1) * PAGE
    found = list(_up().order_by("-up_at", "id")[start : start + PAGE + 1])
    return _shown(found[:PAGE]), len(found) > PAGE


def one(notice: uuid.UUID) -> Shown | None:
    """One notice, while it is up."""
    found = _up().filter(id=notice).first()
    return _shown([found])[0] if found else None


def up_of(case: Case) -> Shown | None:
    """What everybody reads of a case now; for whoever applied, who is never told of objections."""
    if not _shows_anything(case):
        return None
    found = _up().filter(case=case).first()
    return _shown([found])[0] if found else None


def of_case(case: Case) -> list[Handled]:
    """What was and is shown of a case, the latest first; nothing is asked where its process shows nothing."""
    if not _shows_anything(case):
        return []
    found = list(
        PublicNotice.objects.filter(case=case).prefetch_related("objections__hearing").order_by("-up_at")
    )
    if any(row.objections.all() for row in found):
        access.saw([case.subject], ["objections"], purpose=f"case:{case.number}")
    now = clock.now()
    return [
        Handled(
            shown,
            row.taken_down_at is None and row.ends_at > now,
            row.taken_down_at,
            sorted(row.objections.all(), key=lambda one: one.at),
        )
        for row, shown in zip(found, _shown(found), strict=True)
    ]


def _shows_anything(case: Case) -> bool:
    nodes = processes.graph(case.release_id, case.process).nodes.values()
    return any(isinstance(node, n.Automatic) and node.does == PUT_UP for node in nodes)


def _up() -> QuerySet[PublicNotice]:
    return PublicNotice.objects.filter(taken_down_at=None, ends_at__gt=clock.now())


def _shown(found: list[PublicNotice]) -> list[Shown]:
    units = {unit.code: str(unit) for unit in Unit.objects.filter(code__in={row.unit for row in found})}
    return [
        Shown(
            row.id,
            local(row.title),
            units.get(row.unit, ""),
            row.name,
            row.persons,
            row.monthly,
            row.up_at.astimezone(clock.ZONE).date(),
            row.last_day,
        )
        for row in found
    ]
