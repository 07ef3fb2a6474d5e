"""What stands at the head of the numbers of official papers 机关代字: the short name of the office that issues them."""

from __future__ import annotations

_DISTRICT = "区"


def of_office(short_name: str) -> str:
    """The mark of an office by its short name: that it is one of the district needs no word within the district."""
    return short_name.removeprefix(_DISTRICT)
