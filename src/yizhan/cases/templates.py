"""Which template a paper of a case is made of 文书样式: the pack's own, else the standard one of the district.

Standard ones lie in a pack of their own, a document for each use. Where a district has not published it, and for what
an item goes without, there is no paper. Nobody applied for what the house opened by itself: such a case has only the
papers of its own pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from yizhan.cases import naming
from yizhan.cases.item import ItemDefinition, PaperUse
from yizhan.cases.models import Case
from yizhan.cases.reading import Taken
from yizhan.releases.models import Current, release

PACK = "standard_papers"
USES: tuple[str, ...] = get_args(PaperUse)
HEARING, SUSPENDED = "hearing", "suspended"


@dataclass(frozen=True)
class Template:
    """A document of a release."""

    release: int
    key: str
    standard: bool = False


def of(case: Case, use: str, found: Taken | None = None) -> Template | None:
    """The template for a use; None where no paper is issued. ``found``: what was read when the case was taken.

    A hearing is told of by the paper for hearings; where the pack has none, by its own for all that is waited for.
    """
    item = naming.item(case)
    own = _own(item, use)
    if own is not None:
        return Template(case.release_id, own)
    if use not in USES or use in item.papers.without or case.channel == "house":
        return None
    standard = found.papers if found else _current()
    if standard is None or use not in release(standard).keys("paper"):
        return None
    return Template(standard, use, standard=True)


def _current() -> int | None:
    return Current.objects.filter(pack=PACK).values_list("release_id", flat=True).first()


def keys(case: Case, use: str) -> set[str]:
    """The documents that a paper for this use can be of, whichever was in force when it was issued."""
    own = _own(naming.item(case), use)
    return {own} if own is not None else {use}


def _own(item: ItemDefinition, use: str) -> str | None:
    own = item.papers.own
    found = own.get(use)
    if found is None and use == HEARING and HEARING not in item.papers.without:
        return own.get(SUSPENDED)
    return found
