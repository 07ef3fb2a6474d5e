"""The states of a written process, those within others included 各层环节, each with its path in the definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from yizhan.releases.words import Text
from yizhan.workflow.processes.definition import (
    DecisionDefinition,
    EndDefinition,
    FlowDefinition,
    JointDefinition,
    ParallelDefinition,
    StateDefinition,
    SubflowDefinition,
)


@dataclass(frozen=True)
class Level:
    """States that lead to one another: those of the process, of a branch, or of a state with states of its own.

    Attributes:
        path: what stands before ``states`` and ``start`` in paths, with its dot; empty for the process.
        within: the state whose body it is; empty for the process.
        branch: the branch that it is, if the state has several side by side.
    """

    path: str
    within: str
    start: str
    states: Mapping[str, StateDefinition] = field(repr=False)
    branch: str = ""
    title: Text | None = None

    def place(self, key: str) -> str:
        """The path of a state."""
        return f"{self.path}states.{key}"

    @property
    def ends(self) -> list[str]:
        """Its states of kind end."""
        return [key for key, state in self.states.items() if isinstance(state, EndDefinition)]


@dataclass(frozen=True)
class Place:
    """A state and where it stands."""

    path: str
    key: str
    state: StateDefinition
    level: Level


def levels(definition: FlowDefinition) -> Iterator[Level]:
    """The process itself, then what lies within its states, from without to within."""
    waiting = [Level("", "", definition.start, definition.states)]
    while waiting:
        level = waiting.pop(0)
        yield level
        for key, state in level.states.items():
            waiting += inner_levels(level.place(key), key, state)


def inner_levels(path: str, key: str, state: StateDefinition) -> list[Level]:
    """What lies within one state."""
    if isinstance(state, ParallelDefinition):
        return [
            Level(f"{path}.branches.{name}.", key, branch.start, branch.states, name, branch.title)
            for name, branch in state.branches.items()
        ]
    if isinstance(state, SubflowDefinition | JointDefinition) and state.states:
        return [Level(f"{path}.", key, state.start or "", state.states)]
    return []


def places(definition: FlowDefinition) -> list[Place]:
    """Every state of a process, those within others included."""
    return [
        Place(level.place(key), key, state, level)
        for level in levels(definition)
        for key, state in level.states.items()
    ]


def tables_of(definition: FlowDefinition) -> Iterator[str]:
    """The decision tables that a process asks."""
    for place in places(definition):
        if isinstance(place.state, DecisionDefinition) and place.state.table:
            yield place.state.table
        elif isinstance(place.state, JointDefinition) and place.state.departments.table:
            yield place.state.departments.table
