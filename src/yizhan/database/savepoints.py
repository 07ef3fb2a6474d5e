"""A savepoint that is set when there is something to save 迟设保存点.

Most of what may have to be taken back ends in one statement, which stands or falls by itself. A savepoint before it, and
its release afterwards, are two journeys for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connection, transaction

_reads: set[str] = set()


def only_reads(statement: str) -> str:
    """Announce a statement, as it is sent, that leaves nothing to take back; gives it."""
    _reads.add(statement)
    return statement


class Late:
    """Looks at each statement of a block, and sets the savepoint before the first one that may leave something."""

    def __init__(self, block: ExitStack) -> None:
        """``block``: what takes the savepoint's end."""
        self._block, self._over = block, False

    def last(self) -> None:
        """No savepoint from here on: one statement follows and the block ends with it, or somebody else has set one."""
        self._over = True

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: Any,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        """Send a statement; the ORM's questions begin with ``SELECT``, and leave nothing either."""
        if not (self._over or sql in _reads or str(sql).startswith("SELECT ")):
            self._over = True
            self._block.enter_context(transaction.atomic())
        return execute(sql, params, many, context)


@contextmanager
def undone_if_it_fails(*, guarded: bool = False) -> Iterator[Late]:
    """A block of which nothing stays if it fails; within a transaction its savepoint is set when one is needed.

    If the database refuses a statement before, or the last one, the whole transaction has failed: whoever has to go on
    after that brings a savepoint of their own. ``guarded``: they have set it just before, and none is set here.
    """
    with ExitStack() as block:
        late = Late(block)
        if guarded:
            late.last()
        if not connection.in_atomic_block:
            late.last()
            block.enter_context(transaction.atomic())
        with connection.execute_wrapper(late):
            yield late
