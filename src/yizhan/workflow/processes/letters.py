"""The messages that a written process sends 通知清单, each with its path."""

from __future__ import annotations

from collections.abc import Iterator

from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    EndDefinition,
    FlowDefinition,
    JointDefinition,
    StateDefinition,
    TaskDefinition,
    WaitDefinition,
)
from yizhan.workflow.processes.parts import Send
from yizhan.workflow.processes.places import places

Letter = tuple[str, Send]
"""Path in the definition, and the message."""


def letters(definition: FlowDefinition) -> Iterator[Letter]:
    """Every message of a process, those of states within others included."""
    for place in places(definition):
        yield from letters_of(place.path, place.state)


def letters_of(path: str, state: StateDefinition) -> Iterator[Letter]:
    """Every message of one state."""
    for place, sends in _sending(path, state):
        yield from ((f"{place}.sends[{number}]", send) for number, send in enumerate(sends))
    if isinstance(state, TaskDefinition | WaitDefinition) and state.limit and state.limit.on_expiry:
        for number, send in enumerate(state.limit.on_expiry.sends):
            yield f"{path}.limit.on_expiry.sends[{number}]", send


def _sending(path: str, state: StateDefinition) -> Iterator[tuple[str, list[Send]]]:
    if isinstance(state, AutomaticDefinition | WaitDefinition | EndDefinition):
        yield path, state.sends
    if isinstance(state, TaskDefinition):
        yield from ((f"{path}.actions.{name}", action.sends) for name, action in state.actions.items())
    elif isinstance(state, WaitDefinition):
        yield from ((f"{path}.answers.{name}", answer.sends) for name, answer in state.answers.items())
    elif isinstance(state, JointDefinition) and state.task is not None:
        actions = state.task.actions.items()
        yield from ((f"{path}.task.actions.{name}", action.sends) for name, action in actions)
    if not isinstance(state, DecisionDefinition | EndDefinition):
        yield from ((f"{path}.on.{name}", event.sends) for name, event in state.on.items())
