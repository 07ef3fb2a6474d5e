"""What a unit sees of the ratings it got 差评办理: those that wait, those done, and one whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q, QuerySet

from yizhan import clock
from yizhan.cases.models import Item
from yizhan.database.asking import Question
from yizhan.forms.paths import get
from yizhan.journal import access
from yizhan.voice.grades import Grade, remarks
from yizhan.voice.limits import RECTIFY, VERIFY
from yizhan.voice.models import Redress

PAGE = 50
LATE_SHOWN = 20
State = Literal["verify", "rectify", "done"]


@dataclass(frozen=True)
class Row:
    """One bad rating in a list; ``due_at`` is the limit of the next step, None when all is done.

    ``warn_at`` is when that limit begins to press.
    """

    id: int
    case_number: str
    item: str
    grade: str
    remarks: list[str]
    opened_at: datetime
    state: State
    due_at: datetime | None
    warn_at: datetime | None


@dataclass(frozen=True)
class Page:
    """A page of rows; whether another one follows is known."""

    rows: list[Row]
    number: int
    more: bool


def page(state: State, *, number: int = 1) -> Page:
    """The bad ratings of one's units in a state, the most urgent first, the latest first when done.

    Two statements, however many rows.
    """
    first = (max(number, 1) - 1) * PAGE
    found = list(_in_state(state).select_related("rating")[first : first + PAGE + 1])
    titles = _titles(found)
    rows = [_row(one, state, titles) for one in found[:PAGE]]
    return Page(rows, max(number, 1), len(found) > PAGE)


def late(most: int = LATE_SHOWN) -> list[Row]:
    """The bad ratings of one's units whose next step is past its limit, the longest first; two statements."""
    now = clock.now()
    unverified = Q(verified=None, verify_by__lt=now)
    found = Redress.objects.filter(unverified | Q(rectify_by__lt=now), rectified=None)
    rows = list(found.select_related("rating", "verified", "rectified").order_by("rectify_by", "id")[:most])
    titles = _titles(rows)
    return [_row(one, state_of(one), titles) for one in rows]


def waiting(most: int = 100) -> Question:
    """How many of one's units wait for a step, counted no further than ``most``; every page of the desk asks."""
    return Question(
        """select count(*) from (
               select from voice_redress r
               where not exists (select from voice_rectified done where done.redress_id = r.id)
               limit %s) waiting""",
        [most],
    )


def one(redress: int) -> Redress | None:
    """A redress with its rating and steps, as far as the scope shows it; the look is logged."""
    parts = ("rating__case", "verified", "rectified")
    found = Redress.objects.select_related(*parts).filter(pk=redress).first()
    if found is not None:
        fields = ["phone", "words"]
        access.saw([found.subject], fields, purpose=f"case:{found.rating.case_number}")
    return found


def phone_of(redress: Redress) -> str:
    """Where the person can be called back, as it was filed; the look was logged by :func:`one`."""
    return str(get(redress.rating.case.data, "applicant.phone") or "")


def item_title(redress: Redress) -> str:
    """What the rated item is called."""
    item = Item.objects.filter(code=redress.rating.item).first()
    return str(item) if item else redress.rating.item


def state_of(redress: Redress) -> State:
    """Which step a redress waits for."""
    if hasattr(redress, "rectified"):
        return "done"
    return "rectify" if hasattr(redress, "verified") else "verify"


def _in_state(state: State) -> QuerySet[Redress]:
    if state == "done":
        return Redress.objects.filter(rectified__isnull=False).order_by("-rectified__at", "-id")
    left = Redress.objects.filter(rectified=None)
    if state == "verify":
        return left.filter(verified=None).order_by("verify_by", "id")
    return left.filter(verified__isnull=False).order_by("rectify_by", "id")


def _titles(found: list[Redress]) -> dict[str, str]:
    items = Item.objects.filter(code__in={one.rating.item for one in found})
    return {item.code: str(item) for item in items}


def _row(one: Redress, state: State, titles: dict[str, str]) -> Row:
    rating = one.rating
    limits = {"verify": (one.verify_by, VERIFY), "rectify": (one.rectify_by, RECTIFY)}
    due, limit = limits.get(state, (None, None))
    return Row(
        id=one.pk,
        case_number=rating.case_number,
        item=titles.get(rating.item, rating.item),
        grade=str(Grade(rating.grade).label),
        remarks=remarks(rating.remarks),
        opened_at=one.opened_at,
        state=state,
        due_at=due,
        warn_at=limit.warn_at(due) if due and limit else None,
    )
