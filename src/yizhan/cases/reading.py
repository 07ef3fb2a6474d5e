"""What a step reads first 步骤起始读取: the case, locked; whether the command was carried out; where the case stands."""

from __future__ import annotations

import uuid

from yizhan.cases.models import Case, Command, Scope, Token
from yizhan.cases.one_look import keep
from yizhan.database.rows import Part, made
from yizhan.database.sending import together

_CASE, _COMMAND, _TOKEN, _SCOPE = (
    (Part(Case, "c"),),
    (Part(Command, "c"),),
    (Part(Token, "t"),),
    (Part(Scope, "s"),),
)
_LOCKED = f"select {_CASE[0].columns} from cases_case c where c.id = %s for update"  # noqa: S608 (columns of our models)
_CARRIED_OUT = f"select {_COMMAND[0].columns} from cases_command c where c.id = %s"  # noqa: S608
_TOKENS = f"select {_TOKEN[0].columns} from cases_token t where t.case_id = %s"  # noqa: S608
_SCOPES = f"select {_SCOPE[0].columns} from cases_scope s where s.case_id = %s and s.closed_at is null"  # noqa: S608
_LAST = "select hash from cases_event where case_id = %s order by rev desc limit 1"


def locked(case_id: int, command: uuid.UUID) -> tuple[Case | None, Command | None, str]:
    """A case that nobody else changes until the transaction ends, in one journey.

    Returns:
        The case, none if the scope does not show it; the command, if it was carried out before; the hash of the last
        event. The places where the case stands are with it.
    """
    cases, commands, tokens, scopes, last = together(
        [
            (_LOCKED, [case_id]),
            (_CARRIED_OUT, [command]),
            (_TOKENS, [case_id]),
            (_SCOPES, [case_id]),
            (_LAST, [case_id]),
        ]
    )
    known = made(_COMMAND, commands[0])[0] if commands else None
    if not cases:
        return None, known, ""
    case: Case = made(_CASE, cases[0])[0]
    keep(case, "tokens", [made(_TOKEN, row)[0] for row in tokens])
    keep(case, "scopes", [made(_SCOPE, row)[0] for row in scopes])
    return case, known, last[0][0] if last else ""
