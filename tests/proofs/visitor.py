"""A visitor without a browser: keeps cookies, follows redirects, sends forms with their token."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from urllib.parse import urlencode


@dataclass(frozen=True)
class Page:
    """An answer: where one ended, its status, its text and its headers."""

    address: str
    status: int
    text: str
    headers: Message


class Visitor:
    """One visitor of a running product."""

    def __init__(self, address: str, **headers: str) -> None:
        self._address = address
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._page: Page | None = None

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._open(urllib.request.Request(self._address + path, headers=self._headers))

    def send(self, path: str, **fields: str) -> Page:
        """Send the form of the page one is on."""
        assert self._page is not None
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self._page.text)
        assert token, "the page has no form"
        body = urlencode({**fields, "csrfmiddlewaretoken": token[1]}).encode()
        return self._open(urllib.request.Request(self._address + path, body, self._headers))

    def _open(self, request: urllib.request.Request) -> Page:
        try:
            answer = self._opener.open(request, timeout=20)
        except urllib.error.HTTPError as fault:
            answer = fault
        with answer:
            text = html.unescape(answer.read().decode())
            path = answer.url.removeprefix(self._address)
            self._page = Page(path, answer.status, text, answer.headers)
        return self._page
