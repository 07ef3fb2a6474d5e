"""What is wrong with a process for those who want to execute it 问题: element, words, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yizhan.workflow.bpmn.model import Flow, Part, Process
from yizhan.workflow.markup import Element, Place
from yizhan.workflow.words import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one element.

    Attributes:
        id: the element's id in the file.
        name: its name, as the file has it; empty if it has none.
        words: what is wrong.
    """

    place: Place
    name: str
    words: Words
    suggestion: str = ""
    weight: Literal["error", "warning"] = "error"

    @property
    def id(self) -> str:
        """The element's id."""
        return self.place.id

    def told(self, language: Literal["zh", "en"]) -> str:
        """One line: element, name, what is wrong."""
        name = f" “{self.name}”" if self.name else ""
        return f"{self.place.line} #{self.place.id}{name}: {getattr(self.words, language)}"


class Findings(list[Finding]):
    """All that is wrong, in the order in which it was found; each once."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[Finding] = set()

    def add(self, found: Finding) -> None:
        """Add a fault, once."""
        if found not in self._known:
            self._known.add(found)
            self.append(found)

    def tell(
        self,
        at: Element | Part | Flow | Process,
        *,
        zh: str,
        en: str,
        suggestion: str = "",
        weight: Literal["error", "warning"] = "error",
    ) -> None:
        """Add a fault of an element, once."""
        element = at if isinstance(at, Element) else at.element
        name = " ".join(element.get("name").split())[:60]
        self.add(Finding(element.place, name, Words(zh=zh, en=en), suggestion, weight))

    @property
    def errors(self) -> list[Finding]:
        """Those that keep it from being executed."""
        return [one for one in self if one.weight == "error"]
