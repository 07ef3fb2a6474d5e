"""Pages travel compressed 页面压缩, where that tells nobody anything.

Who can put words of his own into somebody's page and watch its compressed length can guess what else stands in it
(BREACH). His words would come with the address, so a page of somebody who is signed in that was asked for with a
query travels as it is; forms of other sites bring no session along. The length of the rest is blurred by Django.
"""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPages(GZipMiddleware):
    """Compresses pages, and nothing else: files that people sent, and papers, are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed when browser, kind and circumstances allow it."""
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if not is_page or response.status_code != HTTPStatus.OK or _could_be_guessed(request):
            return response
        return super().process_response(request, response)


def _could_be_guessed(request: HttpRequest) -> bool:
    return bool(request.META.get("QUERY_STRING")) and settings.SESSION_COOKIE_NAME in request.COOKIES
