"""Forms that come too late 迟到的表单: the log-in ran out, or was renewed in another tab, while one was typing.

Nothing that was typed is lost. It is sealed into the session of the same browser, the person is led to log in
where that is needed, and the page shows it again; it counts only when it is sent once more. The page asks for it after
it has made sure that what it is about may be seen, so nobody else who logs in at the same computer sees it. Files are
not kept: whoever sent them was not known.

Forms without words of their own (hand in, withdraw) lead back to the page they stood on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from yizhan.identity import sealing
from yizhan.identity.doors import View
from yizhan.ui.errors import csrf_failure

LASTS = 3600
"""Seconds for which it is kept."""
LARGEST = 256 * 1024
"""Bytes of one form; a longer one is not kept, and the person is told."""
TYPED_BY = "typed_by"
"""The field in which a form says whose it is, as :func:`mark` writes it."""
_KEY = "late form"
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)
_MARKS = signing.Signer(salt="yizhan late forms")


class LateForms:
    """How the forms of one door come back.

    Args:
        login: the door's log-in page, by name.
        count: counts a form before it is kept, and refuses too many of one address.
        marked: several people work at one computer and may see the same things. Then only what bears the mark of
            somebody is kept, and shown to nobody else.
    """

    def __init__(
        self, login: str, *, count: Callable[[HttpRequest], None] | None = None, marked: bool = False
    ) -> None:
        self._login, self._count, self._marked = login, count, marked

    def comes_back(
        self, again: str = "", *, shown_at: str = "", by: tuple[str, ...] | None = None
    ) -> Callable[[View], View]:
        """Mark a view whose form may come too late. Stands above the door's mark.

        Args:
            again: the page the form stood on, by name, where it has no words of its own.
            shown_at: the page that shows the form with its words, and asks :func:`typed` for what was sent; with
                neither it is the view itself.
            by: which of the view's arguments that page takes; left out, all.
        """

        def mark_view(view: View) -> View:
            @csrf_exempt  # the token is looked at here, so that a stale one loses nothing
            @wraps(view)
            def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
                if request.method != "POST":
                    return view(request, *args, **kwargs)
                wrong = wrong_token(request)
                if wrong and not sent_from_here(request):
                    return csrf_failure(request, wrong)
                if not wrong and not _nobody(request):
                    request.session.pop(_KEY, None)
                    return view(request, *args, **kwargs)
                named = {key: value for key, value in kwargs.items() if key in (kwargs if by is None else by)}
                if again:
                    return self._led_back(request, reverse(again, kwargs=named))
                page = reverse(shown_at, kwargs=named) if shown_at else request.path
                self._keep(request, page)
                return self._to(request, page if shown_at else request.get_full_path())

            return answer

        return mark_view

    def typed(self, request: HttpRequest) -> QueryDict | None:
        """What was sent to this page too late, if anything; the page keeps it until a form is sent again."""
        kept = request.session.get(_KEY)
        if request.method != "GET" or not kept or kept["path"] != request.path or kept["until"] < _now():
            return None
        if self._marked and kept["by"] != request.user.pk:
            return None
        try:
            return QueryDict(sealing.unseal(kept["sealed"]))
        except sealing.Unopenable:
            return None

    def _led_back(self, request: HttpRequest, page: str) -> HttpResponseBase:
        if not _nobody(request):
            messages.warning(request, _("页面打开太久，刚才的操作没有提交。内容都在，请核对后再点一次。"))
        return self._to(request, page)

    def _to(self, request: HttpRequest, page: str) -> HttpResponseBase:
        """To the log-in, or straight to the page where somebody is signed in already."""
        if _nobody(request):
            return redirect(reverse(self._login, query={"next": page}))
        return redirect(page)

    def _keep(self, request: HttpRequest, page: str) -> None:
        whose = marked_by(request)
        if self._marked and whose is None:
            return
        if self._count is not None:
            self._count(request)
        answers = request.POST.copy()
        for name in (_TOKEN, TYPED_BY):
            answers.pop(name, None)
        text = answers.urlencode()
        if len(text) <= LARGEST:
            request.session[_KEY] = {
                "path": page,
                "until": _now() + LASTS,
                "sealed": sealing.seal(text),
                "by": whose,
            }
            if self._marked and _nobody(request):  # the log-in page of staff shows messages
                messages.info(request, _("登录已过期。刚才填写的内容已为您留存，登录后可以接着填。"))
        else:
            messages.warning(request, _("登录已过期，刚才填写的内容过长，没有留存，请重新填写本页。"))


def mark(request: HttpRequest) -> str:
    """For the field :data:`TYPED_BY` of a form: who is typing, signed."""
    return _MARKS.sign(str(request.user.pk))


def marked_by(request: HttpRequest) -> int | None:
    """The account whose mark a sent form bears; None for no mark, or one that the house did not write."""
    try:
        return int(_MARKS.unsign(request.POST.get(TYPED_BY, "")))
    except (signing.BadSignature, ValueError):
        return None


def waits(request: HttpRequest) -> bool:
    """Whether something typed waits for somebody to log in; the log-in pages say so."""
    kept = request.session.get(_KEY)
    return kept is not None and kept["until"] >= _now()


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


def _nobody(request: HttpRequest) -> bool:
    return getattr(request, "actor", None) is None


def _no_answer(request: HttpRequest) -> HttpResponseBase:
    raise NotImplementedError("only the check is asked for")


def _now() -> int:
    """Seconds of real time, like all that has to do with sessions."""
    return int(timezone.now().timestamp())
