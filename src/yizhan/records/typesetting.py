"""Typesetting 排版: a template and its data become pages, in a process that can be stopped.

One press (``press.py``) serves one process of the house and stays warm; a sheet takes a few milliseconds. A
template that runs too long or grows too large loses its press, not the house.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from yizhan.records import fonts

SECONDS = 20
MEMORY = 1536 * 1024 * 1024
SHEETS_PER_PRESS = 2_000  # Typst remembers what it has set; a fresh press forgets
LARGEST_ANSWER = 50 * 1024 * 1024
# Archives want PDF/A (GB/T 18894, DA/T 70); people with screen readers want tags (PDF/UA). This is both.
STANDARDS = ("a-2a", "ua-1")
_RUNNING = ("fangsong", "kaiti")
_LATIN = "[\\u{0020}-\\u{024f}]"
# A port where nobody listens: whatever asks for a package of the network ends here.
_NO_NETWORK = dict.fromkeys(("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"), "http://127.0.0.1:9")


class TypesettingFailed(Exception):
    """No pages were made."""


class TemplateBroken(TypesettingFailed):
    """Typst refused the template; ``line`` is counted in the template."""

    def __init__(self, message: str, line: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint


class TemplateTooHeavy(TypesettingFailed):
    """The template ran longer or grew larger than it may."""


@dataclass(frozen=True)
class Sheet:
    """What is to be set: a template's text, what it reads as ``data`` and ``paper``, and the moment.

    The same sheet gives the same bytes, always.
    """

    template: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    paper: Mapping[str, Any] = field(default_factory=dict)


class Typesetter:
    """A press and its queue: one sheet at a time, from any thread."""

    def __init__(self, faces: Mapping[str, Path], *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._files = {role: str(file) for role, file in faces.items()}
        self._seconds, self._memory = seconds, memory
        self._queue = threading.Lock()
        self._press: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._sheets = 0
        self._faces: dict[str, Any] = {}

    def pdf(self, sheet: Sheet) -> bytes:
        """The paper as PDF/A-2a and PDF/UA-1.

        Raises:
            TemplateBroken, TemplateTooHeavy: nothing was made.
        """
        return self._set(sheet, "pdf", STANDARDS)[0][0]

    def pictures(self, sheet: Sheet, *, ppi: float = 144) -> list[bytes]:
        """Every page as PNG, for a preview.

        Raises:
            TemplateBroken, TemplateTooHeavy: nothing was made.
        """
        return self._set(sheet, "png", (), ppi=ppi)[0]

    def warnings(self, sheet: Sheet) -> list[str]:
        """What Typst remarks on a sheet that it can set, such as a font it does not know.

        Raises:
            TemplateBroken, TemplateTooHeavy: nothing was made.
        """
        return self._set(sheet, "pdf", STANDARDS)[1]

    def close(self) -> None:
        """Let the press go; the next sheet starts another."""
        press, self._press = self._press, None
        if press is None:
            return
        if self._owner == os.getpid():
            press.kill()
            press.wait()
        for pipe in (press.stdin, press.stdout):
            if pipe is not None:
                _close(pipe)

    def _set(
        self, sheet: Sheet, form: Literal["pdf", "png"], standards: tuple[str, ...], *, ppi: float = 144
    ) -> tuple[list[bytes], list[str]]:
        with self._queue:
            press = self._running()
            order = {
                "template": sheet.template,
                "input": json.dumps({"data": sheet.data, "paper": sheet.paper, "fonts": self._faces}),
                "at": int(sheet.at.timestamp()),
                "format": form,
                "standards": list(standards),
                "ppi": ppi,
            }
            self._sheets += 1
            return self._within_time(press, order)

    def _running(self) -> subprocess.Popen[bytes]:
        """The press, started anew when there is none, it is worn, or this process was forked."""
        if self._press is not None and (self._owner != os.getpid() or self._sheets >= SHEETS_PER_PRESS):
            self.close()
        if self._press is None:
            self._press, self._owner, self._sheets = _start(), os.getpid(), 0
            start = {"fonts": self._files, "memory": self._memory, "seconds": int(self._seconds)}
            faces = self._ask(self._press, start)["faces"]
            self._faces = _families({role: faces[role] for role in self._files})
        return self._press

    def _within_time(
        self, press: subprocess.Popen[bytes], order: dict[str, Any]
    ) -> tuple[list[bytes], list[str]]:
        late = threading.Event()

        def stop() -> None:
            late.set()
            press.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            answer = self._ask(press, order)
            pages = [_exactly(press, size) for size in answer["sizes"]]
        except EOFError as fault:
            self.close()
            raise TemplateTooHeavy(
                _("排版超过 %(n)s 秒，已停止") % {"n": int(self._seconds)}
                if late.is_set()
                else _("排版所需内存或时间超过上限，已停止")
            ) from fault
        finally:
            timer.cancel()
        return pages, list(answer["warnings"])

    @staticmethod
    def _ask(press: subprocess.Popen[bytes], order: dict[str, Any]) -> dict[str, Any]:
        assert press.stdin and press.stdout
        try:
            press.stdin.write(json.dumps(order).encode() + b"\n")
            press.stdin.flush()
        except BrokenPipeError as fault:
            raise EOFError from fault
        line = press.stdout.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        if "fault" in answer:
            raise TemplateBroken(answer["fault"], answer["line"], "; ".join(answer["hints"]))
        return answer


@lru_cache(maxsize=1)
def house() -> Typesetter:
    """The typesetter of this process, with the fonts of the house.

    Raises:
        yizhan.records.fonts.FontsMissing: a font role has no file.
    """
    typesetter = Typesetter(fonts.files())
    atexit.register(typesetter.close)
    return typesetter


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (our own file, no shell, nothing from outside on the line)
        [sys.executable, "-I", str(Path(__file__).with_name("press.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"RAYON_NUM_THREADS": "1", "LANG": "C.UTF-8", **_NO_NETWORK},
        cwd="/",
    )


def _families(faces: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    """For every role what Typst needs: families in the order of asking, and a weight.

    Running text takes its letters and digits from the Latin face; black and title faces bring their own.
    """
    letters = {"name": faces["latin"][0], "covers": _LATIN}
    fallback = faces["fallback"][0]
    return {
        role: {"family": [*([letters] if role in _RUNNING else []), family, fallback], "weight": weight}
        for role, (family, weight) in faces.items()
    }


def _exactly(press: subprocess.Popen[bytes], size: int) -> bytes:
    assert press.stdout
    if size > LARGEST_ANSWER:
        raise EOFError
    found = press.stdout.read(size)
    if len(found) < size:
        raise EOFError
    return found


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return
