"""The news that this room follows: a case that has ended shows nothing any more. It is repeatable."""

from __future__ import annotations

from yizhan import clock, journal
from yizhan.journal.reading import Fact
from yizhan.publishing.models import PublicNotice


@journal.reads("case.closed", reader="publishing")
def closed(fact: Fact) -> None:
    """Withdrawn or terminated on the way: the notice goes too; not one that was put up after the case went on again."""
    still_up = PublicNotice.objects.filter(case=fact.data["case"], taken_down_at=None, up_at__lte=fact.at)
    still_up.update(taken_down_at=clock.now())
