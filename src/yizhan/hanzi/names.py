"""Forms of personal names 姓名: surname and given name, and their spelling.

Spelling after GB/T 28039 (surname first, one word each, apostrophe before a, e, o): Ouyang Xiu, Li Xi'an.
"""

from __future__ import annotations

from typing import NamedTuple

from yizhan.hanzi.folding import runs
from yizhan.hanzi.readings import Syllable, marked, syllables
from yizhan.hanzi.surnames import COMPOUND, SINGLE, TRADITIONAL

_LONGEST_HAN_NAME = 4


class NameParts(NamedTuple):
    """A name as it is divided. A name that does not divide (阿卜杜拉, Anna) has no surname."""

    surname: str
    given: str


def name_parts(name: str) -> NameParts:
    """Divide a name of Han characters; 欧阳修 → 欧阳, 修. Names with a dot or of other writing stay whole."""
    found = list(runs(name))
    if len(found) != 1 or not found[0].han or len(found[0].text) > _longest(found[0].text):
        return NameParts("", name.strip())
    han = found[0].text
    if len(han) == 1:  # 曾 alone is somebody's surname, as in 曾先生; other lone characters stay names
        return NameParts(han, "") if _plain(han) in SINGLE else NameParts("", han)
    length = 2 if len(han) > 2 and _plain(han[:2]) in COMPOUND else 1
    return NameParts(han[:length], han[length:])


def name_pinyin(name: str, *, tones: bool = False) -> str:
    """The name in letters: 单雄信 → ``Shan Xiongxin``; with tones ``Shàn Xióngxìn``."""
    parts = name_parts(name)
    if parts.surname:
        words = [surname_syllables(parts.surname), *([syllables(parts.given)] if parts.given else [])]
        return " ".join(_word(word, tones=tones) for word in words)
    return " ".join(
        _word(syllables(run.text), tones=tones) if run.han else run.text.capitalize() for run in runs(name)
    )


def name_words(name: str) -> list[tuple[Syllable, ...]]:
    """The words of a name with their readings, surname first; what is not Han stays a word without reading."""
    parts = name_parts(name)
    if parts.surname:
        return [surname_syllables(parts.surname), *([syllables(parts.given)] if parts.given else [])]
    return [syllables(run.text) if run.han else (Syllable(run.text, ""),) for run in runs(name)]


def surname_syllables(surname: str) -> tuple[Syllable, ...]:
    """How a surname is read, exceptions included."""
    reading = COMPOUND.get(_plain(surname)) or SINGLE.get(_plain(surname))
    if reading is None:
        return syllables(surname)
    return tuple(Syllable(char, part) for char, part in zip(surname, reading.split(), strict=True))


def _longest(han: str) -> int:
    return _LONGEST_HAN_NAME + (1 if _plain(han[:2]) in COMPOUND else 0)


def _plain(surname: str) -> str:
    """A surname as the tables write it."""
    return surname.translate(TRADITIONAL)


def _word(word: tuple[Syllable, ...], *, tones: bool) -> str:
    spelled = ""
    for syllable in word:
        letters = marked(syllable.reading) if tones and syllable.reading else syllable.letters
        if not tones and syllable.reading:
            letters = letters.replace("v", "ü")
        spelled += "'" if spelled and syllable.letters[0] in "aoe" else ""
        spelled += letters
    return spelled[:1].upper() + spelled[1:]
