"""What states leave behind for later conditions 留存结果, with its types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from yizhan.workflow.facts import FactType
from yizhan.workflow.processes.asked import Asked, gives
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    FlowDefinition,
    JointDefinition,
    ParallelDefinition,
    StateDefinition,
    SubflowDefinition,
    TaskDefinition,
    WaitDefinition,
)
from yizhan.workflow.processes.graph import Remembered
from yizhan.workflow.processes.parts import Ask
from yizhan.workflow.processes.places import places

_ASKED_TYPES: Mapping[str, FactType] = {
    "text": "string",
    "long_text": "string",
    "choice": "string",
    "money": "number",
    "date": "date",
    "file": "list",
}
SEVERAL: Mapping[str, Remembered] = MappingProxyType(
    {
        "outcome": Remembered("string"),
        "agreed": Remembered("integer"),
        "refused": Remembered("integer"),
        "answers": Remembered("context", many=True),
    }
)
"""What a state leaves behind in which several act."""
BODY: Mapping[str, Remembered] = MappingProxyType({"outcome": Remembered("string")})
"""What a state leaves behind that has states of its own: the outcome of the last end."""


def remembered(
    definition: FlowDefinition, tables: Mapping[str, Asked]
) -> dict[str, Mapping[str, Remembered]]:
    """What each state leaves behind, those within others included; not those of called processes."""
    found = {place.key: left_by(place.state, tables) for place in places(definition)}
    return {key: MappingProxyType(dict(left)) for key, left in found.items() if left}


def left_by(state: StateDefinition, tables: Mapping[str, Asked]) -> Mapping[str, Remembered]:
    """What one state leaves behind."""
    if isinstance(state, TaskDefinition):
        return asked((ask for action in state.actions.values() for ask in action.asks), "action")
    if isinstance(state, WaitDefinition):
        return asked((ask for answer in state.answers.values() for ask in answer.asks), "answer")
    if isinstance(state, DecisionDefinition):
        table = tables.get(state.table or "")
        return {"verdict": Remembered("string"), **(gives(table) if table else {})}
    if isinstance(state, JointDefinition):
        return SEVERAL
    if isinstance(state, ParallelDefinition | SubflowDefinition):
        return BODY
    if isinstance(state, AutomaticDefinition) and state.waits:
        failed = {"outcome": Remembered("string")} if state.on else {}
        return {**{name: Remembered(type_) for name, type_ in state.gives.items()}, **failed}
    return {}


def asked(asks: Iterable[Ask], by: str) -> dict[str, Remembered]:
    """What actions or answers leave behind: which one it was, and what was entered with it."""
    return {by: Remembered("string"), **{ask.key: Remembered(_ASKED_TYPES[ask.kind]) for ask in asks}}
