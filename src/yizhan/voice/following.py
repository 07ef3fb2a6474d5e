"""The news that this room follows: a closed case may be rated, an answered rating has its answer."""

from __future__ import annotations

from datetime import timedelta

from yizhan import clock, journal
from yizhan.cases.models import Case
from yizhan.cases.sending import announce, recipient_of
from yizhan.journal.reading import Fact
from yizhan.notices import sending

READER = "voice"
_GIVEN = ("number", "item")
INVITED_WITHIN = timedelta(days=15)  # nobody is asked about what is long past

announce("rate_us", _GIVEN)
announce("rating_answered", _GIVEN)


@journal.reads("case.closed", reader=READER)
def closed(fact: Fact) -> None:
    """Invite to rate 邀请评价; whoever took the case back is not asked."""
    if fact.data.get("how") != "completed" or fact.at < clock.now() - INVITED_WITHIN:
        return
    _send(fact.data["case"], "rate_us", key="rate_us")


@journal.reads("voice.redress_rectified", reader=READER)
def rectified(fact: Fact) -> None:
    """Tell the person that the rating was answered."""
    _send(fact.data["case"], "rating_answered", key=f"rating_answered/{fact.data['redress']}")


def _send(case_id: int, template: str, *, key: str) -> None:
    """Send a message of the case's pack to whoever applied; a pack without it stays silent."""
    case = Case.objects.select_related("item").get(id=case_id)
    recipient = recipient_of(case, "applicant")
    if recipient is None:
        return
    sending.send(
        recipient,
        case.release_id,
        template,
        {"number": case.number, "item": case.item.definition.title},
        key=f"case:{case.number}/{key}",
        subject=f"case:{case.number}",
        link=("portal:case", case.number),
        units=case.units,
    )
