"""Characters that no font has, on a sheet that is no paper 缺字: a mark stands in their place, as typesetters do.

A paper is not made without a character of somebody's name (``CharacterMissing``). A sheet that only shows what somebody
typed is made all the same: the style is told by ``data.gaps`` and says so, and programs find what was typed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from yizhan.records import font_files, fonts, glyphs, typesetting
from yizhan.records.press_faults import CharacterMissing
from yizhan.records.sheets import Sheet

MARK = "〓"
_FACE = "fangsong"  # what was typed is set in it
_TRIES = 8
# What belongs to the sign before it: joiners with what they join, and what changes its look or colour.
_JOINED, _CHANGES = (
    "\u200d",
    "\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef",
)


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF, with a mark for each character that cannot be drawn.

    Raises:
        yizhan.records.fonts.FontsMissing: no fonts are installed.
        yizhan.records.press_faults.TypesettingFailed: it cannot be set for another reason.
    """
    press = typesetting.house()
    try:
        return press.pdf(sheet)
    except CharacterMissing as fault:
        missing = _unmapped(sheet.data) | {*fault.character}
    for _try in range(_TRIES):
        try:
            return press.pdf(marked(sheet, missing))
        except CharacterMissing as fault:
            # A table of a font may promise what its glyphs do not keep.
            more = {*fault.character} - {MARK}
            if more <= missing:
                raise
            missing |= more
    return press.pdf(marked(sheet, missing))


def marked(sheet: Sheet, missing: Iterable[str]) -> Sheet:
    """The same with marks; what programs read in the file stays as it was."""
    each = f"[{re.escape(''.join(sorted(missing)))}]"
    sign = re.compile(f"{each}(?:{_JOINED}{each}|[{_JOINED}{_CHANGES}])*")
    told = sheet.told if sheet.told is not None else json.loads(sheet.attached())
    return replace(sheet, data={**_with_marks(sheet.data, sign), "gaps": True}, told=told)


def _with_marks(said: Any, sign: re.Pattern[str]) -> Any:
    if isinstance(said, str):
        return sign.sub(MARK, said)
    if isinstance(said, Mapping):
        return {key: _with_marks(value, sign) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return [_with_marks(value, sign) for value in said]
    return said


def _unmapped(data: Any) -> set[str]:
    """All that no font has in its table, found at once: the press would name one after the other."""
    left = {*glyphs.visible("".join(_texts(data)))}
    for file, last in fonts.in_order(_FACE, fonts.files()):
        mapped = font_files.characters(file)
        left -= {one for one in left if ord(one) <= last and ord(one) in mapped}
    return left


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for value in said.values():
            yield from _texts(value)
    elif isinstance(said, list | tuple):
        for value in said:
            yield from _texts(value)
