"""What can be wrong with a DMN model, said with its place."""

from __future__ import annotations

from dataclasses import dataclass

from yizhan import feel


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: the line from 1, and its id where it bears one."""

    line: int
    id: str = ""

    def __str__(self) -> str:
        """As people look for it."""
        return f"{self.line} #{self.id}" if self.id else str(self.line)


class DmnFault(feel.Fault):
    """A model cannot be read or evaluated.

    Attributes:
        place: the element that is to blame.
        matter: the fault without its place, in English, to count faults of one kind.
    """

    def __init__(self, place: Place, zh: str, en: str) -> None:
        super().__init__(zh=f"第 {place} 行：{zh}", en=f"line {place}: {en}")
        self.place, self.matter = place, en

    @classmethod
    def of(cls, place: Place, fault: feel.Fault) -> DmnFault:
        """The fault of an expression, at its element."""
        return cls(place, fault.zh, fault.en)
