"""What is brought to a file to be sealed 用印要素: whose seal, where, and who gives the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yizhan.keys.signing import Signer
from yizhan.seals.shapes import DIAMETER, Shape

TimeAuthority = Callable[[bytes, str], bytes]
"""Gives a time stamp (RFC 3161, CMS as DER) for a hash and the name of its kind."""


@dataclass(frozen=True)
class Place:
    """Where the middle of a seal is: page from 1, millimetres from the page's left and upper edge; and its diameter."""

    page: int
    x: float
    y: float
    size: float = DIAMETER


@dataclass(frozen=True)
class Stamp:
    """What one seal brings: its signer, its shapes, what it is called in the file, and why it was used."""

    signer: Signer
    shape: Shape
    name: str
    reason: str
