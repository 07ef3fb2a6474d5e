"""Pages travel compressed, unless a stranger's words could stand in them."""

from __future__ import annotations

import gzip

import pytest
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from yizhan.ui.compression import CompressedPages

PAGE = "<p>" + "示例 " * 200
ACCEPTS = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


def answered(address="/", response=None, *, session=False, **headers):
    request = RequestFactory().get(address, **(ACCEPTS | headers))
    if session:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    return CompressedPages(lambda _: response or HttpResponse(PAGE))(request)


@pytest.mark.parametrize(("address", "session"), [("/", False), ("/", True), ("/items?q=a", False)])
def test_a_page_is_compressed(address, session):
    found = answered(address, session=session)
    assert found.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(found.content).decode() == PAGE
    assert int(found.headers["Content-Length"]) == len(found.content) < len(PAGE.encode()) / 2
    assert "Accept-Encoding" in found.headers["Vary"]


def test_its_length_says_nothing_exact():
    assert len({len(answered().content) for _ in range(50)}) > 5


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(PAGE, status=404),
        HttpResponse(PAGE, content_type="application/pdf"),
        HttpResponse(PAGE, content_type="text/csv"),
        FileResponse([PAGE.encode()], content_type="image/png"),
    ],
)
def test_what_is_no_page_is_left_alone(response):
    assert "Content-Encoding" not in answered(response=response).headers


def test_a_search_of_somebody_with_a_session_travels_as_it_is():
    found = answered("/desk/search?q=a", session=True)
    assert "Content-Encoding" not in found.headers
    assert found.content.decode() == PAGE


def test_a_browser_that_does_not_ask_for_it_gets_it_plain():
    assert "Content-Encoding" not in answered(HTTP_ACCEPT_ENCODING="identity").headers
