"""What is wrong with a process for those who want to execute it 问题: element, words, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yizhan.workflow.bpmn.model import Flow, Part, Process, title_of
from yizhan.workflow.markup import Element, Place
from yizhan.workflow.words import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one element.

    Attributes:
        id: the element's id in the file.
        name: its name in both languages, as far as the file has them; None if it has none.
        words: what is wrong.
    """

    place: Place
    name: Words | None
    words: Words
    suggestion: str = ""
    weight: Literal["error", "warning"] = "error"

    @property
    def id(self) -> str:
        """The element's id."""
        return self.place.id

    def told(self, language: Literal["zh", "en"]) -> str:
        """One line: element, name, what is wrong."""
        name = f" “{getattr(self.name, language)}”" if self.name else ""
        return f"{self.place.line} #{self.place.id}{name}: {getattr(self.words, language)}"


def name_of(element: Element) -> Words | None:
    """What an element is called, in at most 60 characters; the Chinese name where it has no English one."""
    title = title_of(element)
    return Words(zh=title.zh[:60], en=title.en[:60]) if title else None


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
        self.add(Finding(element.place, name_of(element), Words(zh=zh, en=en), suggestion, weight))

    @property
    def errors(self) -> list[Finding]:
        """Those that keep it from being executed."""
        return [one for one in self if one.weight == "error"]
