"""Numbers of a sequence 序号, fetched by the block: rows can name one another before they are written."""

from __future__ import annotations

from threading import Lock

from django.db import connection


class Numbers:
    """Numbers that nobody else gets; some are never used."""

    def __init__(self, sequence: str, block: int = 50) -> None:
        self._sequence, self._block = sequence, block
        self._left: list[int] = []
        self._lock = Lock()

    def next(self) -> int:
        """The next one of this process."""
        with self._lock:
            if not self._left:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "select nextval(%s) from generate_series(1, %s)", [self._sequence, self._block]
                    )
                    self._left = [number for (number,) in reversed(cursor.fetchall())]
            return self._left.pop()
