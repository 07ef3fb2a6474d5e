"""Whether a word that somebody searches for names a place: by its number, or by how names of roads end."""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"\d|[号栋幢座房室]")
_ROAD = re.compile(r"[路街巷道里坊村苑园城弄径围]$")
_SHORTEST_ROAD, _LONGEST_NAME = 3, 3
_SUBDISTRICT = "街道"


def names_a_place(word: str) -> bool:
    """Whether it has a house number or ends like a road: 榕荫街, 榕荫街12号."""
    return len(word) >= _SHORTEST_ROAD and bool(_NUMBERED.search(word) or _ROAD.search(word))


def could_be_a_name(word: str) -> bool:
    """Whether a word that ends like a road could as well be a person's name: 陈晓园."""
    return len(word) <= _LONGEST_NAME and not _NUMBERED.search(word)


def names_a_subdistrict(word: str) -> bool:
    """Whether it ends like a sub-district: 东山街道."""
    return word.endswith(_SUBDISTRICT)
