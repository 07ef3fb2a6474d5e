"""Reading pages as a browser does: the fields of a form, the words a reader sees."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def text(answer: Any) -> str:
    """The page as it was sent."""
    return str(answer.content.decode())


def sent(answer: Any, action: str = "") -> dict[str, str]:
    """What a browser would send with the form of this action, untouched."""
    reader = _Fields(action)
    reader.feed(text(answer))
    assert reader.found, f"no form {action!r} on the page"
    return reader.values


def statements(do: Callable[[], Any]) -> list[str]:
    """What was asked of the database, without the marks of transactions."""
    with CaptureQueriesContext(connection) as asked:
        do()
    return [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(_TRANSACTIONS)]


class _Fields(HTMLParser):
    """The named fields of one form, with their values."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.found = action, False, False
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            post = given.get("method", "get") == "post"
            self.inside = (
                post
                and (given.get("action") or "") == self.action
                and "look" not in (given.get("class") or "")
            )
            self.found = self.found or self.inside
        elif tag == "input" and self.inside and given.get("name"):
            if given.get("type") in {"checkbox", "radio"} and "checked" not in given:
                return
            self.values[str(given["name"])] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
