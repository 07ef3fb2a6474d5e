"""What can happen to a case 事件."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Started:
    """The case was submitted 提交."""


@dataclass(frozen=True, slots=True)
class TaskCompleted:
    """An official chose an action of a task 办理.

    Attributes:
        token: the token whose task it is.
        input: answers to what the action asks, by key.
        reason: the words given with it.
    """

    token: int
    action: str
    input: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """The applicant or something outside answered where the case waits 收到答复.

    Attributes:
        name: the answer's key.
        data: answers to what it asks, by key.
        token: where several places wait for the same answer, which one is meant.
    """

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)
    token: int | None = None


@dataclass(frozen=True, slots=True)
class Timer:
    """A limit has passed 到期; ``ref`` is that of the ``ArmTimer`` effect."""

    ref: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The applicant took the case back 撤回."""


@dataclass(frozen=True, slots=True)
class Terminated:
    """The organ ended the case 终止."""


Event: TypeAlias = Started | TaskCompleted | Message | Timer | Withdrawn | Terminated
