"""What a step writes 步骤可写内容: rows that it adds, and columns that it changes; the database writes no others.

The reviewed function ``case_written`` (``migrations/0022_a_step_in_two_journeys.py`` and its followers) knows the
same; a row or a column that it did not know would be lost without a word, so the sheet of a step refuses it.
"""

from __future__ import annotations

from django.db.models import Model

from yizhan.cases.models import (
    Acceptance,
    Clock,
    Closure,
    Command,
    Decision,
    Event,
    Filing,
    Passage,
    Scope,
    Task,
    Token,
)
from yizhan.journal.models import News
from yizhan.records.models import Paper
from yizhan.seals.models import Approval

ADDED: tuple[type[Model], ...] = (
    Filing, Task, Clock, Token, Scope, Passage, Acceptance, Decision, Closure, Event, Command, Paper, Approval, News,
)  # fmt: skip
CHANGED: dict[type[Model], tuple[str, ...]] = {
    Task: (
        "urged", "state", "assignee", "claimed_at", "due_at", "warn_at", "done_at", "done_by", "done_for", "action",
        "outcome",
    ),
    Clock: ("budget", "extended", "used", "state", "due_at", "warn_at", "provisional", "stopped_at"),
    Scope: ("expected", "gone", "outcome", "data"),
}  # fmt: skip
OF_THE_CASE = (
    "status", "outcome", "rev", "units", "data", "marks", "accepted_at", "decided_at", "closed_at",
)  # fmt: skip
