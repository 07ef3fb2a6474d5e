"""How a person's name is sorted and found."""

from __future__ import annotations

import re

from yizhan import hanzi

_SAME_LETTERS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("v", "u"))
_NASAL = re.compile(r"(?<=[aei])ng")
_N_BEGINS = re.compile(r"n(?=[aeiou])")
_MISTYPED = 3
"""Of a name of so many characters one may be wrong."""


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
    spelled = letters(hanzi.name_pinyin(name)).split()
    syllables = hanzi.pinyin(name).split()
    first = "".join(spelled)[:1]  # a surname may be read in its own way
    read = [*spelled, "".join(spelled), letters("".join(syllables))]
    heard = [f"~{sounding(word)}" for word in read if sounding(word) != word]
    begins = f"/{syllables_of_surname(name)}"
    characters = plain(name)
    around = f"{characters[0]}.{characters[-1]}" if len(characters) == _MISTYPED else ""
    return [
        f"={characters}", *hanzi.tokens(name), around, *read, first + hanzi.initials(name)[1:], *heard, begins,
    ]  # fmt: skip


def plain(name: str) -> str:
    """A name without blanks, in the one form in which it is compared whole."""
    return "".join(hanzi.fold(name).split())


def letters(spelled: str) -> str:
    """Letters as they are typed: small, without apostrophes, ü as v."""
    return spelled.lower().replace("'", "").replace("ü", "v")


def syllables_of_surname(name: str) -> str:
    """How a name begins in letters: 陈玉兰 → ``chen``; a name in letters with its first word."""
    read = re.match(r"\{([a-z]+)", hanzi.name_sort_key(name))
    return read[1] if read else letters(hanzi.name_pinyin(name)).partition(" ")[0]


def sounding(typed: str) -> str:
    """Letters without what southern ears confuse: zh, ch, sh, ang, eng, ing, and n for l."""
    for written, heard in _SAME_LETTERS:
        typed = typed.replace(written, heard)
    return _N_BEGINS.sub("l", _NASAL.sub("n", typed))


def heard(name: str) -> list[str]:
    """The letters of a name in characters, as :func:`tokens` keeps what sounds alike."""
    readings = {
        letters(hanzi.name_pinyin(name)).replace(" ", ""),
        letters(hanzi.pinyin(name)).replace(" ", ""),
    }
    return sorted({sounding(one) for one in readings})
