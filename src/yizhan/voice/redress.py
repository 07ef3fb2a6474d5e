"""What follows a bad rating 差评整改: call back and verify, put right, answer. Each step is a row."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yizhan import calendar, clock, journal
from yizhan.calendar import deadlines
from yizhan.cases.models import Task, TaskState
from yizhan.identity.actor import Actor
from yizhan.voice.limits import RECTIFY, VERIFY
from yizhan.voice.models import Rating, Rectified, Redress, RedressStep, Verified
from yizhan.voice.refusals import Incomplete, NotYours, Refused

LONGEST = 1000


def open_(rating: Rating) -> Redress:
    """Open the redress of a bad rating, in the transaction of the rating itself."""
    now, table = clock.now(), calendar.table()
    opened = Redress.objects.create(
        rating=rating,
        unit=rating.unit,
        subject=rating.case.subject,
        opened_at=now,
        verify_by=deadlines.deadline(table, now, working_days=VERIFY.working_days).ends_at,
        rectify_by=deadlines.deadline(table, now, working_days=RECTIFY.working_days).ends_at,
    )
    _tell("voice.redress_opened", opened, actor=rating.by, grade=rating.grade)
    return opened


def verify(redress: Redress, words: str, *, by: Actor) -> Verified:
    """Note that somebody called back and what they found 回访核实.

    Raises:
        NotYours: not staff of the unit, or somebody who handled the case: nobody looks into their own rating.
        Incomplete: no words, or too many.
        Refused: it was verified already.
    """
    _check(redress, by)
    step = Verified(redress=redress, words=_words(words), **_hand(by))
    _enter(step, _("这条差评已经核实过，没有重复登记。请刷新页面查看。"))
    _tell("voice.redress_verified", redress, actor=by.key, on_time=step.at < redress.verify_by)
    return step


def rectify(redress: Redress, words: str, *, by: Actor) -> Rectified:
    """Note what was done about it; the words go to the person as the answer 整改答复.

    Raises:
        NotYours: as for :func:`verify`.
        Incomplete: no words, or too many.
        Refused: not verified yet, or answered already.
    """
    _check(redress, by)
    if not Verified.objects.filter(redress=redress).exists():
        raise Refused(_("请先回访核实，再答复整改结果。"))
    step = Rectified(redress=redress, words=_words(words), **_hand(by))
    _enter(step, _("这条差评已经答复过，没有重复登记。请刷新页面查看。"))
    _tell("voice.redress_rectified", redress, actor=by.key, on_time=step.at < redress.rectify_by)
    return step


def _check(redress: Redress, by: Actor) -> None:
    if not by.is_staff or not Redress.objects.filter(pk=redress.pk).exists():
        raise NotYours(_("您没有办理这条差评的权限。"))
    people = [one for one in (by.account_id, by.on_behalf_of and by.on_behalf_of.account_id) if one]
    own = Task.objects.filter(case=redress.rating.case_id, state=TaskState.DONE, done_by__in=people)
    if own.exists():
        raise NotYours(_("您办理过这件事，差评须由其他人员核实和答复，请转交同事。"))


def _hand(by: Actor) -> dict[str, object]:
    name = " · ".join(part for part in (by.name, by.post_title) if part)[:160]
    return {"at": clock.now(), "by": by.key, "by_name": name}


def _enter(step: RedressStep, known_already: str) -> None:
    try:
        with transaction.atomic():
            step.save(force_insert=True)
    except IntegrityError as known:
        raise Refused(known_already) from known


def _words(words: str) -> str:
    plain = words.replace("\r\n", "\n").strip()
    if not plain:
        raise Incomplete("words", _("请填写内容。"))
    if len(plain) > LONGEST:
        told = _("内容请控制在 %(n)s 字以内，现有 %(length)s 字。")
        raise Incomplete("words", told % {"n": LONGEST, "length": len(plain)})
    return plain


def _tell(kind: str, redress: Redress, *, actor: str, **data: object) -> None:
    rating = redress.rating
    journal.write(
        kind,
        subject=f"case:{rating.case_number}",
        actor=actor,
        redress=redress.pk,
        case=rating.case_id,
        item=rating.item,
        unit=redress.unit,
        **data,
    )
