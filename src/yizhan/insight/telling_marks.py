"""Telling the security administrators of looks that deserve attention 须关注查阅的告知: once a day, at the first of them.

The message names the unit that looked and why the look bears a mark, and leads to the page; it does not say at whom.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from yizhan import clock
from yizhan.calendar.deadlines import day_of
from yizhan.identity.holders import holders
from yizhan.identity.models import Account, Post, Unit
from yizhan.insight.looks import SECURITY, marked
from yizhan.journal.access import MARKED
from yizhan.journal.reading import Fact, reads
from yizhan.notices import sending
from yizhan.releases.models import Current
from yizhan.releases.words import Text
from yizhan.ui.language import listed

PACK, TEMPLATE, PAGE = "data_protection", "marked_looks", "desk:marked_looks"
_UNKNOWN = Text(zh="某单位", en="An office")


@reads(MARKED, reader="marked looks")
def tell(fact: Fact) -> None:
    """Tell whoever holds the role; of the same day once, however many looks there are."""
    release = Current.objects.filter(pack=PACK).values_list("release_id", flat=True).first()
    root = Unit.objects.filter(parent=None).order_by("path").first()
    if release is None or root is None:
        return
    at: datetime = fact.at.astimezone(clock.ZONE)
    day = day_of(fact.at)
    known = {
        "day": day,
        "time": f"{at:%H:%M}",
        "unit": _unit(fact.data["post"]),
        "marks": _marks(fact.data["marks"]),
    }
    for holder in holders(SECURITY, root.path, root.division):
        sending.send(
            Account.objects.get(id=holder.account_id), release, TEMPLATE, known,
            key=f"marked looks/{day}/{holder.account_id}", link=(PAGE, ""),
        )  # fmt: skip


def _unit(post: str) -> Text:
    number = post.removeprefix("post:")
    found = Post.objects.filter(id=int(number)).select_related("unit").first() if number.isdecimal() else None
    return Text(zh=found.unit.name, en=found.unit.name_en or found.unit.name) if found else _UNKNOWN


def _marks(marks: list[str]) -> Text:
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(listed(marked(one) for one in marks))
    return Text(zh=said[0], en=said[1])
