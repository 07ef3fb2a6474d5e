"""Somebody who opens pages: one kept connection, cookies, no cache; so every answer is a whole page."""

from __future__ import annotations

import gzip
import re
import time
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

_BROWSER = {"Accept": "text/html", "Accept-Language": "zh-CN,zh", "Accept-Encoding": "gzip"}


class Answer(NamedTuple):
    """What came back."""

    status: int
    location: str
    text: str


class Refused(AssertionError):
    """A page did not answer as it must for the measurement to mean something."""


class Visitor:
    """A browser without a screen."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        self._origin = address
        self._cookies: dict[str, str] = {}

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def page(self, path: str, holding: str = "") -> str:
        """A page that answers 200 and holds these words.

        Raises:
            Refused: it answers otherwise.
        """
        answer = self.ask("GET", path)
        if answer.status != 200 or holding not in answer.text:
            raise Refused(f"{path}: {answer.status} {answer.location}, {holding!r} is not in it")
        return answer.text

    def fill_in(self, path: str, at: str = "", **fields: str) -> Answer:
        """Open the page with the form, send the form; ``at`` is where it is sent if not to the page itself.

        Raises:
            Refused: the page has no form.
        """
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page(path))
        if found is None:
            raise Refused(f"{path} has no form")
        return self.ask("POST", at or path, {"csrfmiddlewaretoken": found[1], **fields})

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        """One request; once more on a new connection when the server has closed the old one."""
        try:
            return self._ask(method, path, fields)
        except (HTTPException, ConnectionError):
            self._connection.close()
            return self._ask(method, path, fields)

    def milliseconds(self, path: str, times: int) -> float:
        """Open a page so many times; the mean time from asking to the last byte."""
        began = time.perf_counter()
        for _ in range(times):
            self.page(path)
        return (time.perf_counter() - began) / times * 1000

    def _ask(self, method: str, path: str, fields: dict[str, str] | None) -> Answer:
        headers = {**_BROWSER, "Referer": self._origin + path}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        body = None
        if fields is not None:
            body, headers["Content-Type"] = urlencode(fields), "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        sent = response.read()
        packed = response.headers.get("Content-Encoding") == "gzip"
        text = (gzip.decompress(sent) if packed else sent).decode()
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return Answer(response.status, response.headers.get("Location", ""), text)
