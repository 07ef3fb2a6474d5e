"""The XML of a DMN model."""

from __future__ import annotations

import re

from yizhan.workflow import markup
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.markup import Element

__all__ = ["Element", "parsed"]

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parsed(data: bytes | str) -> Element:
    """The root element of a document; of a text, whichever encoding it declares.

    Raises:
        DmnFault: it is no XML, declares a document type, or is larger or deeper than is read here.
    """
    if isinstance(data, str):
        data = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), data).encode()
    return markup.parsed(data, DmnFault)
