"""What lies outside of what one may write 辖区之外: the database refuses it, and pages say so in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import ProgrammingError

from yizhan.registry.faults import Refused

_REFUSED = "row-level security"
"""By these words the database says that a row lies outside of the scope."""


@contextmanager
def refused(words: str) -> Iterator[None]:
    """Say these words where the database refuses a row. Stands around the transaction, which was taken back.

    Raises:
        Refused: it does.
    """
    try:
        yield
    except ProgrammingError as fault:
        if _REFUSED not in str(fault):
            raise
        raise Refused(words) from None
