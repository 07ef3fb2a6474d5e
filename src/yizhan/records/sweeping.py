"""Sweeping 清理: files that nobody bound, and bytes that no row knows, go after seven days.

A worker's round does a little every ten minutes: unbound rows, what never finished arriving, and one of
the 256 shelves of the store, so that the whole store is looked through in two days.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.db.models.functions import Coalesce, Now

from yizhan import clock, journal
from yizhan.journal import work
from yizhan.records import storage
from yizhan.records.files import lock_content
from yizhan.records.models import StoredFile, SweepTurn

UNBOUND_FOR = timedelta(days=7)
ARRIVING_FOR = timedelta(days=1)
TURN_EVERY = timedelta(minutes=10)
BATCH = 200
SHELVES = 256


@work.round("sweep of files")
def sweep() -> int:
    """Take a turn if one is due; how many files went."""
    shelf = _turn()
    return 0 if shelf is None else sweep_unbound() + sweep_incoming() + sweep_shelf(shelf)


def sweep_unbound() -> int:
    """Give up files that were kept or released more than seven days ago and belong to nothing."""
    with work.one_transaction():
        due = (
            StoredFile.objects.filter(bound_at=None, removed_at=None)
            .alias(since=Coalesce("released_at", "kept_at"))
            .filter(since__lt=clock.now() - UNBOUND_FOR)
            .select_for_update(skip_locked=True)[:BATCH]
        )
        for file in due:
            file.removed_at = clock.now()
            file.save(update_fields=["removed_at"])
            journal.write("file.removed", subject=file.key, owner=file.owner, sha256=file.sha256)
        return len(due)


def sweep_incoming() -> int:
    """Delete what a lost connection or a dead process left in the waiting room."""
    return sum(_deleted(path) for path in _old(storage.incoming(), ARRIVING_FOR))


def sweep_shelf(shelf: int) -> int:
    """Delete the bytes on one shelf that no living row knows; how many files."""
    folder = storage.root() / "sha256" / f"{shelf:02x}"
    return sum(_deleted_if_unknown(path) for path in _old(folder, UNBOUND_FOR))


def _turn() -> int | None:
    """The shelf to look at now, or None where the last turn was a moment ago."""
    with work.one_transaction():
        SweepTurn.objects.get_or_create(id=1, defaults={"at": Now() - TURN_EVERY})
        turn = (
            SweepTurn.objects.select_for_update(skip_locked=True)
            .filter(id=1, at__lte=Now() - TURN_EVERY)
            .first()
        )
        if turn is None:
            return None
        turn.shelf, turn.at = (turn.shelf + 1) % SHELVES, Now()
        turn.save(update_fields=["shelf", "at"])
        return turn.shelf


def _old(folder: Path, age: timedelta) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and _is_old(path, age):
            yield path


def _is_old(path: Path, age: timedelta) -> bool:
    try:
        return path.stat().st_mtime < time.time() - age.total_seconds()
    except FileNotFoundError:
        return False


def _deleted_if_unknown(path: Path) -> bool:
    """Under the content's lock: whoever keeps the same content now has it new, and known, afterwards."""
    with work.one_transaction():
        lock_content(path.name)
        return not _is_known(path.name) and _is_old(path, UNBOUND_FOR) and _deleted(path)


def _is_known(sha256: str) -> bool:
    """Asked of a function of the database, which sees every row whatever the scope is."""
    with connection.cursor() as cursor:
        cursor.execute("select records_content_is_known(%s)", [sha256])
        return bool(cursor.fetchone()[0])


def _deleted(path: Path) -> bool:
    path.unlink(missing_ok=True)
    return True
