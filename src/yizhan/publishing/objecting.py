"""Objections 异议: handed in by anybody while a notice is up, kept also when it is over just then."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.cases.refusals import Incomplete, NotNow
from yizhan.cases.worded import worded
from yizhan.codes.typed import shown
from yizhan.identity import phone as phones
from yizhan.identity import scope
from yizhan.identity.faults import Refused
from yizhan.publishing import hearing
from yizhan.publishing.models import Objection, PublicNotice

SHORTEST, LONGEST = 10, 2000


def object_to(notice: uuid.UUID, *, words: str, name: str, phone: str, key: uuid.UUID) -> bool:
    """Hand in an objection; the same key again changes nothing. Name and telephone may be left out.

    The process of the case hears of it at once. What comes when the notice is over is no objection to it any more:
    those who handle the case are told of it.

    Returns:
        Whether the notice was still up.

    Raises:
        Incomplete: the words are too few or too many, or the telephone cannot be one; nothing was kept.
        NotNow: there is no such notice.
    """
    said = worded(words, "words", _("请写明异议的内容"), longest=LONGEST)
    faults = (
        [] if len(said) >= SHORTEST else [("words", _("请写具体些，不少于 %(n)s 个字") % {"n": SHORTEST})]
    )
    number = _phone(phone, faults)
    if faults:
        raise Incomplete(faults)
    with scope.service():  # whoever objects sees no case, and nothing of a notice that is over
        found = PublicNotice.objects.filter(id=notice).first()
        if found is None:
            raise NotNow(_("没有这项公示，内容没有提交。请从公示页面重新打开。"))
        made = Objection(
            id=key, notice=found, words=said, name=shown(name)[:60], phone=number, at=clock.now()
        )
        Objection.objects.bulk_create([made], ignore_conflicts=True)
        hearing.at_once(found, key)
    return not made.late


def _phone(typed: str, faults: list[tuple[str, str]]) -> str:
    """The telephone, if one was given."""
    if not typed.strip():
        return ""
    try:
        return phones.normal(typed)
    except Refused as wrong:
        faults.append(("phone", str(wrong)))
        return ""
