"""Rehearsing a pack 演练应用包: all its journeys in one transaction, each undone, and in the end everything.

Nothing of it stays: rows go with the transaction, also where it breaks or is broken off; numbers of cases and papers
come from counters of their own, for which nobody waits, and go back with them; files lie in a folder of their own that
goes too; letters lie in the outbox of the transaction that nobody else ever sees. Only the sequences behind the keys of
rows have moved on.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan.cases import catalogue
from yizhan.codes import identity_number
from yizhan.records import numbering, storage
from yizhan.rehearsal.definition import JourneyDefinition
from yizhan.rehearsal.failure import Failed, Several
from yizhan.rehearsal.names import item_of
from yizhan.rehearsal.playing import Play
from yizhan.rehearsal.telling import Line
from yizhan.releases import publishing
from yizhan.releases.faults import Fault, PackRefused
from yizhan.releases.pack import Pack, Source

log = logging.getLogger("yizhan.rehearsal")
_BY = "rehearsal"


@dataclass(frozen=True)
class Played:
    """What came of a journey; without faults it went as it says."""

    source: Source
    title: str
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Undone(Exception):
    """Raised where all is done, so that nothing stays."""


@contextmanager
def undone() -> Iterator[None]:
    """A transaction, or a part of one, of which nothing stays whatever happens."""
    with suppress(_Undone), transaction.atomic():
        yield
        raise _Undone


def rehearse(pack: Pack, *, published: bool = False, only: Collection[str] = ()) -> list[Played]:
    """Play a pack's journeys.

    Args:
        pack: the pack as it lies in its folder.
        published: against the release that is in force, not against the folder.
        only: keys of journeys; all of them where none is named.

    Raises:
        PackRefused: the folder has errors and cannot be played.
        Item.DoesNotExist: nothing of the pack is in force.
    """
    if pack.errors:
        raise PackRefused(pack.errors)
    played: list[Played] = []
    wanted = [source for key, source in pack.of("journey").items() if not only or key in only]
    with storage.apart(), numbering.apart(), identity_number.inventing(), undone():
        if not published:
            _publish(pack)
        for source in wanted:
            played.append(_play(source, pack))
    return played


def _publish(pack: Pack) -> None:
    """The pack comes into force, after those that it depends on and that are not in force yet."""
    if pack.depends:
        publishing.publish_all(by=_BY, only=pack.depends)
    publishing.publish(pack, by=_BY)


def _play(source: Source, pack: Pack) -> Played:
    journey = source.model
    assert isinstance(journey, JourneyDefinition)
    item = item_of(pack, journey.item)
    assert item is not None  # checked with the pack
    play = Play(journey, catalogue.get(item.code).definition)
    failures: list[Failed] = []
    try:
        with undone():
            play.run()
    except Failed as failed:
        failures = [failed]
    except Several as several:
        failures = several.failures
    except Exception as fault:
        log.debug("journey %s broke", source.file, exc_info=True)
        words = _("程序出错，演练中断：%(kind)s %(words)s") % {"kind": type(fault).__name__, "words": fault}
        failures = [Failed(play.path, words)]
    lines = play.account.lines if play.account else []
    faults = [source.fault(one.path, one.words) for one in failures]
    return Played(source, str(journey.title), lines, faults)
