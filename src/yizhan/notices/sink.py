"""The sink 留存: what would leave through a channel that has no gateway yet.

In a demo everybody may read it, log-in codes too; elsewhere only services of the house can. Nothing stays
longer than thirty days.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from yizhan import clock
from yizhan.journal import work
from yizhan.notices.letters import Letter, Receipt
from yizhan.notices.models import Sunk

KEPT = timedelta(days=30)


def keep(letter: Letter, channel: str) -> Receipt:
    """Keep a letter instead of sending it; the same key again changes nothing."""
    Sunk.objects.bulk_create(
        [
            Sunk(
                id=letter.key,
                channel=channel,
                address=letter.address,
                title=letter.title,
                text=letter.text,
                open_to_all=settings.DEMO,
            )
        ],
        ignore_conflicts=True,
    )
    return Receipt("sink", sunk=True)


def recent(address: str = "", *, most: int = 50) -> list[Sunk]:
    """The latest letters that the asker may read, newest first, to one address if it is named."""
    letters = Sunk.objects.order_by("-at")
    return list((letters.filter(address=address) if address else letters)[:most])


@work.round("sink of messages")
def forget() -> int:
    """Delete what is older than thirty days; how many."""
    with work.one_transaction():
        return Sunk.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
