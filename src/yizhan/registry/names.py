"""How a person's name is sorted and found."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Any

from django.db import connection

from yizhan import hanzi
from yizhan.identity import scope

_SAME_LETTERS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("v", "u"))
_NASAL = re.compile(r"(?<=[aei])ng")
_N_BEGINS = re.compile(r"n(?=[aeiou])")
_MISTYPED = 3
"""Of a name of so many characters one may be wrong."""


_CHARACTERS = """
    select one, count(*) from (
        select unnest(string_to_array(name || former_name, null)) as one from registry_person
        union all
        select unnest(string_to_array(name || representative, null)) from registry_entity
    ) as said group by one
"""


def characters() -> Counter[str]:
    """Every character of the names in the registers, and how often: persons, companies, and who represents these."""
    with scope.service(), connection.cursor() as cursor:
        cursor.execute(_CHARACTERS)
        return Counter(dict(cursor.fetchall()))


def sort_key(name: str) -> str:
    """The key by which lists of persons are sorted."""
    return hanzi.name_sort_key(name)[:400]


def tokens(name: str, former: str = "") -> list[str]:
    """All that somebody can be found by: what her name is made of, and what her former name is made of.

    ``=陈玉兰`` the whole name; characters, pairs, and ``陈.兰``, the first with the last; ``chenyulan``, ``yulan``,
    ``cyl``; ``~cenyulan``, how it sounds to those who do not tell ch from c, where that is written otherwise;
    ``/chen``, how the name begins.
    """
    found = [*_of(name), *(_of(former) if former.strip() else [])]
    return [token for token in dict.fromkeys(found) if token]


def _of(name: str) -> list[str]:
    words = hanzi.name_words(name)
    syllables = [syllable for word in words for syllable in word]
    spelled = ["".join(syllable.letters for syllable in word) for word in words]
    read = [*spelled, "".join(spelled), *_read_plainly(words)]
    sounds = [f"~{heard}" for one in read if (heard := sounding(one)) != one]
    characters = plain(name)
    around = f"{characters[0]}.{characters[-1]}" if len(characters) == _MISTYPED else ""
    initials = "".join(syllable.letters[0] for syllable in syllables)
    begins = [f"/{syllables[0].letters}"] if syllables else []
    return [f"={characters}", *hanzi.tokens(name), around, *read, initials, *sounds, *begins]


def _read_plainly(words: list[tuple[Any, ...]]) -> list[str]:
    """The whole name as somebody spells it who does not know how the surname is read: 单 as dan."""
    surname = "".join(syllable.char for syllable in words[0]) if words else ""
    usual, own = hanzi.pinyin(surname).split(), [syllable.letters for syllable in words[0]] if words else []
    if usual == own or not words:
        return []
    return ["".join([*usual, *(syllable.letters for word in words[1:] for syllable in word)])]


def plain(name: str) -> str:
    """A name without blanks, in the one form in which it is compared whole."""
    return "".join(hanzi.fold(name).split())


def letters(spelled: str) -> str:
    """Letters as they are typed: small, without apostrophes, ü as v."""
    return spelled.lower().replace("'", "").replace("ü", "v")


@lru_cache(maxsize=50_000)
def sounding(typed: str) -> str:
    """Letters without what southern ears confuse: zh, ch, sh, ang, eng, ing, and n for l."""
    for written, heard in _SAME_LETTERS:
        typed = typed.replace(written, heard)
    return _N_BEGINS.sub("l", _NASAL.sub("n", typed))


def alike(name: str) -> list[str]:
    """How a name in characters, or a part of one, sounds; as :func:`tokens` keeps it."""
    words = hanzi.name_words(name)
    whole = "".join(syllable.letters for word in words for syllable in word)
    together = hanzi.pinyin(name).replace(" ", "")
    return sorted({sounding(one) for one in (whole, together, *_read_plainly(words))})
