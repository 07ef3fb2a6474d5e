"""What can happen to a case 事件."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Started:
    """The case was submitted 提交, or a message began it."""

    message: str = ""


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


@dataclass(frozen=True, slots=True)
class WorkDone:
    """A work that the case waits for has reported 自动办理完成; ``result`` is kept for later conditions."""

    token: int
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkFailed:
    """A work has met an error that the process may know how to go on from 自动办理出错."""

    token: int
    error: str


@dataclass(frozen=True, slots=True)
class Joined:
    """One more takes part where each of several acts 增加会办单位.

    Attributes:
        token: the token at the node that is done by each.
        one: who or what, as JSON.
    """

    token: int
    one: Any


@dataclass(frozen=True, slots=True)
class Left:
    """One of several takes part no longer 撤出会办单位; ``index`` says which."""

    token: int
    index: int


@dataclass(frozen=True, slots=True)
class SentBack:
    """A task goes back to one that was done before 退回."""

    token: int
    node: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """A case that had ended goes on at a task 重新办理: what was decided no longer stands."""

    node: str


Event: TypeAlias = (
    Started | TaskCompleted | Message | Timer | WorkDone | WorkFailed | Joined | Left | SentBack | Reopened
    | Withdrawn | Terminated
)  # fmt: skip
