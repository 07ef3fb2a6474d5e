"""The XML of a DMN model."""

from __future__ import annotations

from yizhan.workflow import markup
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.markup import Element

__all__ = ["Element", "parsed"]


def parsed(data: bytes) -> Element:
    """The root element of a document.

    Raises:
        DmnFault: it is no XML, declares a document type, or is larger or deeper than is read here.
    """
    return markup.parsed(data, DmnFault)
