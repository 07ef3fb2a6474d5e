"""Forms that come too late 迟到的表单: the log-in ran out, or was renewed in another tab, while one was typing.

Nothing that was typed is lost. It is sealed into the session of the same browser, the person is led to log in
where that is needed, and the page shows it again; it counts only when it is sent once more. The page asks for it after
it has made sure that the draft or case is hers, so nobody else who logs in at the same computer sees it. Files are
not kept: whoever sent them was not known.

Forms without words of their own (hand in, withdraw) lead back to the page they stood on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from yizhan.identity import sealing
from yizhan.portal import pace
from yizhan.portal.doors import View
from yizhan.portal.visitors import nobody
from yizhan.ui.errors import csrf_failure

LASTS = 3600
"""Seconds for which it is kept."""
LARGEST = 256 * 1024
"""Bytes of one form; a longer one is not kept, and the person is told."""
_AN_HOUR = 60
_KEY = "late form"
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)


def comes_back(again: str = "") -> Callable[[View], View]:
    """Mark a view whose form may come too late. Stands above the door's mark.

    Args:
        again: the page the form stood on, by name, with the view's own arguments; left out, the view itself
            shows the form, and :func:`typed` gives it what was sent.
    """

    def mark(view: View) -> View:
        @csrf_exempt  # the token is looked at here, so that a stale one loses nothing
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            wrong = wrong_token(request)
            if wrong and not sent_from_here(request):
                return csrf_failure(request, wrong)
            if not wrong and not nobody(request):
                request.session.pop(_KEY, None)
                return view(request, *args, **kwargs)
            return _led_back(request, reverse(again, kwargs=kwargs) if again else "")

        return answer

    return mark


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent to this page too late, if anything; the page keeps it until a form is sent again."""
    kept = request.session.get(_KEY)
    if request.method != "GET" or not kept or kept["path"] != request.path or kept["until"] < _now():
        return None
    try:
        return QueryDict(sealing.unseal(kept["sealed"]))
    except sealing.Unopenable:
        return None


def waits(request: HttpRequest) -> bool:
    """Whether something typed waits for somebody to log in; the log-in pages say so."""
    kept = request.session.get(_KEY)
    return kept is not None and kept["until"] >= _now()


def _led_back(request: HttpRequest, again: str) -> HttpResponseBase:
    """To the log-in, or straight to the page where somebody is signed in already."""
    if not again:
        _keep(request)
    address = again or request.get_full_path()
    if nobody(request):
        return redirect(reverse("portal:login", query={"next": address}))
    if again:
        messages.warning(request, _("页面打开太久，刚才的操作没有提交。内容都在，请核对后再点一次。"))
    return redirect(address)


def _keep(request: HttpRequest) -> None:
    pace.count(request, "late form", most=_AN_HOUR)
    answers = request.POST.copy()
    answers.pop(_TOKEN, None)
    text = answers.urlencode()
    if len(text) <= LARGEST:
        request.session[_KEY] = {
            "path": request.path,
            "until": _now() + LASTS,
            "sealed": sealing.seal(text),
        }
    else:
        messages.warning(request, _("登录已过期，刚才填写的内容过长，没有留存，请重新填写本页。"))


def wrong_token(request: HttpRequest) -> str:
    """What is wrong with the token of a form; empty when nothing is."""
    reason = _Token(_no_answer).process_view(request, _no_answer, (), {})
    return str(reason) if reason else ""


def sent_from_here(request: HttpRequest) -> bool:
    """Browsers name the site a form was sent from; one that does not gets the usual page."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


class _Token(CsrfViewMiddleware):
    """Django's check of the token, giving the reason instead of the page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def _no_answer(request: HttpRequest) -> HttpResponseBase:
    raise NotImplementedError("only the check is asked for")


def _now() -> int:
    """Seconds of real time, like all that has to do with sessions."""
    return int(timezone.now().timestamp())
