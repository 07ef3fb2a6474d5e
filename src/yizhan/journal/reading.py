"""Reading news: in order, at least once, and nothing is skipped.

A row's number says nothing about when it became visible: a transaction that took number 7 may commit
after the one that took number 8. So a reader goes by transaction and stays below the oldest
transaction still running (``pg_snapshot_xmin``): below it nothing can appear any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from yizhan import clock
from yizhan.journal import work
from yizhan.journal.models import CurrentEpoch, Cursor, News, TransactionId

BATCH = 100
LONG = 30.0  # seconds
_SLOWEST_RETRY = timedelta(minutes=10)

Handler = Callable[["Fact"], None]


@dataclass(frozen=True)
class Fact:
    """One line of news as a reader gets it. ``id`` is a good dedupe key."""

    id: int
    kind: str
    subject: str
    actor: str
    data: dict[str, Any]
    at: Any
    position: tuple[int, int, int]


@dataclass
class Reader:
    """Who follows which kinds of news."""

    name: str
    handlers: dict[str, Handler] = field(default_factory=dict)


readers: dict[str, Reader] = {}


def reads(*kinds: str, reader: str) -> Callable[[Handler], Handler]:
    """Let a function follow these kinds of news under a reader's name.

    All functions of one reader share one cursor, so they see the news of all their kinds in order.

    Raises:
        ValueError: the reader has a function for that kind already.
    """

    def register(handler: Handler) -> Handler:
        known = readers.setdefault(reader, Reader(reader))
        for kind in kinds:
            if kind in known.handlers:
                raise ValueError(f"{reader} reads {kind} already")
            known.handlers[kind] = handler
        return handler

    return register


@work.round("news")
def read_all() -> int:
    """Bring every reader forward by one batch; the number of facts handled."""
    return sum(advance(reader) for reader in list(readers.values()) if not work.stopping())


def advance(reader: Reader) -> int:
    """Hand the next batch to one reader; another worker may hold it, then nothing is done here."""
    with work.one_transaction():
        cursor = _claim(reader.name)
        if cursor is None:
            return 0
        handled = 0
        for fact in _next(cursor):
            if work.stopping():
                break
            handler = reader.handlers.get(fact.kind)
            if handler is not None and not _handled(handler, fact, cursor):
                break
            cursor.epoch, cursor.transaction, cursor.row = fact.position
            cursor.tries, cursor.fault, cursor.next_try_at = 0, "", None
            handled += 1
        else:
            if not handled:
                return 0
        cursor.save()
        return handled


def hear_own(after: int) -> int:
    """Hand news that the present transaction wrote to all who follow them, and what they write in turn.

    Readers cannot look into a transaction that runs. Where much lies in one (a demo that is told, a journey that will
    be undone), what follows a fact is called here, as the worker would call it; followers are repeatable.

    Args:
        after: the number of the last line that was heard.

    Returns:
        The number of the last line that was heard now.
    """
    mine = News.objects.filter(transaction=TransactionId(), epoch=CurrentEpoch())
    while fresh := list(mine.filter(id__gt=after).order_by("id")):
        for news in fresh:
            fact = Fact(news.id, news.kind, news.subject, news.actor, news.data, news.at, (0, 0, news.id))
            for reader in readers.values():
                if handler := reader.handlers.get(news.kind):
                    handler(fact)
            after = news.id
    return after


def last() -> int:
    """The number of the latest line of news; 0 where there is none."""
    return News.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _claim(name: str) -> Cursor | None:
    Cursor.objects.get_or_create(reader=name)
    return (
        Cursor.objects.select_for_update(skip_locked=True)
        .filter(reader=name)
        .exclude(next_try_at__gt=Now())
        .first()
    )


_NEXT = """
    select id, kind, subject, actor, data, at, epoch, transaction
    from journal_news
    where (epoch, transaction, id) > (%s, %s, %s)
      and (epoch < (select journal_current_epoch())
           or transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
    order by epoch, transaction, id
    limit %s
"""


def _next(cursor: Cursor) -> list[Fact]:
    facts = News.objects.raw(_NEXT, [cursor.epoch, cursor.transaction, cursor.row, BATCH])
    return [
        Fact(n.id, n.kind, n.subject, n.actor, n.data, n.at, (n.epoch, n.transaction, n.id)) for n in facts
    ]


def _handled(handler: Handler, fact: Fact, cursor: Cursor) -> bool:
    """Run one handler in a savepoint; what fails is tried again later, and nothing overtakes it."""
    try:
        with transaction.atomic():
            handler(fact)
    except Exception as fault:
        work.log.exception("reader %s cannot handle news %s", cursor.reader, fact.id)
        cursor.tries += 1
        cursor.fault = f"{fact.kind} {fact.id}: {type(fault).__name__}: {fault}"[:2000]
        wait = min(timedelta(seconds=2**cursor.tries), _SLOWEST_RETRY)
        cursor.next_try_at = Now() + wait
        return False
    return True


@dataclass(frozen=True)
class Lag:
    """How far behind a reader is.

    Attributes:
        waiting: facts not yet read.
        oldest_seconds: age of the oldest of them, by the clock of the house.
        fault: why the last try failed; empty when it did not.
        held_back: how many of them may not be read yet, since a transaction that began before they were written
            still runs somewhere on the server, be it in another database.
    """

    reader: str
    waiting: int
    oldest_seconds: float
    fault: str
    held_back: int

    @property
    def is_blocked(self) -> bool:
        """Whether a long transaction keeps this reader waiting, longer than any step of the house takes."""
        return self.held_back > 0 and self.oldest_seconds > LONG


def lag() -> list[Lag]:
    """Every reader's lag."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select c.reader, count(n.id),
                      greatest(coalesce(extract(epoch from %s - min(n.at)), 0), 0), c.fault,
                      count(n.id) filter (
                          where n.epoch >= (select journal_current_epoch())
                            and n.transaction >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
               from journal_cursor c
               left join journal_news n on (n.epoch, n.transaction, n.id) > (c.epoch, c.transaction, c.row)
               group by c.reader, c.fault order by c.reader""",
            [clock.now()],
        )
        return [
            Lag(name, waiting, float(age), fault, held)
            for name, waiting, age, fault, held in cursor.fetchall()
        ]
