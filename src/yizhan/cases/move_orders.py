"""Moving the open cases of a pack to another release 批量改用新版: who would go, the act, and what became of each.

The act is a row with who and why, and a row for each case that is meant. The worker then moves case by case, each in
a transaction and with an event of its own; one that cannot go stays, and its row says why.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.cases import moving, naming
from yizhan.cases.models import Case, Move, MovedCase
from yizhan.cases.moving import MOVED, Stays
from yizhan.cases.refusals import Refusal
from yizhan.cases.step import Step, take
from yizhan.cases.worded import worded
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE, Actor
from yizhan.journal import work
from yizhan.releases.models import Current, Release, release
from yizhan.workflow.words import Words

BATCH = 20
_NAMES = uuid.UUID("5f0f6f0b-63f5-4c3e-9d7a-0a0b8a1f2c77")  # ours; a move's command follows from its row
_FAILED = Words(
    zh="处理时发生意外，本件没有改变，请联系管理员",
    en="something unexpected happened; the case was not changed",
)
_UNDONE = "dry run"


@dataclass(frozen=True)
class Line:
    """One case of a preview or a report: where it stands, and that it can go, or why not."""

    number: str
    item: str
    version: int
    place: str
    why: Words | None
    state: str = ""


@dataclass(frozen=True)
class Left:
    """How many open cases of a pack are handled by an earlier version."""

    pack: str
    version: int
    cases: int


class _DryRun(Exception):
    """Ends the transaction of a dry run."""


def left(pack: str = "") -> list[Left]:
    """Open cases that are not handled by the release in force, by pack and version; the house's scope is needed."""
    current = Current.objects.values_list("release_id", flat=True)
    found = Case.objects.filter(closed_at=None).exclude(release__in=current)
    found = found.filter(release__pack=pack) if pack else found
    counted = found.values("release__pack", "release__version").annotate(many=Count("id"))
    return [
        Left(one["release__pack"], one["release__version"], one["many"])
        for one in counted.order_by("release__pack", "-release__version")
    ]


def meant(to: Release, *, item: str = "", version: int | None = None) -> QuerySet[Case]:
    """The open cases of a release's pack that another release handles: of one item, or of one version."""
    found = Case.objects.filter(closed_at=None, release__pack=to.pack).exclude(release=to)
    found = found.filter(item=item) if item else found
    return found.filter(release__version=version) if version else found


def already(to: Release, *, item: str = "") -> int:
    """How many open cases this release handles."""
    found = Case.objects.filter(closed_at=None, release=to)
    return (found.filter(item=item) if item else found).count()


def preview(cases: QuerySet[Case], to: Release) -> Iterator[Line]:
    """Who could go, by what stands in the rows; nobody is locked and nothing is written."""
    parts = ("tokens", "scopes", "filings", "passages")
    for case in cases.order_by("number").prefetch_related(*parts).iterator(200):
        try:
            moving.plan(case, to)
        except Stays as stays:
            yield _line(case, stays.words)
        else:
            yield _line(case, None)


def rehearse(case: Case, to: Release, *, with_limits: bool) -> Line:
    """Let a case go, look, and undo it: what would really happen."""
    try:
        with scope.service():
            take(
                case.id,
                by=HOUSE,
                command=uuid.uuid4(),
                kind=MOVED,
                do=lambda step: moving.move(step, to, reason=_UNDONE, with_limits=with_limits),
            )
            raise _DryRun
    except _DryRun:
        return _line(case, None)
    except Refusal as refusal:
        return _line(case, _words(refusal))


def order(cases: QuerySet[Case], to: Release, *, reason: str, with_limits: bool, by: Actor) -> Move:
    """Decide that these cases go; the worker moves them.

    Raises:
        Incomplete: no reason was given.
    """
    words = worded(reason, "reason", _("请写明改用新版的理由"))
    with transaction.atomic():
        move = Move.objects.create(
            pack=to.pack,
            to=to,
            reason=words,
            limits=with_limits,
            at=clock.now(),
            account=by.account_id,
            name=by.name,
            post=by.post_title,
        )
        MovedCase.objects.bulk_create(
            (
                MovedCase(move=move, case_id=case, number=number, was_id=was)
                for case, number, was in cases.order_by("id").values_list("id", "number", "release_id")
            ),
            batch_size=1000,
        )
        journal.write(
            "cases.move_ordered",
            subject=f"pack:{to.pack}",
            actor=by.key,
            move=move.id,
            version=to.version,
            cases=move.cases.count(),
        )
    return move


@work.round("moves")
def carry_out() -> int:
    """Move some of the cases that wait for it; how many had their turn."""
    done = 0
    while done < BATCH and not work.stopping() and _next():
        done += 1
    return done


def finish(move: Move) -> None:
    """Let all cases of an order have their turn now, beside a worker that may be at it too."""
    while _next(move):
        pass


def lines(move: Move, most: int | None = None) -> list[Line]:
    """What became of each case, those that stay first."""
    order = {MovedCase.State.STAYS: 0, MovedCase.State.WAITING: 1, MovedCase.State.MOVED: 2}
    rows = move.cases.select_related("case", "was").prefetch_related("case__tokens").order_by("number")
    found = sorted(rows, key=lambda row: order[MovedCase.State(row.state)])
    return [
        Line(
            row.number,
            str(naming.item(row.case).title),
            row.was.version,
            _places(row.case),
            Words(**row.why) if row.why else None,
            str(row.state),
        )
        for row in found[:most]
    ]


def _next(move: Move | None = None) -> bool:
    """The next case that waits gets its turn, in a transaction of its own."""
    with work.one_transaction():
        waiting = MovedCase.objects.filter(state=MovedCase.State.WAITING)
        waiting = waiting.filter(move=move) if move else waiting
        row = waiting.select_for_update(skip_locked=True).order_by("id").first()
        if row is None:
            return False
        row.state, row.why, row.at = *_turn(row), clock.now()
        row.save(update_fields=["state", "why", "at"])
        return True


def _turn(row: MovedCase) -> tuple[MovedCase.State, dict[str, str]]:
    move = row.move
    to = release(move.to_id)

    def do(step: Step) -> None:
        moving.move(step, to, reason=move.reason, with_limits=move.limits)

    try:
        with transaction.atomic():
            take(row.case_id, by=_actor(move), command=uuid.uuid5(_NAMES, str(row.pk)), kind=MOVED, do=do)
    except Refusal as refusal:
        words = _words(refusal)
        return MovedCase.State.STAYS, {"zh": words.zh, "en": words.en}
    except Exception:
        work.log.exception("case %s could not be moved", row.number)
        return MovedCase.State.STAYS, {"zh": _FAILED.zh, "en": _FAILED.en}
    return MovedCase.State.MOVED, {}


def _actor(move: Move) -> Actor:
    """Who ordered it, as the case's event names them."""
    if move.account is None:
        return HOUSE
    return Actor(move.account, "staff", move.name, post_title=move.post)


def _words(refusal: Refusal) -> Words:
    return refusal.words if isinstance(refusal, Stays) else Words(refusal.message, refusal.message)


def _line(case: Case, why: Words | None) -> Line:
    return Line(
        case.number, str(naming.item(case).title), release(case.release_id).version, _places(case), why
    )


def _places(case: Case) -> str:
    """Where a case stands, in words."""
    nodes = sorted({token.node for token in case.tokens.all()})
    return _("、").join(dict.fromkeys(naming.node(case, node) for node in nodes))
