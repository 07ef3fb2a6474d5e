"""Everybody finds their own messages, newest first, and nobody else's."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from yizhan import clock, notices
from yizhan.identity import scope
from yizhan.notices import inbox
from yizhan.notices.models import Delivery, Message
from yizhan.notices.recipients import Recipient

VALUES = {"name": "陈玥堃", "item": "高龄津贴", "due": "周五"}


@pytest.fixture
def told(db, release, chen):
    """The house told chen this many things, one an hour."""

    def tell(count, to=chen, **more):
        ids = []
        with scope.service():
            for number in range(count):
                with clock.standing_at(f"2026-11-{10 + number // 24:02}T{number % 24:02}:00"):
                    key = f"{to.pk}/{number}"
                    ids.append(notices.send(to, release.id, "told", {}, key=key, **more))
        return ids

    return tell


def test_messages_come_newest_first_page_by_page(told, chen):
    ids = told(45)
    with scope.as_account(chen):
        first, third = inbox.inbox(chen.pk), inbox.inbox(chen.pk, page=3)
        assert [m.id for m in first.messages] == ids[:24:-1]
        assert (first.number, first.has_next) == (1, True)
        assert [m.id for m in third.messages] == ids[4::-1]
        assert not third.has_next
        assert inbox.inbox(chen.pk, page=9).messages == []
        assert inbox.inbox(chen.pk, page=-1).number == 1


def test_reading_is_marked_once_and_counted(told, chen):
    ids = told(3)
    with scope.as_account(chen):
        assert inbox.unread_count(chen.pk) == 3
        assert inbox.mark_read(chen.pk, ids[:1]) == 1
        assert inbox.mark_read(chen.pk, ids[:1]) == 0
        assert inbox.unread_count(chen.pk) == 2
        assert [m.id for m in inbox.inbox(chen.pk, unread_only=True).messages] == [ids[2], ids[1]]
        assert inbox.mark_read(chen.pk) == 2
        assert inbox.unread_count(chen.pk) == 0
        assert Message.objects.get(id=ids[0]).read_at == clock.now()


def test_nobody_reads_or_marks_another_s(told, chen, citizen):
    ids = told(1)
    stranger = citizen("王五", "13900000002")
    with scope.as_account(stranger):
        assert inbox.inbox(chen.pk).messages == []
        assert inbox.unread_count(chen.pk) == 0
        assert inbox.mark_read(chen.pk, ids) == 0
        assert not Delivery.objects.exists()
    assert inbox.unread_count(chen.pk) == 0
    with scope.as_account(chen):
        assert inbox.unread_count(chen.pk) == 1


def test_a_clerk_s_step_writes_to_a_citizen_and_her_unit_sees_what_became_of_it(release, chen, clerk):
    with scope.as_account(clerk):
        message = notices.send(
            chen, release.id, "accepted", VALUES, key="case:1", subject="case:1", units=["440199-mz"]
        )
        again = notices.send(chen, release.id, "told", {}, key="case:1/none", subject="case:1")
        assert [d.message for d in inbox.deliveries_of("case:1")] == [message] * 3
        assert notices.send(chen, release.id, "told", {}, key="case:1/none") == again
        assert inbox.mark_read(chen.pk) == 0
    with scope.as_account(chen):
        assert {m.id for m in inbox.inbox(chen.pk).messages} == {message, again}


def test_a_message_for_a_phone_alone_is_in_no_inbox(release, service):
    notices.send(Recipient(phone="13900000003"), release.id, "warned", {}, key="w")
    assert not Message.objects.filter(in_app=True).exists()


def test_what_was_told_cannot_be_changed(told, chen):
    told(1)
    with scope.as_account(chen):
        for change in (
            "update notices_message set text = 'x'",
            "delete from notices_message",
            "delete from notices_delivery",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(change)
        assert Delivery.objects.update(state="failed") == 0
