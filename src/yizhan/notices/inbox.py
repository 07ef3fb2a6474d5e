"""The inbox 站内消息: what a person was told, newest first."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as lazy

from yizhan import clock
from yizhan.database.asking import Question, answer
from yizhan.notices.models import Channel, Delivery, Message

PER_PAGE = 20


@dataclass(frozen=True)
class Page:
    """One page of an inbox; pages are counted from 1."""

    messages: list[Message]
    number: int
    has_next: bool


_NOT_SET_UP = {
    Channel.SMS.value: lazy("未开通短信，已留存"),
    Channel.MAIL.value: lazy("未开通邮件，已留存"),
}


class Served(NamedTuple):
    """What became of one message on one way 送达情况, as the record of a case shows it."""

    message: uuid.UUID
    template: str
    title: str
    told_at: datetime
    channel: str
    state: str
    answer: str

    @property
    def channel_name(self) -> str:
        """The way, in words."""
        return str(Channel(self.channel).label)

    @property
    def state_name(self) -> str:
        """What became of it, in words; of a way that the house has not set up yet, which way that is."""
        if self.state == Delivery.State.SUNK and self.channel in _NOT_SET_UP:
            return str(_NOT_SET_UP[self.channel])
        return str(Delivery.State(self.state).label)


def inbox(account: int, *, unread_only: bool = False, page: int = 1) -> Page:
    """A page of an account's messages."""
    found = _unread(account) if unread_only else _all(account)
    number = max(page, 1)
    first = (number - 1) * PER_PAGE
    messages = list(found.order_by("-created_at", "id")[first : first + PER_PAGE + 1])
    return Page(messages[:PER_PAGE], number, len(messages) > PER_PAGE)


def unread(account: int) -> Question:
    """How many messages an account has not read yet: every page of the desk asks it."""
    return Question(
        "select count(*) from notices_message where account = %s and in_app and read_at is null", [account]
    )


def unread_count(account: int) -> int:
    """How many messages an account has not read yet."""
    return int(answer(unread(account)))


def mark_read(account: int, messages: Iterable[uuid.UUID] | None = None) -> int:
    """Mark these messages of an account, or all, as read; how many had not been."""
    found = _unread(account)
    if messages is not None:
        found = found.filter(id__in=list(messages))
    return found.update(read_at=clock.now())


def deliveries_of(subject: str) -> list[Served]:
    """What became of every message about a subject, oldest first: the record of service for a case."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select m.id, m.template, m.title, m.created_at, d.channel, d.state, d.answer
               from notices_message m join notices_delivery d on d.message_id = m.id
               where m.subject = %s order by m.created_at, m.id, d.channel""",
            [subject],
        )
        return [Served(*row) for row in cursor.fetchall()]


def _all(account: int) -> QuerySet[Message]:
    return Message.objects.filter(account=account, in_app=True)


def _unread(account: int) -> QuerySet[Message]:
    return _all(account).filter(read_at=None)
