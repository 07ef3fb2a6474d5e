"""What a step reads first 步骤起始读取: the case, locked; whether the command was carried out; where the case stands."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from yizhan.cases.models import Case, Command, Scope, Suspension, Token
from yizhan.cases.one_look import keep
from yizhan.database.rows import Part, made
from yizhan.database.sending import together

_SUSPENSION = (Part(Suspension, "s"),)
_CASE, _COMMAND, _TOKEN, _SCOPE = (
    (Part(Case, "c"),),
    (Part(Command, "c"),),
    (Part(Token, "t"),),
    (Part(Scope, "s"),),
)
_LOCKED = f"select {_CASE[0].columns} from cases_case c where c.id = %s for update"  # noqa: S608 (columns of our models)
_IN_HAND = "select case_in_hand(%s)"
_CARRIED_OUT = f"select {_COMMAND[0].columns} from cases_command c where c.id = %s"  # noqa: S608
_TOKENS = f"select {_TOKEN[0].columns} from cases_token t where t.case_id = %s"  # noqa: S608
_SCOPES = f"select {_SCOPE[0].columns} from cases_scope s where s.case_id = %s and s.closed_at is null"  # noqa: S608
_WAITED_FOR = f"""
    select {_SUSPENSION[0].columns} from cases_suspension s
    where s.case_id = %s and s.until is null and s.task is null
"""  # noqa: S608
_LAST = "select hash from cases_event where case_id = %s order by rev desc limit 1"


@dataclass(frozen=True)
class Locked:
    """A case that nobody else changes until the transaction ends.

    Attributes:
        known: the command, if it was carried out before.
        previous: the hash of the last event; empty if there is none.
        waited_for: what the case as a whole waits for.
    """

    case: Case
    known: Command | None
    previous: str
    waited_for: list[Suspension]


def locked(case_id: int, command: uuid.UUID) -> Locked | None:
    """Lock a case and read where it stands, in one journey; None if the scope does not show it."""
    about = [case_id]
    cases, _in_hand, commands, tokens, scopes, waited_for, last = together(
        [
            (_LOCKED, about),
            (_IN_HAND, about),
            (_CARRIED_OUT, [command]),
            (_TOKENS, about),
            (_SCOPES, about),
            (_WAITED_FOR, about),
            (_LAST, about),
        ]
    )
    if not cases:
        return None
    (case,) = _models(_CASE, cases)
    keep(case, "tokens", _models(_TOKEN, tokens))
    keep(case, "scopes", _models(_SCOPE, scopes))
    known = _models(_COMMAND, commands)
    return Locked(
        case, known[0] if known else None, last[0][0] if last else "", _models(_SUSPENSION, waited_for)
    )


def take_in_hand(case: Case) -> None:
    """Whoever has just opened a case works on it: its rows need not ask one by one whether it may be seen."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_HAND, [case.pk])


def _models(parts: tuple[Part], rows: list[tuple[Any, ...]]) -> list[Any]:
    return [made(parts, row)[0] for row in rows]
