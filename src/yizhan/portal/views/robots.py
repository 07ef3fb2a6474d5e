"""What search engines may read: the guides and the pages about the site, never anybody's own."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yizhan.identity.doors import public

# Beginnings of addresses. A demo's people are invented, so nobody shall find them.
_NOT_FOR_ENGINES = (
    "/cases/ /drafts/ /receipts/ /my /progress /login /verify/ /rate/ /notices "  # what is taken down is forgotten
    "/staff/ /desk /station /preferences"
)


@public
@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt."""
    closed = ["/"] if settings.DEMO else [*_NOT_FOR_ENGINES.split(), "/items/*/apply"]
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
