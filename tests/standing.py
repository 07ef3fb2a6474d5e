"""What many tests begin with stands for as long as tests begin with it: made once, in a transaction around theirs.

A test's own transaction is then a savepoint within it, and what the test did is undone as ever. A test that begins
with something else, or with nothing, has it taken down before it starts.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from yizhan import clock


class Standing:
    """What stands now; of one database, so there is one of it."""

    def __init__(self) -> None:
        self._unblock: Callable[[], AbstractContextManager[Any]]
        self._block: AbstractContextManager[Any] | None = None
        self._as_made: tuple[Callable[[], Any], datetime] | None = None
        self._made: Any = None

    def have(
        self,
        make: Callable[[], Any],
        begin: Callable[[], object],
        unblock: Callable[[], AbstractContextManager[Any]],
    ) -> Any:
        """What ``make`` makes at this time of the clock, as it was made; ``begin`` begins the test's own transaction.

        Where that has begun already, it is made in there and is gone with it.

        Raises:
            RuntimeError: something else stands beneath a transaction that has begun.
        """
        wanted, stands = (make, clock.now()), self._is_there()
        if not (stands and wanted == self._as_made):
            if stands and len(connection.atomic_blocks) > 1:
                raise RuntimeError("ask for what shall stand before the database")
            if not stands and connection.in_atomic_block:
                return make()
            self._stand(wanted, unblock)
        begin()
        return deepcopy(self._made)

    def _stand(
        self,
        wanted: tuple[Callable[[], Any], datetime],
        unblock: Callable[[], AbstractContextManager[Any]],
    ) -> None:
        self.take_down()
        with unblock():
            self._unblock, self._block = unblock, transaction.atomic()
            self._block.__enter__()
            self._as_made, self._made = wanted, wanted[0]()

    def take_down(self) -> None:
        """Nothing stands any more."""
        there, block = self._is_there(), self._block
        self._block = self._as_made = self._made = None
        if there and block is not None:
            with self._unblock():
                transaction.set_rollback(True)
                block.__exit__(None, None, None)

    def _is_there(self) -> bool:
        """Whether its transaction is still open: a test that closes the connection takes it along."""
        return self._block is not None and self._block in connection.atomic_blocks
