"""Rating a case 评价: once, after its end, by whom it concerns; a bad one opens a redress by itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.cases.models import Case, Status
from yizhan.identity.actor import Actor
from yizhan.voice import redress
from yizhan.voice.grades import REMARKS, Grade
from yizhan.voice.models import Channel, Rating
from yizhan.voice.refusals import AlreadyRated, Incomplete, NotEnded, NotYours

LONGEST = 500
INVITATION = "invitation"
ENDED = frozenset({Status.DECIDED, Status.CLOSED})


def rate(
    case: Case,
    grade: int,
    *,
    by: Actor | None,
    channel: Channel = Channel.WEB,
    remarks: Sequence[str] = (),
    words: str = "",
) -> Rating:
    """Rate a case.

    Args:
        case: decided or closed.
        grade: 5 非常满意 to 1 非常不满意.
        by: who is logged in; None for somebody who came with a token (:func:`invitation.admit`).
        channel: how the rating came in.
        remarks: keys of :data:`grades.REMARKS`.
        words: at most 500 characters.

    Raises:
        NotYours: not the applicant, not the person it is about, and no token of this case was shown.
        AlreadyRated: it has its rating.
        Incomplete: no grade, an unknown remark, or too many words.
        NotEnded: the case goes on.
    """
    if case.status not in ENDED:
        raise NotEnded
    if not _may(case, by):
        raise NotYours
    rating = Rating(
        case=case,
        case_number=case.number,
        case_status=case.status,
        item=case.item_id,
        unit=case.unit,
        grade=_grade(grade),
        remarks=_remarks(remarks),
        words=_words(words),
        channel=Channel(channel),
        by=by.key if by is not None else INVITATION,
        at=clock.now(),
    )
    with transaction.atomic():
        _enter(rating)
        journal.write(
            "voice.rated",
            subject=f"case:{case.number}",
            actor=rating.by,
            rating=rating.pk,
            item=rating.item,
            unit=rating.unit,
            grade=rating.grade,
            channel=rating.channel,
        )
        if Grade(rating.grade).is_bad:
            redress.open_(rating)
    return rating


def of(case: Case) -> Rating | None:
    """The rating of a case with its redress, as far as the scope shows it; one statement."""
    parts = ("redress__verified", "redress__rectified")
    return Rating.objects.filter(case=case).select_related(*parts).first()


def awaited(case: Case, *, by: Actor | None) -> bool:
    """Whether somebody could rate the case now: it has ended, it is theirs, and nobody rated it yet."""
    return case.status in ENDED and _may(case, by) and of(case) is None


def _may(case: Case, by: Actor | None) -> bool:
    """Whether somebody may rate the case at all; staff never do."""
    return (by is None or by.is_citizen) and _own(case)


def _own(case: Case) -> bool:
    """Whether the database lets this transaction rate the case."""
    with connection.cursor() as cursor:
        cursor.execute("select voice_own_case(%s)", [case.pk])
        return bool(cursor.fetchone()[0])


def _enter(rating: Rating) -> None:
    try:
        with transaction.atomic():
            rating.save(force_insert=True)
    except IntegrityError as known:
        raise AlreadyRated from known


def _grade(grade: int) -> Grade:
    try:
        return Grade(grade)
    except ValueError as unknown:
        raise Incomplete("grade", _("请选择满意程度。")) from unknown


def _remarks(keys: Sequence[str]) -> list[str]:
    chosen = set(keys)
    if not chosen <= set(REMARKS):
        raise Incomplete("remarks", _("评价标签有误，请重新选择。"))
    return [key for key in REMARKS if key in chosen]


def _words(words: str) -> str:
    plain = words.replace("\r\n", "\n").strip()
    if len(plain) > LONGEST:
        told = _("评价内容请控制在 %(n)s 字以内，现有 %(length)s 字。")
        raise Incomplete("words", told % {"n": LONGEST, "length": len(plain)})
    return plain
