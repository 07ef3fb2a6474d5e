"""This house's own side of the proof ``bpmn``: a process that is run by the pure machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.proofs.rig.bpmn_made import Made
from yizhan.workflow import NOT_BEGUN, Message, Started, TaskCompleted, Timer, advance
from yizhan.workflow.bpmn import compile, read
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.events import Event
from yizhan.workflow.processes.graph import Via


class Own:
    """A case of a process that was made."""

    def __init__(self, made: Made, facts: Mapping[str, bool]) -> None:
        said = "".join(f'<yz:fact name="{name}" type="boolean"/>' for name in made.facts)
        extension = f"<extensionElements>{said}</extensionElements>" if said else ""
        self.source = made.written("{}", extension)
        model = read(self.source.encode())
        self.graph = compile(model, model.processes[0])
        self._facts: Mapping[str, Any] = facts
        self._situation = NOT_BEGUN
        self._timers: dict[str, str] = {}
        self._hear(Started())

    @property
    def ended(self) -> bool:
        """Whether the process has ended."""
        return self._situation.ending is not None

    def waiting(self) -> list[str]:
        """The elements at which something is awaited."""
        return sorted(self._ways())

    def do(self, key: str) -> None:
        """Complete a task, let a message come, or a time pass."""
        self._hear(self._ways()[key])

    def _hear(self, event: Event) -> None:
        found = advance(self.graph, self._situation, event, self._facts)
        self._situation = found.situation
        if isinstance(event, Timer):
            self._timers.pop(event.ref)
        for change in found.changes:
            if isinstance(change, ef.ArmTimer):
                self._timers[change.ref] = change.ref.rpartition(":")[0]
            elif isinstance(change, ef.DropTimer):
                self._timers.pop(change.ref, None)  # one that has fired beside its task may be gone

    def _ways(self) -> dict[str, Event]:
        found: dict[str, Event] = {key: Timer(ref) for ref, key in self._timers.items()}
        hosts = {scope.token for scope in self._situation.scopes}
        for token in self._situation.tokens:
            node = self.graph.nodes[token.node]
            if token.id not in hosts and isinstance(node, n.Task):
                found[token.node] = TaskCompleted(token.id, "complete")
            elif token.id not in hosts and isinstance(node, n.Wait):
                for name in node.answers:
                    found[self.graph.arrow(node.key, Via.ANSWER, name).target] = Message(name, {}, token.id)
        return found
