"""Keys that sort Chinese text as a reader expects, in a plain text column under the C collation.

Order: digits by their value, then letters, then characters by pinyin, tone and code point, then
characters whose reading is not known. Compute the key when a text is written, never when it is listed.
"""

from __future__ import annotations

from collections.abc import Iterable

from yizhan.hanzi.folding import runs
from yizhan.hanzi.names import name_parts, surname_syllables
from yizhan.hanzi.readings import Syllable, syllables

# Both stand after the letters in ASCII, so that words in letters come before Chinese ones.
_CHINESE = "{"
_UNREAD = "}"
_LONGEST_NUMBER = 99


def sort_key(text: str) -> str:
    """The key of a text: ``越秀`` → ``{yue4越{xiu4秀``."""
    key, after_word = "", False
    for run in runs(text):
        key += " " if after_word and not run.han else ""
        key += _of_syllables(syllables(run.text)) if run.han else "".join(_of_word(run.text))
        after_word = not run.han
    return key


def name_sort_key(name: str) -> str:
    """The key of a personal name; surnames are read as surnames (单 among shan)."""
    parts = name_parts(name)
    if not parts.surname:
        return sort_key(name)
    return _of_syllables(surname_syllables(parts.surname)) + _of_syllables(syllables(parts.given))


def _of_syllables(read: Iterable[Syllable]) -> str:
    return "".join(f"{_CHINESE}{s.reading}{s.char}" if s.reading else f"{_UNREAD}{s.char}" for s in read)


def _of_word(word: str) -> Iterable[str]:
    """Numbers are led by their length, so that 9 comes before 10."""
    number = ""
    for char in [*word, ""]:
        if char and char in "0123456789":
            number += char
            continue
        if number:
            value = number.lstrip("0")
            yield f"{min(len(value), _LONGEST_NUMBER):02d}{value}"
            number = ""
        yield char
