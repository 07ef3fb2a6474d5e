"""All that is worked out of names, worked out anew 全部重算: for after the rules have changed.

To put a million names into an index one by one takes longer than to make the index of all of them, so it is taken away
first; and two work at once, each on half of the people. A run that was broken off is made whole by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from threading import Lock
from uuid import UUID

import psycopg

Told = Callable[[int, int], None]
"""Is told how many people were looked at so far, and of how many something changed."""


def derive(owner: str, told: Told) -> tuple[int, int]:
    """Work out again for everybody; how many people there are, and how many were not as they should be.

    Names are found slowly meanwhile.

    Args:
        owner: the address of the database for the role that owns the tables.
        told: hears of the progress.

    Raises:
        psycopg.Error: the owner is not let in, or the database failed.
    """
    from yizhan.registry import deriving  # noqa: PLC0415 (models need Django)

    middle = deriving.middle()
    halves = [(deriving.FIRST, middle), (middle, None)] if middle else [(deriving.FIRST, None)]
    people, changed, lock = 0, 0, Lock()

    def half(after: UUID, until: UUID | None) -> None:
        nonlocal people, changed
        try:
            for _last, many, wrong in deriving.all_again(after, until):
                with lock:
                    people += many
                    changed += wrong
                    told(people, changed)
        finally:
            deriving.leave()

    with _without_index(owner, deriving.INDEX, deriving.INDEXED), ThreadPoolExecutor(len(halves)) as working:
        for done in as_completed([working.submit(half, *one) for one in halves]):
            done.result()
    return people, changed


@contextmanager
def _without_index(owner: str, name: str, made_by: str) -> Iterator[None]:
    with psycopg.connect(owner, autocommit=True) as database:
        database.execute(f"drop index if exists {name}")
        try:
            yield
        finally:
            database.execute("set maintenance_work_mem = '512MB'")
            database.execute(made_by)
