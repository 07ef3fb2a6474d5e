"""Rows of a case. Who may see them is decided in the database; see migration 0002."""

from yizhan.cases.models.basis import ItemBasis
from yizhan.cases.models.card import Card, CardAnnulment, Colour
from yizhan.cases.models.case import Case, Filing, Passage, Scope, Status, Token
from yizhan.cases.models.deadline import Clock, ClockState, Recount, Span, Suspension, Timer
from yizhan.cases.models.draft import Draft
from yizhan.cases.models.extension import Extension, ExtensionAnswer
from yizhan.cases.models.follow_up import FollowUp
from yizhan.cases.models.item import Item
from yizhan.cases.models.ledger import Command, Counter, Event
from yizhan.cases.models.means import MeansCheck
from yizhan.cases.models.milestone import Acceptance, Closure, Decision, Lapse, Reopening, Supplement
from yizhan.cases.models.move import Move, MovedCase
from yizhan.cases.models.task import Queue, Task, TaskKind, TaskState

__all__ = [
    "Acceptance",
    "Card",
    "CardAnnulment",
    "Case",
    "Clock",
    "ClockState",
    "Closure",
    "Colour",
    "Command",
    "Counter",
    "Decision",
    "Draft",
    "Event",
    "Extension",
    "ExtensionAnswer",
    "Filing",
    "FollowUp",
    "Item",
    "ItemBasis",
    "Lapse",
    "MeansCheck",
    "Move",
    "MovedCase",
    "Passage",
    "Queue",
    "Recount",
    "Reopening",
    "Scope",
    "Span",
    "Status",
    "Supplement",
    "Suspension",
    "Task",
    "TaskKind",
    "TaskState",
    "Timer",
    "Token",
]
