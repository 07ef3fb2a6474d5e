"""Cases of a preview, of a rehearsal or of an order 改用结果: where each stands, and that it goes, or why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Case as DbCase
from django.db.models import Count, QuerySet, When

from yizhan.cases import moving, naming
from yizhan.cases.models import Case, Move, MovedCase
from yizhan.cases.move_hindrances import Stays, Unrest, unrest
from yizhan.cases.refusals import Refusal
from yizhan.releases.models import Release, release
from yizhan.ui.language import listed
from yizhan.workflow.words import Words

_AT_ONCE = 200


@dataclass(frozen=True)
class Line:
    """One case of a preview or a report: where it stands, and that it can go, or why not."""

    number: str
    item: str
    version: int
    place: str
    why: Words | None
    state: str = ""


def preview(cases: QuerySet[Case], to: Release) -> Iterator[Line]:
    """Who could go, by what stands in the rows; nobody is locked and nothing is written."""
    parts = ("tokens", "scopes", "filings", "passages")
    found = cases.order_by("number").prefetch_related(*parts).iterator(_AT_ONCE)
    while some := list(islice(found, _AT_ONCE)):
        known = unrest(case.pk for case in some)
        for case in some:
            yield line_of(case, _why_not(case, to, known))


def _why_not(case: Case, to: Release, known: Unrest) -> Words | None:
    try:
        moving.plan(case, to, known)
    except Stays as stays:
        return stays.words
    return None


def lines(move: Move, most: int | None = None) -> list[Line]:
    """What became of each case, those that stay first; at most so many."""
    turn = {MovedCase.State.STAYS: 0, MovedCase.State.WAITING: 1, MovedCase.State.MOVED: 2}
    order = DbCase(*(When(state=state, then=place) for state, place in turn.items()))
    rows = move.cases.select_related("case", "was").prefetch_related("case__tokens")
    return [
        Line(
            row.number,
            str(naming.item(row.case).title),
            row.was.version,
            _places(row.case),
            Words(**row.why) if row.why else None,
            str(row.state),
        )
        for row in rows.order_by(order, "number")[:most]
    ]


def counts(move: Move) -> dict[str, int]:
    """How many cases of an order wait, were moved, stay: by state."""
    found = dict(move.cases.values_list("state").annotate(Count("id")))
    return {str(state): found.get(state, 0) for state in MovedCase.State}


def words_of(refusal: Refusal) -> Words:
    """Why a case stays, in both languages as far as the refusal knows them."""
    return refusal.words if isinstance(refusal, Stays) else Words(refusal.message, refusal.message)


def line_of(case: Case, why: Words | None) -> Line:
    """A case of a preview: it can go, or stays, and why."""
    return Line(
        case.number, str(naming.item(case).title), release(case.release_id).version, _places(case), why
    )


def _places(case: Case) -> str:
    """Where a case stands, in words."""
    nodes = sorted({token.node for token in case.tokens.all()})
    return listed(dict.fromkeys(naming.node(case, node) for node in nodes))
