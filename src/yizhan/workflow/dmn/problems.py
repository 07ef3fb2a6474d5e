"""What is wrong with a model, at its place 问题."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yizhan.workflow.dmn.faults import DmnFault, Place


@dataclass(frozen=True, slots=True)
class ModelProblem:
    """One problem: the element's line and id, the way to it in names of the model, words, a suggestion."""

    place: Place
    path: str
    message: str
    suggestion: str = ""
    weight: Literal["error", "warning"] = "error"

    @classmethod
    def of(cls, fault: DmnFault, path: str) -> ModelProblem:
        """A fault of reading or of an expression."""
        return cls(fault.place, path or fault.element or fault.place.id, str(fault.words), fault.mark)
