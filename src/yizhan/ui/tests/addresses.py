"""Addresses of a house that has this room only, and of pages that fail."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from yizhan.ui import errors, views

handler400 = "yizhan.ui.errors.bad_request"
handler403 = "yizhan.ui.errors.forbidden"
handler404 = "yizhan.ui.errors.not_found"
handler500 = "yizhan.ui.errors.server_error"


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a page")


def fails(request: HttpRequest, how: str) -> HttpResponse:
    raise {
        "denied": PermissionDenied(),
        "large": RequestDataTooBig(),
        "often": errors.TooManyRequests(retry_after=30),
        "away": OperationalError("connection refused"),
        "broken": RuntimeError("a secret of the machine room"),
        "unkeepable": DataError("no text holds NUL"),
    }[how]


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"a form, asked for by {request.method}")


@require_http_methods(["POST"])
def act(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def found(request: HttpRequest) -> HttpResponse:
    """One page is found, whatever one types: what the search dialog gets from the workbench."""
    return HttpResponse(
        '<ul role="listbox" aria-label="Found"><li role="option" id="seek-1" aria-selected="false" '
        'data-href="/desk/inbox/late/"><b>超期 Late</b></li></ul>'
        '<p class="visually-hidden" data-palette-target="count">1 found</p>'
        if "late" in request.GET.get("q", "")
        else ""
    )


@csrf_protect
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


inbox = (
    [
        path("", page, name="home"),
        path("inbox/", page, name="inbox"),
        path("inbox/late/", page, name="late"),
        path("search/live", found, name="search_live"),
    ],
    "desk",
)

urlpatterns = [
    path("", include("yizhan.ui.urls")),
    path("gallery", views.gallery),
    path("desk/", include(inbox)),
    path("guarded", guarded),
    path("form", form),
    path("act", act),
    path("fails/<how>", fails),
]
