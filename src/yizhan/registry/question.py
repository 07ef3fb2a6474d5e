"""What somebody typed to find a person, read as conditions 查询条件: one box for all of them.

``陈 榕荫街`` a name and a place; ``1941 陈玉`` a year of birth and a name; ``chenyulan``, ``cyl``; a number, or its last
six characters or more; a telephone. Several readings are *attempts*, the surest first: the database goes on to the
next only while it has found too few in one's areas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from yizhan import hanzi
from yizhan.codes import divisions, lists, place_words
from yizhan.hanzi.folding import runs
from yizhan.registry import names, numbers
from yizhan.registry.mistypings import mistyped
from yizhan.registry.models.person import RESIDENT_ID

LONGEST = 60
_NUMBER = re.compile(r"\d{3,19}x?")
_DOCUMENT = re.compile(r"(?=.*\d.*\d.*\d)[a-z0-9()]{6,20}")
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ua|uo|uai|ui|uan|un|uang|v|ve)"
)
_TAIL = 6
_WHOLE = (15, 17, 18, 19)  # digits of a number, and of one with a digit too few or too many
_SURNAME_ONLY = 1


@dataclass
class Question:
    """The words, sorted by what they can be."""

    han: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    address: str = ""
    divisions: list[str] = field(default_factory=list)
    perhaps: str = ""
    """A name that could as well be a road."""
    born: tuple[date, date] | None = None
    nothing: bool = False
    """A word that is no condition we know: nobody is found, rather than too many."""

    @property
    def by_phone(self) -> bool:
        """Whether a word can be a telephone."""
        return any(map(_is_a_phone, self.numbers))

    @property
    def by_place(self) -> bool:
        """Whether somebody is looked for by where she lives or is registered."""
        return bool(self.address or self.divisions)

    def conditions(self) -> dict[str, Any]:
        """For ``registry_search``: attempts, and what holds for all of them."""
        attempts = [] if self.nothing else self._attempts()
        begin, end = self.born or (None, None)
        return {
            "attempts": attempts,
            "address": self.address,
            "divisions": self.divisions,
            "born_from": begin.isoformat() if begin else None,
            "born_before": end.isoformat() if end else None,
        }

    def _attempts(self) -> list[dict[str, Any]]:
        if self.numbers:
            return _by_numbers(self.numbers) if len(self.numbers) == 1 else []
        if self.han or self.letters:
            there = [{"how": "address", "address": self.perhaps}] if self.perhaps else []
            return [*_by_name(self.han, self.letters), *there]
        return [{"how": "address"}] if self.address else []


def read(words: str) -> Question:
    """Sort the words."""
    asked = Question()
    typed = hanzi.fold(words[:LONGEST]).split()
    digits = [word for word in typed if _NUMBER.fullmatch(word)]
    others = [word for word in typed if word not in digits]
    for word in others:
        _sort_in(asked, word, alone=len(typed) == 1)
    _name_or_division(asked)
    for word in digits:
        _number(asked, word)
    return asked


def _sort_in(asked: Question, word: str, *, alone: bool) -> None:
    if any(hanzi.is_han(char) for char in word):
        if place_words.names_a_place(word) and not (alone and place_words.could_be_a_name(word)):
            asked.address += word
            return
        if place_words.names_a_place(word):
            asked.perhaps = word
        asked.han += [run.text for run in runs(word) if run.han]
        asked.letters += [run.text for run in runs(word) if not run.han]
    elif alone and _DOCUMENT.fullmatch(word):
        asked.numbers.append(word)
    else:
        asked.letters += [run.text for run in runs(names.letters(word))]


def _name_or_division(asked: Question) -> None:
    """东山 beside a name is the sub-district; alone it is a name. A road may be called like a sub-district."""
    beside = len(asked.han) + len(asked.letters) > 1 or bool(asked.address)
    for word in [one for one in asked.han if beside and len(one) > 1]:
        if codes := divisions.areas_named(word):
            asked.han.remove(word)
            asked.divisions += codes
    if not asked.divisions and place_words.names_a_subdistrict(asked.address):
        asked.divisions = divisions.areas_named(asked.address)
        asked.address = "" if asked.divisions else asked.address


def _number(asked: Question, digits: str) -> None:
    """A year or day of birth beside a name or place; otherwise a number of a person."""
    beside = bool(asked.han or asked.letters or asked.address or asked.divisions)
    span = _span(digits) if beside else None
    if span and asked.born is None:
        asked.born = span
    elif beside and asked.address and len(digits) < _TAIL:
        asked.address += digits
    elif beside or len(digits) < _TAIL:
        asked.nothing = True
    else:
        asked.numbers.append(digits)


def _span(digits: str) -> tuple[date, date] | None:
    try:
        if len(digits) == 4 and digits[:2] in ("18", "19", "20"):
            return date(int(digits), 1, 1), date(int(digits) + 1, 1, 1)
        if len(digits) == 8:
            day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
            return day, day + timedelta(days=1)
    except ValueError:
        pass
    return None


def _is_a_phone(given: str) -> bool:
    return given.isdigit() and 7 <= len(given) <= 12


def _by_numbers(typed: list[str]) -> list[dict[str, Any]]:
    (given,) = typed
    number = numbers.check(RESIDENT_ID, given).number
    attempts: list[dict[str, Any]] = []
    if _NUMBER.fullmatch(given) and len(given) in _WHOLE:
        near = [f"{RESIDENT_ID}:{one}" for one in mistyped(number)]
        attempts = [
            {"how": "number", "documents": [f"{RESIDENT_ID}:{number}"], "enough": True},
            {"how": "near_number", "documents": near},
        ]
    elif not given.isdigit():
        kinds = [one.code for one in lists.entries("document_type")]
        attempts = [{"how": "number", "documents": [f"{kind}:{number}" for kind in kinds]}]
    if _is_a_phone(given):
        attempts.append({"how": "phone", "phone": given})
    if _NUMBER.fullmatch(given) and len(given) < min(_WHOLE):
        attempts.append({"how": "number", "tail": given.upper()})
    return attempts


def _by_name(han: list[str], spelled: list[str]) -> list[dict[str, Any]]:
    together, joined = "".join(han), "".join(spelled)
    if not spelled and len(together) == _SURNAME_ONLY:
        low = names.sort_key(together)
        return [{"how": "part", "tokens": _quoted(together), "low": low, "high": f"{low}~"}]
    if not han and len(spelled) == 1 and _SYLLABLE.fullmatch(joined):
        first = _quoted(f"/{joined}")
        begins = {"how": "part", "tokens": first, "low": f"{{{joined}1", "high": f"{{{joined}6"}
        return [begins, {"how": "part", "tokens": _quoted(joined)}]
    parts = [_quoted(token) for word in han for token in hanzi.query_tokens(word)]
    attempts = [{"how": "exact", "tokens": _quoted(f"={together}")}] if together and not spelled else []
    if spelled:
        turned = dict.fromkeys([joined, "".join(reversed(spelled))])
        attempts.append({"how": "part", "tokens": _all([*parts, _any(_beginning(one) for one in turned)])})
        heard = dict.fromkeys(names.sounding(one) for one in turned)
        alike = _any(form for one in heard for form in (_beginning(one), _beginning(f"~{one}")))
        attempts.append({"how": "sound", "tokens": _all([*parts, alike])})
        return attempts
    attempts.append({"how": "part", "tokens": _all(parts)})
    alike = _any(_quoted(form) for one in names.alike(together) for form in (one, f"~{one}"))
    attempts.append({"how": "sound", "tokens": alike})
    if len(together) == 3:
        pairs = [together[:2], together[1:], f"{together[0]}.{together[-1]}"]
        attempts.append({"how": "near", "tokens": _any(map(_quoted, pairs))})
    return attempts


def _beginning(word: str) -> str:
    """What begins so; two letters are too few to begin with."""
    return f"{_quoted(word)}:*" if len(word) > 2 and word.isascii() else _quoted(word)


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _all(parts: list[str]) -> str:
    return " & ".join(f"({one})" for one in parts)


def _any(parts: Any) -> str:
    return " | ".join(parts)
