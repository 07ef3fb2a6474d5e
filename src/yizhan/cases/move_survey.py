"""What an administrator is shown of versions 在办件的版本: who could change over, and what became of those who did.

Case numbers, places and reasons are told, no names: administrators see no cases.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _

from yizhan.cases import move_lines, move_orders
from yizhan.cases.models import Move, MovedCase
from yizhan.cases.move_lines import Line
from yizhan.cases.move_orders import Left
from yizhan.cases.process_pictures import Pictured, pictured
from yizhan.cases.refusals import Incomplete
from yizhan.identity import scope
from yizhan.identity.actor import Actor
from yizhan.releases.comparing import Change, between
from yizhan.releases.models import Current, Release
from yizhan.releases.words import Text

SHOWN = 200
MOST = 500
"""How many cases one page looks at; the command looks at all."""


@dataclass(frozen=True)
class InForce:
    """A pack, its version in force, and the open cases that earlier ones handle."""

    pack: str
    title: Text
    version: int
    since: datetime
    left: list[Left]

    @property
    def cases(self) -> int:
        """How many there are."""
        return sum(one.cases for one in self.left)


@dataclass(frozen=True)
class Looked:
    """Who could change over to a pack's version in force.

    Attributes:
        lines: the first of them, those that stay before the others.
        unseen: cases beyond those that were looked at.
        before: the earlier releases that handle open cases, the newest first.
    """

    to: Release
    title: Text
    goes: int
    stays: int
    already: int
    lines: list[Line]
    unseen: int
    before: list[Release]

    @property
    def pictures(self) -> list[Pictured]:
        """The processes in force and those of the earlier releases."""
        return [one for of in (self.to, *self.before) for one in pictured(of)]

    @property
    def differences(self) -> list[Differences]:
        """What the version in force changed against each of the earlier ones; where none is used, the one before it."""
        return [Differences(of.version, between(of, self.to)) for of in self.before or _previous(self.to)]


@dataclass(frozen=True)
class Differences:
    """What the version in force changed against an earlier one."""

    version: int
    changes: list[Change]


@dataclass(frozen=True)
class Told:
    """What became of an order so far."""

    move: Move
    to: Release
    title: Text
    went: int
    stays: int
    waiting: int
    lines: list[Line]


def packs() -> list[InForce]:
    """Every pack in force, those with cases by earlier versions first."""
    with scope.service():
        left: dict[str, list[Left]] = defaultdict(list)
        for one in move_orders.left():
            left[one.pack].append(one)
    found = [
        InForce(
            one.pack,
            one.release.manifest.title,
            one.release.version,
            one.release.published_at,
            left[one.pack],
        )
        for one in Current.objects.select_related("release").order_by("pack")
    ]
    return sorted(found, key=lambda one: -one.cases)


def in_force(pack: str) -> Release | None:
    """The version in force of a pack; None of a pack that is not there."""
    current = Current.objects.select_related("release").filter(pack=pack).first()
    return current.release if current else None


def look(to: Release) -> Looked:
    """Who could change over to a version in force: the first of them, each looked at."""
    with scope.service():
        meant = move_orders.meant(to)
        lines = list(islice(move_lines.preview(meant, to), MOST))
        unseen = max(0, meant.count() - MOST)
        already = move_orders.already(to)
        before = list(Release.objects.filter(id__in=meant.order_by().values("release")).order_by("-version"))
    stays = sum(line.why is not None for line in lines)
    lines.sort(key=lambda line: line.why is None)
    return Looked(to, to.manifest.title, len(lines) - stays, stays, already, lines[:SHOWN], unseen, before)


def _previous(to: Release) -> list[Release]:
    earlier = Release.objects.filter(pack=to.pack, version__lt=to.version)
    return list(earlier.order_by("-version")[:1])


def decide(to: Release, *, version: str, reason: str, with_limits: bool, by: Actor) -> Move:
    """Let all of them change over that can: each is looked at in the transaction in which it goes, by the worker.

    Args:
        to: the version in force.
        version: the version that the page showed, as it was sent back.
        reason: why.
        with_limits: whether running limits of tasks follow the new version too.
        by: who decides.

    Raises:
        Incomplete: another version came into force since the page was shown, or no reason was given.
    """
    if version != str(to.version):
        raise Incomplete([("reason", _("核对以后又发布了新版。下面已按新版重新核对，请再看一遍后决定"))])
    with scope.service():
        return move_orders.order(move_orders.meant(to), to, reason=reason, with_limits=with_limits, by=by)


def orders() -> list[Move]:
    """The latest orders, the newest first."""
    with scope.service():
        return list(Move.objects.select_related("to").order_by("-id")[:50])


def told(number: int) -> Told | None:
    """What became of an order; None if there is none."""
    with scope.service():
        move = Move.objects.select_related("to").filter(id=number).first()
        if move is None:
            return None
        lines, counted = move_lines.lines(move, SHOWN), move_lines.counts(move)
    return Told(
        move,
        move.to,
        move.to.manifest.title,
        counted[MovedCase.State.MOVED],
        counted[MovedCase.State.STAYS],
        counted[MovedCase.State.WAITING],
        lines,
    )
