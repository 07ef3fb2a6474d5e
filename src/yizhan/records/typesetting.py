"""Typesetting 排版: a template and its data become pages, in a process that can be stopped.

One press serves one process of the house and stays warm; a sheet takes a few milliseconds. A template that
runs too long or grows too large loses its press, not the house.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _

from yizhan.records import fonts, press_faults
from yizhan.records.press_faults import (
    CharacterMissing,
    PressBusy,
    TemplateBroken,
    TemplateTooHeavy,
    TypesettingFailed,
)
from yizhan.records.running_press import Answer, PressGone, RunningPress
from yizhan.records.sheets import SealPlace, Sheet

__all__ = [
    "CharacterMissing", "PressBusy", "SealPlace", "Sheet", "TemplateBroken", "TemplateTooHeavy", "Typesetter",
    "TypesettingFailed", "house",
]  # fmt: skip

SECONDS = 20
WAITING = 20  # seconds; what is set before is stopped by then
MEMORY = 1536 * 1024 * 1024
REMEMBERED = 500  # sheets of which it is remembered what Typst remarked
UNUSED = 1  # a press has been asked for its faces, and for no sheet
SHEETS_PER_PRESS = 2_000  # Typst remembers what it has set; a fresh press forgets
# Archives want PDF/A (GB/T 18894, DA/T 70), part 3 of it carries the data as a file; people with screen readers
# want tags (PDF/UA). This is all three.
STANDARDS = ("a-3a", "ua-1")


class Typesetter:
    """A press and its queue: one sheet at a time, from any thread."""

    def __init__(
        self, files: Mapping[str, Sequence[Path]], *, seconds: float = SECONDS, memory: int = MEMORY,
        waiting: float = WAITING,
    ) -> None:  # fmt: skip
        self._files, self._seconds, self._memory, self._waiting = files, seconds, memory, waiting
        self._queue = threading.Lock()
        self._remarks: dict[bytes, list[str]] = {}
        self.press: RunningPress | None = None

    def pdf(self, sheet: Sheet) -> bytes:
        """The paper as PDF/A-3a and PDF/UA-1, with its data attached as ``data.json``.

        Raises:
            CharacterMissing, TemplateBroken, TemplateTooHeavy: nothing was made.
        """
        return self._set(sheet, "pdf", STANDARDS).pages[0]

    def pdf_with_places(self, sheet: Sheet) -> tuple[bytes, list[SealPlace]]:
        """The same, and where seals belong on it; what :meth:`places` tells, in one ask.

        Raises:
            CharacterMissing, TemplateBroken, TemplateTooHeavy: nothing was made.
        """
        answer = self._set(sheet, "pdf", STANDARDS, places=True)
        return answer.pages[0], _places(answer)

    def pictures(self, sheet: Sheet, *, ppi: float = 144) -> list[bytes]:
        """Every page as PNG, for a preview.

        Raises:
            TemplateBroken, TemplateTooHeavy: nothing was made.
        """
        return self._set(sheet, "png", (), ppi=ppi).pages

    def places(self, sheet: Sheet) -> list[SealPlace]:
        """Where seals belong on the pages of :meth:`pdf`, in the order of the units; none where none is foreseen.

        Found by computation when the pages are set.

        Raises:
            TemplateBroken, TemplateTooHeavy: the sheet cannot be set.
        """
        return _places(self._set(sheet, "places", ()))

    def warnings(self, sheet: Sheet) -> list[str]:
        """What Typst remarks on a sheet that it can set, such as a font it does not know.

        It is remembered whatever the moment, since packs are read again and again and seldom changed.

        Raises:
            CharacterMissing, TemplateBroken, TemplateTooHeavy: nothing was made.
        """
        said = json.dumps([sheet.template, sheet.data, sheet.paper], sort_keys=True, default=str)
        known = hashlib.sha256(said.encode()).digest()
        if known not in self._remarks:
            remarks = list(self._set(sheet, "pdf", STANDARDS).words["warnings"])
            if len(self._remarks) >= REMEMBERED:
                self._remarks.clear()
            self._remarks[known] = remarks
        return list(self._remarks[known])

    def close(self) -> None:
        """Let the press go; the next sheet starts another."""
        press, self.press = self.press, None
        if press is not None:
            press.close()

    def _set(
        self,
        sheet: Sheet,
        form: Literal["pdf", "png", "places"],
        standards: tuple[str, ...],
        *,
        ppi: float = 144,
        places: bool = False,
    ) -> Answer:
        if not self._queue.acquire(timeout=self._waiting):
            raise PressBusy
        try:
            answer = self._asked(sheet, form, standards, ppi=ppi, places=places)
        except PressGone as gone:
            raise TemplateTooHeavy(
                _("排版超过 %(n)s 秒，已停止") % {"n": int(self._seconds)}
                if gone.late
                else _("排版所需内存或时间超过上限，已停止")
            ) from gone
        finally:
            self._queue.release()
        if "fault" in answer.words:
            raise press_faults.fault(answer.words)
        return answer

    def _asked(
        self, sheet: Sheet, form: str, standards: tuple[str, ...], *, ppi: float, places: bool
    ) -> Answer:
        """Ask the press; a second one where it went under that had set sheets before.

        It remembers what it has set, so that after many pages there may be no room for a sheet that is not too large.
        """
        press = self._running()
        order = {
            "template": sheet.template,
            "input": json.dumps(
                {
                    "data": sheet.data,
                    "paper": sheet.paper,
                    "attached": sheet.attached(),
                    "fonts": fonts.families(press.faces),
                }
            ),
            "at": int(sheet.at.timestamp()),
            "format": form,
            "standards": list(standards),
            "ppi": ppi,
            "places": places,
        }
        used = press.sheets > UNUSED
        try:
            return press.ask(order)
        except PressGone as gone:
            self.press = None
            if gone.late or not used:
                raise
        try:
            return self._running().ask(order)
        except PressGone:
            self.press = None
            raise

    def _running(self) -> RunningPress:
        """The press, started anew when there is none, it died, it is worn, or this process was forked."""
        if self.press is not None and (not self.press.answers or self.press.sheets >= SHEETS_PER_PRESS):
            self.close()
        if self.press is None:
            self.press = RunningPress(fonts=self._files, seconds=self._seconds, memory=self._memory)
            try:
                fonts.required(self._files, self.press.faces)
            except fonts.FontUnreadable:
                self.close()
                raise
        return self.press


@lru_cache(maxsize=1)
def house() -> Typesetter:
    """The typesetter of this process, with the fonts of the house.

    Raises:
        yizhan.records.fonts.FontsMissing: a font role has no file.
    """
    typesetter = Typesetter(fonts.files())
    atexit.register(typesetter.close)
    return typesetter


def _places(answer: Answer) -> list[SealPlace]:
    return [SealPlace(**found) for found in answer.words["places"]]
