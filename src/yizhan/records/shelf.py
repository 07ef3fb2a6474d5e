"""PDFs that are the same for everybody 现成文件: set once in a process, and remembered as far as there is room."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from yizhan.records.fonts import FontsMissing
from yizhan.records.press_faults import PressBusy, TypesettingFailed

ROOM = 32 * 1024 * 1024  # bytes; some hundred kilobytes a sheet
PATIENCE = 10.0  # seconds; who waits longer holds a thread and a transaction that others need
FAULTS_KEPT = 60.0  # seconds


@dataclass(frozen=True)
class Made:
    """A PDF of the house's own making that is kept nowhere: its name as a file, and the file."""

    name: str
    content: bytes


class Shelf:
    """What a process remembers of such PDFs, and for a minute why one could not be made.

    Whoever asks for one that is being set waits for it and sets no second one; whoever asks for another waits for nobody
    but the press.
    """

    def __init__(
        self, *, room: int = ROOM, patience: float = PATIENCE, faults_kept: float = FAULTS_KEPT
    ) -> None:
        self._room, self._patience, self._faults_kept = room, patience, faults_kept
        self._guard = threading.Lock()
        self._being_set: dict[Hashable, threading.Lock] = {}
        self._there: dict[Hashable, Made] = {}
        self._faults: dict[Hashable, tuple[float, Exception]] = {}

    def get(
        self, key: Hashable, make: Callable[[], Made], *, first: Callable[[], None] = lambda: None
    ) -> Made:
        """What stands under a key, made where it is not there.

        Args:
            key: all that it depends on.
            make: sets it.
            first: called before it is set; what it raises is not remembered.

        Raises:
            yizhan.records.press_faults.PressBusy: it is being set, and that takes too long to wait for.
            yizhan.records.fonts.FontsMissing, yizhan.records.press_faults.TypesettingFailed: now, or within the last
                minute, it could not be made.
        """
        if found := self._known(key):
            return found
        with self._turn(key):
            if found := self._known(key):
                return found
            first()
            try:
                made = make()
            except PressBusy:
                raise
            except (FontsMissing, TypesettingFailed) as fault:
                self._remember(key, fault)
                raise
            self._keep(key, made)
            return made

    def clear(self) -> None:
        """Forget all of it."""
        with self._guard:
            self._there.clear()
            self._faults.clear()

    @property
    def keys(self) -> list[Hashable]:
        """What is remembered, the oldest first."""
        return list(self._there)

    def _known(self, key: Hashable) -> Made | None:
        until, fault = self._faults.get(key, (0.0, None))
        if fault is not None and time.monotonic() < until:
            raise fault.with_traceback(None)
        return self._there.get(key)

    @contextmanager
    def _turn(self, key: Hashable) -> Iterator[None]:
        with self._guard:
            turn = self._being_set.setdefault(key, threading.Lock())
        if not turn.acquire(timeout=self._patience):
            raise PressBusy
        try:
            yield
        finally:
            with self._guard:
                self._being_set.pop(key, None)
            turn.release()

    def _remember(self, key: Hashable, fault: Exception) -> None:
        now = time.monotonic()
        with self._guard:
            self._faults = {one: kept for one, kept in self._faults.items() if kept[0] > now}
            self._faults[key] = (now + self._faults_kept, fault)

    def _keep(self, key: Hashable, made: Made) -> None:
        """The oldest make room; one that is larger than all the room is not kept."""
        if len(made.content) > self._room:
            return
        with self._guard:
            held = sum(len(one.content) for one in self._there.values())
            while held + len(made.content) > self._room:
                held -= len(self._there.pop(next(iter(self._there))).content)
            self._there[key] = made
