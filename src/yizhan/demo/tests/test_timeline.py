"""Acts happen in the order of time, each at its own moment, and those who follow the news hear of them there."""

from __future__ import annotations

from datetime import datetime

import pytest

from yizhan import clock, journal
from yizhan.demo.timeline import Timeline
from yizhan.identity import scope
from yizhan.journal import reading

pytestmark = pytest.mark.django_db
NOW = "2026-11-20T09:30"


@pytest.fixture
def heard(monkeypatch):
    """What followers were told, and when."""
    told = []
    monkeypatch.setattr(reading, "readers", {})

    @journal.reads("case.closed", reader="first")
    def closed(fact):
        told.append((fact.subject, f"{clock.now():%m-%d %H:%M}"))
        journal.write("voice.rated", subject=fact.subject)

    @journal.reads("voice.rated", reader="second")
    def rated(fact):
        told.append((f"{fact.subject} rated", f"{clock.now():%m-%d %H:%M}"))

    return told


def at(text: str) -> datetime:
    return clock.parse(f"2026-{text}")


def test_each_act_at_its_moment_and_what_follows_at_once(heard):
    with clock.standing_at(NOW), scope.service():
        journal.write("case.closed", subject="before the demo")
        timeline = Timeline()
        for day, subject in (("11-18T10:00", "later"), ("11-02T10:00", "earlier")):
            timeline.at(at(day), lambda subject=subject: journal.write("case.closed", subject=subject))
        assert timeline.run() == 2
    assert heard == [
        ("earlier", "11-02 10:00"), ("earlier rated", "11-02 10:00"),
        ("later", "11-18 10:00"), ("later rated", "11-18 10:00"),
    ]  # fmt: skip


def test_acts_of_one_moment_keep_their_order_and_none_lies_in_the_future(heard):
    done = []
    with clock.standing_at(NOW), scope.service():
        timeline = Timeline()
        for name, day in (("b", "11-20T15:00"), ("a", "11-20T09:29"), ("c", "12-24T10:00")):
            timeline.at(at(day), lambda name=name: done.append((name, f"{clock.now():%d %H:%M}")))
        timeline.run()
    assert done == [("a", "20 09:29"), ("b", "20 09:30"), ("c", "20 09:30")]


def test_a_loading_that_takes_longer_tells_the_same(heard):
    ends = []
    for moment in ("2026-11-20T09:30:01", "2026-11-20T09:34:59.5"):
        with clock.standing_at(moment), scope.service():
            ends.append(Timeline().end)
    assert ends == [clock.parse(NOW), clock.parse(NOW)]


def test_an_act_may_put_in_another(heard):
    done = []
    with clock.standing_at(NOW), scope.service():
        timeline = Timeline()
        timeline.at(at("11-03T10:00"), lambda: timeline.at(at("11-04T10:00"), lambda: done.append("next")))
        timeline.at(at("11-05T10:00"), lambda: done.append("last"))
        assert timeline.run() == 3
    assert done == ["next", "last"]
