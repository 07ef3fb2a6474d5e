"""Processes and decision tables 流程与决策: pure functions of definition, situation, event and facts.

``advance(graph, situation, event, facts)`` takes one step of a case; ``Table(definition).decide(facts)``
decides and says why. Nothing here knows the database, the clock or the network.
"""

from yizhan.workflow.facts import FactType
from yizhan.workflow.processes.compiling import compile
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.effects import Effects
from yizhan.workflow.processes.events import (
    Event,
    Message,
    Started,
    TaskCompleted,
    Terminated,
    Timer,
    Withdrawn,
)
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import NOT_BEGUN, Situation
from yizhan.workflow.processes.stepping import Offer, advance, can_withdraw, offers
from yizhan.workflow.tables.decision import Decision, Verdict
from yizhan.workflow.tables.definition import TableDefinition
from yizhan.workflow.tables.table import Table
from yizhan.workflow.words import Words

__all__ = [
    "NOT_BEGUN",
    "Decision",
    "Effects",
    "Event",
    "FactType",
    "FlowDefinition",
    "Graph",
    "Message",
    "NotPossible",
    "Offer",
    "Situation",
    "Started",
    "Table",
    "TableDefinition",
    "TaskCompleted",
    "Terminated",
    "Timer",
    "Verdict",
    "Withdrawn",
    "Words",
    "advance",
    "can_withdraw",
    "compile",
    "offers",
]
