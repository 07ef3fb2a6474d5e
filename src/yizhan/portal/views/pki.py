"""What programs fetch to check seals 证书与时间戳: certificates, lists of revoked ones, and timestamps (RFC 3161)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_POST, require_safe

from yizhan.identity.doors import public
from yizhan.keys import timestamps
from yizhan.keys.published import published
from yizhan.portal import pace

_KEPT = 900
"""Seconds: a revocation is known everywhere a quarter of an hour after it was published."""
_AN_HOUR = 600
_LONGEST_QUERY = 4096  # bytes; one with a hash and a nonce has less than a hundred
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


@public
@require_safe
@cache_control(public=True, max_age=_KEPT)
@conditional_page
def file(request: HttpRequest, name: str) -> HttpResponse:
    """A certificate of the authority, or a list of what it revoked, under the name that certificates tell."""
    found = published(name)
    if found is None:
        raise Http404
    answer = HttpResponse(found.content, content_type=found.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@public
@csrf_exempt  # programs ask, with no session and nothing of anybody
@require_POST
def stamp(request: HttpRequest) -> HttpResponse:
    """A timestamp for a hash; what is wrong with the query is told in the reply, as the RFC has it."""
    if request.content_type != _QUERY:
        return HttpResponse(f"Send {_QUERY}.\n", status=415, content_type="text/plain; charset=utf-8")
    pace.count(request, "tsa", most=_AN_HOUR)
    query = request.read(_LONGEST_QUERY + 1)
    if len(query) > _LONGEST_QUERY:
        told = f"A query has at most {_LONGEST_QUERY} bytes.\n"
        return HttpResponse(told, status=413, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(timestamps.answer(query), content_type=_REPLY)
    answer.headers["Cache-Control"] = "no-store"
    return answer


pki_urls = [path("pki/tsa", stamp, name="timestamp"), path("pki/<str:name>", file, name="authority_file")]
