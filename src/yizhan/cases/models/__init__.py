"""Rows of a case. Who may see them is decided in the database; see migration 0002."""

from yizhan.cases.models.case import Case, Filing, Passage, Scope, Status, Token
from yizhan.cases.models.deadline import Clock, ClockState, Span, Timer
from yizhan.cases.models.draft import Draft
from yizhan.cases.models.item import Item
from yizhan.cases.models.ledger import Command, Counter, Event
from yizhan.cases.models.milestone import Acceptance, Closure, Decision, Lapse, Supplement
from yizhan.cases.models.task import Queue, Task, TaskState

__all__ = [
    "Acceptance",
    "Case",
    "Clock",
    "ClockState",
    "Closure",
    "Command",
    "Counter",
    "Decision",
    "Draft",
    "Event",
    "Filing",
    "Item",
    "Lapse",
    "Passage",
    "Queue",
    "Scope",
    "Span",
    "Status",
    "Supplement",
    "Task",
    "TaskState",
    "Timer",
    "Token",
]
