"""The access log 查阅记录: one line per request, in the request's own transaction.

Whoever reads personal data says so with :func:`saw`; the line is written when the request's work is
done, before the transaction commits. What cannot be logged cannot be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection

from yizhan import clock
from yizhan.journal import writing

MARKED = "look.marked"
"""What is told when a look bears marks: who looked, in which post, and which marks; never at whom."""


@dataclass
class Viewer:
    """Who looks: keys only, never foreign keys."""

    account: str
    post: str = ""
    on_behalf_of: str = ""
    address: str | None = None


@dataclass
class _Line:
    viewer: Viewer
    subjects: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)
    fields: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)
    marks: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)


class NobodyLooks(RuntimeError):
    """Personal data were read outside of :func:`watching`: a mistake in the program."""


_line: ContextVar[_Line | None] = ContextVar("line of the access log", default=None)


@contextmanager
def watching(viewer: Viewer) -> Iterator[None]:
    """Collect what is seen in the block and write it down at its end; nothing seen, nothing written."""
    line = _Line(viewer)
    token = _line.set(line)
    try:
        yield
        _write(line)
    finally:
        _line.reset(token)


def saw(
    subjects: Iterable[str],
    fields: Iterable[str],
    *,
    purpose: str,
    action: str = "view",
    marks: Iterable[str] = (),
) -> None:
    """Note that these fields of these subjects were read for a purpose.

    Args:
        subjects: keys such as ``person:…``.
        fields: the names of the fields.
        purpose: ``case:<number>`` or ``reason:<words>`` or ``own``.
        action: view, search, unmask, export or enter.
        marks: why the look deserves attention, if it does.

    Raises:
        NobodyLooks: outside of :func:`watching`.
    """
    line = _line.get()
    if line is None:
        raise NobodyLooks("personal data are read only where somebody is known to look")
    line.subjects.setdefault((action, purpose), {}).update(dict.fromkeys(subjects))
    line.fields.setdefault((action, purpose), {}).update(dict.fromkeys(fields))
    line.marks.setdefault((action, purpose), {}).update(dict.fromkeys(marks))


_LINE = """
    insert into journal_access
        (at, account, post, on_behalf_of, address, action, purpose, subjects, fields, marks)
    values (%s, %s, %s, %s, %s::inet, %s, %s, %s::text[], %s::text[], %s::text[])
"""


def _write(line: _Line) -> None:
    """Plainly, since every page with personal data ends with it."""
    if not line.subjects:
        return
    viewer, now = line.viewer, clock.now()
    with connection.cursor() as cursor:
        for (action, purpose), subjects in line.subjects.items():
            cursor.execute(
                _LINE,
                [
                    now,
                    viewer.account,
                    viewer.post,
                    viewer.on_behalf_of,
                    viewer.address,
                    action,
                    purpose[:200],
                    list(subjects),
                    list(line.fields[action, purpose]),
                    list(line.marks[action, purpose]),
                ],
            )
            if marks := list(line.marks[action, purpose]):
                writing.write(
                    MARKED, subject=viewer.account, actor=viewer.account, post=viewer.post, marks=marks
                )
