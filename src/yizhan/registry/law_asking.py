"""What a page asks of the register of laws 检索条件: read from its address, answered a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from yizhan.identity.directory import cells
from yizhan.identity.directory.cells import CellRefused
from yizhan.registry import law_finding
from yizhan.registry.law_finding import PER_PAGE, Asked
from yizhan.registry.models import Law

_FURTHEST = 100_000


@dataclass(frozen=True)
class Asking:
    """What was asked, and one page of the answer."""

    asked: Asked
    typed_on: str
    wrong: str
    """Why the day that was typed is none."""
    found: Sequence[Law]
    all: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; one at least."""
        return max(1, -(-self.all // PER_PAGE))

    @property
    def address(self) -> str:
        """The query of this list up to the number of a page."""
        told = {
            "q": self.asked.words,
            "kind": self.asked.kind,
            "state": self.asked.state,
            "on": self.typed_on,
        }
        return "?" + urlencode({**{name: value for name, value in told.items() if value}, "page": ""})

    @property
    def context(self) -> dict[str, Any]:
        """For the templates of both doors."""
        return {
            "asking": self, "asked": self.asked, "laws": self.found,
            "kinds": list(Law.Kind.choices), "states": list(Law.State.choices),
        }  # fmt: skip


def asked_by(query: Mapping[str, str]) -> Asking:
    """What the query of an address asks: words, kind, state, day, page; what is none of these asks nothing."""
    typed_on, wrong, on = query.get("on", "").strip()[:40], "", None
    try:
        on = cells.day(typed_on)
    except CellRefused as refused:
        wrong = str(refused.words)
    words = "".join(sign for sign in query.get("q", "") if sign.isprintable()).strip()
    kind, state = query.get("kind", ""), query.get("state", "")
    asked = Asked(
        words=words[: law_finding.LONGEST],
        kind=kind if kind in Law.Kind.values else "",
        state=state if state in Law.State.values else "",
        on=on,
    )
    number = query.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 else 1
    page = min(max(page, 1), _FURTHEST)
    found, many = law_finding.page(asked, page)
    if not found and many:
        page = max(1, -(-many // PER_PAGE))
        found, many = law_finding.page(asked, page)
    return Asking(asked, typed_on, wrong, found, many, page)
