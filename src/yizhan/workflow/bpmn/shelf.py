"""The processes of a pack on one shelf 应用包里的流程: in either notation, each able to call the others."""

from __future__ import annotations

from collections.abc import Mapping

from yizhan import feel
from yizhan.workflow.bpmn.compiling import NotExecutable, compile
from yizhan.workflow.bpmn.draft import Circle, Library
from yizhan.workflow.bpmn.model import BpmnFault, Model, Process, local
from yizhan.workflow.bpmn.reading import read
from yizhan.workflow.processes import compiling
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.naming import called_by, reached
from yizhan.workflow.tables.decision import Askable


class Shelf:
    """The tables and processes of a pack.

    Attributes:
        models: the files that can be read, by their key.
        unread: what is wrong with the others.
    """

    def __init__(
        self, tables: Mapping[str, Askable], flows: Mapping[str, FlowDefinition], files: Mapping[str, str]
    ) -> None:
        """Read.

        Args:
            tables: the decision tables, by key.
            flows: the processes in the simple notation, by key.
            files: the texts of BPMN files, by key.
        """
        self.tables, self.flows = tables, flows
        self.models: dict[str, Model] = {}
        self.unread: dict[str, BpmnFault] = {}
        for key, text in files.items():
            try:
                self.models[key] = read(text.encode())
            except BpmnFault as fault:
                self.unread[key] = fault
        self._made: dict[str, Graph | None] = {}
        self._making: list[str] = []

    @property
    def library(self) -> Library:
        """What a process of the shelf may name."""
        return Library(self.tables, self.called)

    def find(self, key: str) -> tuple[Model, Process] | None:
        """A process of a BPMN file, by its key."""
        for model in self.models.values():
            process = model.process(key)
            if process is not None:
                return model, process
        return None

    def graph(self, key: str) -> Graph:
        """The graph of a process in either notation.

        Raises:
            KeyError: there is none of this key.
            NotExecutable: it is BPMN that is not executed.
        """
        found = None if key in self.flows else self.find(key)
        if found is None and key not in self.flows:
            raise KeyError(key)
        self._making.append(key)
        try:
            if found is not None:
                return compile(*found, self.library)
            return compiling.compile(self.flows[key], self.tables, self.flows, self.called)
        finally:
            self._making.pop()

    def calls(self, key: str) -> set[str]:
        """A process and all that it calls in either notation, directly or not."""
        return reached(key, self._called_by)

    def _called_by(self, key: str) -> list[str]:
        if key in self.flows:
            return called_by(self.flows[key])
        found = self.find(key)
        parts = found[1].space.all_parts() if found is not None else ()
        return [
            local(part.element.get("calledElement"))
            for part, _space in parts
            if part.kind == "callActivity" and part.element.get("calledElement")
        ]

    def called(self, key: str) -> Graph | None:
        """The graph of a process that another calls; none if it is not there or has faults of its own.

        Raises:
            Circle: it is being made already.
        """
        if key in self._making:
            raise Circle(key)
        if key not in self._made:
            try:
                self._made[key] = self.graph(key)
            except (KeyError, NotExecutable, feel.SyntaxFault):
                self._made[key] = None
        return self._made[key]

    def within(self, key: str) -> None:
        """Tell that a process is looked at, so that one that calls it back is a circle."""
        self._making = [key]
