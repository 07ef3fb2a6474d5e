"""What goes to the press and what it tells about a page 版面: a sheet, its data as a file, places for seals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# Pictures are drawn on the page; they are no data that anybody would read from a file.
_PICTURES = ("qr",)


@dataclass(frozen=True)
class Sheet:
    """What is to be set: a template's text, what it reads as ``data`` and ``paper``, and the moment.

    The same sheet gives the same bytes, always. ``told`` is what programs find in the file, where that is not what the
    template reads.
    """

    template: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    paper: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Any] | None = None

    def attached(self) -> str:
        """What the PDF carries as ``data.json``: the same data, for programs. One spelling: keys sorted."""
        paper = {key: value for key, value in self.paper.items() if key not in _PICTURES}
        told = {"data": self.data, "paper": paper} if self.told is None else self.told
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


@dataclass(frozen=True)
class SealPlace:
    """Where the middle of a unit's seal belongs 用印位置.

    ``page`` counts from 1; ``x_mm`` and ``y_mm`` are measured from the left and the upper edge of the page;
    ``unit`` is the name as it stands there, ``size_mm`` the diameter for which the page leaves room. ``kind`` is
    ``seal``, or ``stamp`` for a person's signature stamp, whose name ``unit`` is then.
    """

    page: int
    x_mm: float
    y_mm: float
    unit: str
    size_mm: float = 42.0
    kind: str = "seal"
