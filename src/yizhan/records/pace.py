"""Keeping what sets the press going at a human pace 排版频次: so many an hour for each, counted in this process alone.

It guards processors and not secrets, so that a count for every process, which is lost with it, will do; nothing is
written, and a page that only reads stays one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable

from yizhan.ui.errors import TooManyRequests

_HOUR = 3600


class Pace:
    """Counts of this hour, by who asks."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._guard = threading.Lock()
        self._hour, self._counts = 0, dict[Hashable, int]()

    def count(self, who: Hashable) -> None:
        """Count one more; real time.

        Raises:
            TooManyRequests: that is more than ``most`` in this hour.
        """
        now = int(time.time())
        with self._guard:
            if self._hour != now // _HOUR:
                self._hour, self._counts = now // _HOUR, {}
            self._counts[who] = self._counts.get(who, 0) + 1
            if self._counts[who] > self.most:
                raise TooManyRequests(_HOUR - now % _HOUR)
