"""What can be wrong with a DMN model, said with its place."""

from __future__ import annotations

from yizhan import feel
from yizhan.workflow.markup import MarkupFault, Place
from yizhan.workflow.words import Words

__all__ = ["DmnFault", "Place"]


class DmnFault(MarkupFault):
    """A model cannot be read or evaluated.

    Attributes:
        words: the fault without its place.
        mark: the wrong line of an expression with a mark under the place; empty for other faults.
        element: the name of the part of the model in which it was found while that was read.
    """

    def __init__(self, place: Place, zh: str, en: str) -> None:
        super().__init__(place, zh, en)
        self.words, self.mark, self.element = Words(zh, en), "", ""

    @classmethod
    def of(cls, place: Place, fault: feel.Fault) -> DmnFault:
        """The fault of an expression, at its line."""
        if not isinstance(fault, feel.SyntaxFault):
            return cls(place, fault.zh, fault.en)
        found = cls(Place(place.line + fault.line - 1, place.id), fault.zh, fault.en)
        found.mark = fault.caret
        return found
