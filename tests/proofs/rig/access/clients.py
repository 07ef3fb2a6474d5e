"""Somebody with a session 会话客户端: one kept connection, the cookie of a log-in, forms with their token."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException
from urllib.parse import unquote, urlencode, urlsplit

from tests.proofs.rig.access import pdf_words

_TOKEN = "a" * 32


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers as lines, the body as text: of a PDF its words, else without bytes that are none."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def told(self) -> tuple[str, ...]:
        """Everything in which a value could stand."""
        return html.unescape(self.body), *(
            unquote(f"{name}: {value}") for name, value in self.headers.items()
        )


class Client:
    """One post's browser; ``session`` is empty for a visitor."""

    def __init__(self, address: str, session: str = "", language: str = "zh-CN,zh") -> None:
        parts = urlsplit(address)
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        cookies = {"csrftoken": _TOKEN, **({"yizhan_session": session} if session else {})}
        self._headers = {
            "Accept": "text/html", "Accept-Language": language, "X-CSRFToken": _TOKEN,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }  # fmt: skip

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page; redirects are not followed."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form."""
        return self._ask(
            "POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"}
        )

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None, more: dict[str, str]) -> Answer:
        try:
            return self._once(method, path, body, more)
        except (HTTPException, OSError):
            self._connection.close()
            return self._once(method, path, body, more)

    def _once(self, method: str, path: str, body: str | None, more: dict[str, str]) -> Answer:
        self._connection.request(method, path, body, {**self._headers, **more})
        answer = self._connection.getresponse()
        return Answer(answer.status, dict(answer.headers.items()), _text(answer.headers, answer.read()))


def _text(headers: Message, content: bytes) -> str:
    if headers.get_content_type() == "application/pdf":
        return pdf_words.words(content)
    return content.decode("utf-8", errors="ignore")
