"""What can be wrong with a DMN model, said with its place."""

from __future__ import annotations

from yizhan import feel
from yizhan.workflow.markup import MarkupFault, Place

__all__ = ["DmnFault", "Place"]


class DmnFault(MarkupFault):
    """A model cannot be read or evaluated."""

    @classmethod
    def of(cls, place: Place, fault: feel.Fault) -> DmnFault:
        """The fault of an expression, at its element."""
        return cls(place, fault.zh, fault.en)
