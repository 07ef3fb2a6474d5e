"""How a person's name is sorted and found."""

from __future__ import annotations

from yizhan import hanzi


def sort_key(name: str) -> str:
    """The key by which lists of persons are sorted."""
    return hanzi.name_sort_key(name)[:400]


def tokens(name: str) -> list[str]:
    """All that the name can be found by: characters, pairs, and pinyin: syllables, whole, initials."""
    spelled = hanzi.name_pinyin(name).lower().replace("'", "").replace("ü", "v").split()
    syllables = hanzi.pinyin(name).split()
    initials = "".join(spelled)[:1] + hanzi.initials(name)[1:]  # a surname may be read in its own way
    found = [*hanzi.tokens(name), *spelled, *syllables, "".join(spelled), initials]
    return [token for token in dict.fromkeys(found) if token]


def query_tokens(words: str) -> list[str]:
    """What a searched name must contain."""
    return hanzi.query_tokens(words)
