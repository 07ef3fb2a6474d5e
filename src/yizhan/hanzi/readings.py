"""How Chinese text is read: pinyin as it is typed, and initials.

Phrases decide between readings (重庆 chong qing, 番禺 pan yu). Characters without a known reading stay
as they are. Tones are numbers inside the house (``yue4``, neutral 5), ü is written v as on a keyboard.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from yizhan.hanzi.folding import runs

if TYPE_CHECKING:
    from types import ModuleType

NEUTRAL = "5"


class Syllable(NamedTuple):
    """A character and how it is read: ``yue4``; empty when no reading is known."""

    char: str
    reading: str

    @property
    def letters(self) -> str:
        """The reading without its tone; the character itself when there is none."""
        return self.reading[:-1] or self.char


def pinyin(text: str) -> str:
    """The text as people type it: 越秀区 12 号 → ``yue xiu qu 12 hao``."""
    words: list[str] = []
    for run in runs(text):
        words.extend([s.letters for s in syllables(run.text)] if run.han else [run.text])
    return " ".join(words)


def initials(text: str) -> str:
    """The first letters: 越秀区 12 号 → ``yxq12h``."""
    return "".join(
        "".join(s.letters[0] for s in syllables(run.text)) if run.han else run.text for run in runs(text)
    )


@lru_cache(maxsize=16_384)
def syllables(han: str) -> tuple[Syllable, ...]:
    """The reading of each character of a stretch of Han characters, in the context of the others."""
    found = _read(han)
    if len(found) != len(han):
        found = [_read(char)[0] for char in han]
    return tuple(Syllable(char, _with_tone(reading)) for char, reading in zip(han, found, strict=True))


def marked(reading: str) -> str:
    """A reading with the tone as a mark: ``lv3`` → ``lǚ``."""
    return str(_tone_convert().to_tone(reading))


def _read(han: str) -> list[str]:
    library = _library()
    # What cannot be read comes back as it was, one item per character.
    return list(library.lazy_pinyin(han, style=library.Style.TONE3, errors=list))


def _with_tone(reading: str) -> str:
    """Give the neutral tone its number; what is no reading becomes empty."""
    if not reading.isascii():
        return ""
    return reading if reading[-1].isdigit() else reading + NEUTRAL


@cache
def _library() -> ModuleType:
    """Loaded late: 0.2 s and 57 MB that a process should pay only when it reads Chinese."""
    import pypinyin  # noqa: PLC0415 (see above)

    return pypinyin


@cache
def _tone_convert() -> ModuleType:
    from pypinyin.contrib import tone_convert  # noqa: PLC0415 (see _library)

    return tone_convert
