"""Headers that every answer carries 安全响应头, and pages for requests that no view can answer."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from yizhan.ui import errors

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
"""No inline script or style, nothing from other servers, no frames around our pages."""

PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()"

METHODS = ("GET", "HEAD", "POST")
"""What the house answers at all; which of them an address takes is for its view."""

Answer = Callable[[HttpRequest], HttpResponseBase]


class SecurityHeaders:
    """Adds the headers unless the view set its own, and gives a page to what would end without one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then dress the answer."""
        response = self._answered(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])  # colours, text size and language lie in cookies
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django knows no such exceptions, so they are answered here."""
        if isinstance(exception, errors.TooManyRequests):
            return errors.too_many_requests(request, exception)
        if isinstance(exception, DataError) and _holds_nul(request):
            return errors.bad_request(request, exception)
        return None

    def _answered(self, request: HttpRequest) -> HttpResponseBase:
        method = request.method
        if method not in METHODS:
            return errors.not_allowed(request, ", ".join(METHODS))
        if method == "HEAD":  # asked for as a GET, so that no view has to know it; servers drop the body
            request.method = "GET"
        response = self.get_response(request)
        request.method = method
        if response.status_code == 405:  # Django's own has no words
            return errors.not_allowed(request, response.headers.get("Allow", ""))
        return response


def _holds_nul(request: HttpRequest) -> bool:
    """Whether a NUL was sent: no keyboard types it, and no text of the database can hold it."""
    sent = [
        request.path,
        *request.POST.keys(),
        *(text for _name, all_ in request.POST.lists() for text in all_),
    ]
    return b"\0" in unquote_to_bytes(request.META.get("QUERY_STRING", "")) or any(
        "\0" in text for text in sent
    )
