"""Moving the open cases of a pack to another release 批量改用新版: who would go, the act, and what became of each.

The act is a row with who and why, and a row for each case that is meant. The worker then moves case by case, each in
a transaction and with an event of its own; one that cannot go stays, and its row says why.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.cases import moving
from yizhan.cases.models import Case, Move, MovedCase
from yizhan.cases.move_lines import Line, line_of, words_of
from yizhan.cases.moving import MOVED, ThereAlready
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
    en="Something unexpected happened; the case was not changed",
)
_UNDONE = "dry run"
_A_TURN = 0.05  # seconds


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
        return line_of(case, None)
    except Refusal as refusal:
        return line_of(case, words_of(refusal))


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
    while _waits(move):
        if not _next(move):
            time.sleep(_A_TURN)  # the worker has them in hand


def _waits(move: Move) -> bool:
    with work.one_transaction():
        return move.cases.filter(state=MovedCase.State.WAITING).exists()


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
    except ThereAlready:
        return MovedCase.State.MOVED, {}  # another order had its turn first
    except Refusal as refusal:
        words = words_of(refusal)
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
