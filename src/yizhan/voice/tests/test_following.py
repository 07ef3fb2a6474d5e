"""Whoever's case was closed is invited to rate it: once, not long after, and never again when it was taken back."""

from __future__ import annotations

import time
import uuid

from yizhan import clock
from yizhan.cases import ending
from yizhan.identity import scope
from yizhan.journal import worker
from yizhan.notices import wording
from yizhan.notices.models import Message
from yizhan.voice.tests.conftest import tell


def invitations() -> list[Message]:
    with scope.service():
        return list(Message.objects.filter(template="rate_us"))


def test_an_invitation_leads_to_the_case_and_is_sent_once(town, number):
    tell("case.closed")
    tell("case.closed")
    (message,) = invitations()
    assert (message.title, message.link_name, message.link_key) == ("请您评价本次服务", "portal:case", number)
    assert number in message.text
    assert message.account == town.people["chen"].pk


def test_whoever_took_the_case_back_is_not_asked(town):
    number = town.apply("chen", other_allowance=True)
    with town.acting("chen") as actor:
        ending.withdraw(town.case(number).id, by=actor, command=uuid.uuid4())
    tell("case.closed")
    assert invitations() == []


def test_nobody_is_asked_about_what_is_long_past(town, number):
    with clock.standing_at("2026-12-06T09:31"):
        tell("case.closed")
    assert invitations() == []


def test_a_pack_without_the_message_stays_silent(town, number, monkeypatch):
    monkeypatch.setattr(wording, "has", lambda *_: False)
    tell("case.closed")
    assert invitations() == []


def test_the_worker_reads_it_by_itself(town_committed):
    """News waits for every transaction of the server, other tests' too; so it may take a while."""
    town_committed.apply("chen")
    patience = time.monotonic() + 60
    while not invitations() and time.monotonic() < patience:
        worker.drain()
        time.sleep(0.05)
    worker.drain()
    assert len(invitations()) == 1
