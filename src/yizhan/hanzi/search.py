"""Tokens for full-text search without a dictionary: single characters and pairs of neighbours.

A search for two characters is the commonest one in Chinese and trigram indexes cannot serve it. Pairs of
neighbours can, and need no word list that a name or a new street would be missing from.
"""

from __future__ import annotations

from itertools import pairwise

from yizhan.hanzi.folding import runs

# PostgreSQL's limits: places in a text, places of a lexeme, bytes of a lexeme (2,046) in characters.
_LAST_PLACE = 16383
_MOST_PLACES = 255
_LONGEST_WORD = 500


def bigrams(text: str) -> list[str]:
    """The pairs of neighbouring Han characters: 越秀区 → 越秀, 秀区."""
    return [first + second for run in runs(text) if run.han for first, second in pairwise(run.text)]


def tokens(text: str) -> list[str]:
    """All that a text can be found by: every Han character, every pair, every whole word or number."""
    found: list[str] = []
    for run in runs(text):
        if run.han:
            found.extend(run.text)
            found.extend(first + second for first, second in pairwise(run.text))
        else:
            found.append(run.text[:_LONGEST_WORD])
    return found


def query_tokens(text: str) -> list[str]:
    """What a searched text must contain, without repetitions: pairs, lone characters, whole words."""
    wanted: dict[str, None] = {}
    for run in runs(text):
        if run.han and len(run.text) > 1:
            wanted.update((first + second, None) for first, second in pairwise(run.text))
        else:
            wanted[run.text[:_LONGEST_WORD]] = None
    return list(wanted)


def vector(text: str) -> str:
    """The tokens as a literal for ``…::tsvector``, with their places, so that ranking can count them.

    Made here and not by ``to_tsvector``, whose parser drops rare characters under some locales.
    """
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens(text), 1):
        places.setdefault(token, []).append(min(place, _LAST_PLACE))
    return " ".join(
        f"'{token}':{','.join(map(str, sorted(set(found))[:_MOST_PLACES]))}"
        for token, found in places.items()
    )


def query(text: str, *, every: bool = True, singles: bool = True) -> str:
    """The searched text as a literal for ``…::tsquery``; empty when nothing can be searched for.

    Args:
        text: what somebody typed.
        every: all of it must occur (lists, registers); otherwise any part may, and rank decides
            (questions in people's own words: measured 28 of 30 against 11 of 30).
        singles: where any part may, single characters of longer words too.
    """
    wanted = query_tokens(text) if every or not singles else list(dict.fromkeys(tokens(text)))
    return (" & " if every else " | ").join(f"'{token}'" for token in wanted)
