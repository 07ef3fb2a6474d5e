"""Reasons and opinions as people type them 意见文字: cut of blanks, there where they must be, not too long."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.cases.refusals import Incomplete

LONGEST = 2000


def worded(words: str, place: str, missing: str = "", *, longest: int = LONGEST) -> str:
    """Words that were typed.

    Args:
        words: as they were typed.
        place: where they were typed, for the message.
        missing: what to say if there are none; empty: they may be left out.
        longest: how many characters there may be.

    Raises:
        Incomplete: none where some are needed, or too many.
    """
    said = words.strip()
    if missing and not said:
        raise Incomplete([(place, missing)])
    if len(said) > longest:
        raise Incomplete([(place, _("请控制在 %(n)s 字以内") % {"n": longest})])
    return said
