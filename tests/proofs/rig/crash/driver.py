"""Somebody who works through the front door, and repeats what was not answered 使用者."""

from __future__ import annotations

import re
import threading
import traceback
from collections.abc import Callable
from html import unescape
from http.client import HTTPException
from random import Random
from typing import ClassVar

from tests.benchmarks.rig.visitor import Answer, Visitor
from tests.proofs.rig.crash.acknowledged import Book, Step, now

_PAUSE = 0.1  # seconds until something that was not answered is sent again
_PATIENCE = 240.0  # seconds after which nobody waits for an answer any more
_BROKEN = 500
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_COMMAND = re.compile(r'name="command" value="([^"]+)"')


class Driver(threading.Thread):
    """One person with one browser, who goes on until told to stop.

    Attributes:
        kind: how the report calls such people.
        home: a page that such people always have.
    """

    kind: ClassVar[str]
    home: ClassVar[str]

    def __init__(self, address: str, name: str, book: Book, seed: str) -> None:
        super().__init__(name=name, daemon=True)
        self.visitor = Visitor(address)
        self.random = Random(f"{seed}/{name}")
        self.book = book
        self.broke = ""
        self.unanswered = 0
        self._stopped = threading.Event()

    def come_in(self) -> None:
        """Log in, before anything is killed."""
        raise NotImplementedError

    def act(self) -> None:
        """Do one thing, if there is something to do."""
        raise NotImplementedError

    def run(self) -> None:
        """Do one thing after the other; what the product must not do breaks off, and is told."""
        try:
            while not self._stopped.wait(self.random.uniform(0.1, 0.5)):
                self.act()
        except Exception:
            self.broke = traceback.format_exc()

    def stop(self) -> None:
        """Do no more after what is in hand."""
        self._stopped.set()

    def page(self, path: str) -> Answer:
        """A page, asked for again until the product answers."""
        return self._until_answered(lambda: self.visitor.ask("GET", path))[0]

    def send(self, path: str, page: str, **fields: str) -> Answer:
        """A form that is no step, such as a page of a draft; sent again until it is answered."""
        whole = {"csrfmiddlewaretoken": _token(page), **fields}
        return self._until_answered(lambda: self.visitor.ask("POST", path, whole))[0]

    def step(self, path: str, page: str, **fields: str) -> Step:
        """A step: the same command again until it is answered, then into the book."""
        command = _COMMAND.search(
            page[page.index(f'action="{path}"') :] if f'action="{path}"' in page else page
        )
        assert command, f"{path}: no command on the page"
        whole = {"csrfmiddlewaretoken": _token(page), "command": command[1], **fields}
        began = now()
        answer, tries = self._until_answered(lambda: self.visitor.ask("POST", path, whole))
        location = answer.location if answer.status == 302 else ""
        assert "login" not in location, f"{self.name} was logged out: {location}"
        del whole["csrfmiddlewaretoken"]
        step = Step(command[1], self.name, path, whole, answer.status, location, tries, began, now())
        self.book.write(step)
        return step

    def again(self, step: Step, page: str) -> Answer:
        """The same step once more, after everything is over."""
        return self.visitor.ask("POST", step.path, {"csrfmiddlewaretoken": _token(page), **step.fields})

    def _until_answered(self, ask: Callable[[], Answer]) -> tuple[Answer, int]:
        tries, began = 0, now()
        while True:
            tries += 1
            try:
                answer = ask()
            except (HTTPException, OSError):
                self.visitor.close()
            else:
                if answer.status < _BROKEN:
                    return answer, tries
            self.unanswered += 1
            assert now() - began < _PATIENCE, f"{self.name} gets no answer"
            threading.Event().wait(_PAUSE)


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    assert found, "the page has no form"
    return unescape(found[1])
