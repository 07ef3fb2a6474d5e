"""The portal's forms that come too late 迟到的表单: what was typed comes back after the log-in (``identity.late``)."""

from __future__ import annotations

from django.http import HttpRequest

from yizhan.identity.late import LateForms, sent_from_here, waits, wrong_token
from yizhan.portal import pace

__all__ = ["comes_back", "sent_from_here", "typed", "waits", "wrong_token"]

_AN_HOUR = 60


def _count(request: HttpRequest) -> None:
    pace.count(request, "late form", most=_AN_HOUR)


_FORMS = LateForms("portal:login", count=_count)
comes_back, typed = _FORMS.comes_back, _FORMS.typed
