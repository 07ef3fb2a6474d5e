"""Questions asked together 合并询问: what several rooms want to know, in one statement.

Every page of the workbench shows numbers of several rooms. Each room says its question as it would ask it alone; whoever
needs the answers asks them at once, since a statement's way to the database and back costs more than a small count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Question:
    """A query for one value, with what fills its places; the words come from the program, never from outside."""

    words: str
    values: Sequence[Any] = ()


def ask(questions: Mapping[str, Question]) -> dict[str, Any]:
    """The answers under the same names; nothing is asked when there is no question."""
    if not questions:
        return {}
    words = ", ".join(f"({question.words})" for question in questions.values())
    with connection.cursor() as cursor:
        cursor.execute(f"select {words}", [value for one in questions.values() for value in one.values])
        return dict(zip(questions, cursor.fetchone(), strict=True))


def answer(question: Question) -> Any:
    """The answer to one question."""
    return ask({"it": question})["it"]
