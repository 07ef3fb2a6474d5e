"""When the next year's working days are published, clocks that were provisional are reckoned anew."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import translation

from yizhan import clock
from yizhan.calendar import plan, publishing
from yizhan.calendar.deadlines import day_of
from yizhan.cases import limits, reckoning, supplements, trail
from yizhan.cases.models import Clock, Event, Timer
from yizhan.cases.supplements import Missing
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.journal.reading import Fact

# Not the real plan of 2027, which is not published: dates made up for these tests.
PLAN_2027 = """date,kind,name_zh,name_en
2026-12-27,work,元旦,New Year's Day
2027-01-01,rest,元旦,New Year's Day
2027-01-04,rest,元旦,New Year's Day
2027-02-05,rest,春节,Spring Festival
2027-02-08,rest,春节,Spring Festival
2027-04-05,rest,清明节,Tomb-Sweeping Day
2027-05-03,rest,劳动节,Labour Day
2027-06-09,rest,端午节,Dragon Boat Festival
2027-09-15,rest,中秋节,Mid-Autumn Festival
2027-10-01,rest,国庆节,National Day
"""
EVENING_OF_THE_YEAR = "2026-12-28T10:00"


@pytest.fixture
def late(town):
    """A case at its acceptance, whose limit of five working days ends in the year to come."""
    with clock.standing_at(EVENING_OF_THE_YEAR):
        number = town.apply("chen", other_allowance=True)
        town.work()
        yield number


def publish(**more):
    publishing.publish(
        plan.read(PLAN_2027), year=2027, source="国办发明电〔2026〕1号（测试）", by="account:7", **more
    )
    # One test is one transaction, below which no reader comes: the news is handed over by hand.
    news = News.objects.filter(kind="calendar.published").latest("id")
    fact = Fact(news.id, news.kind, news.subject, news.actor, news.data, news.at, (1, 1, news.id))
    with scope.service():
        reckoning.published(fact)


def acceptance(town, number):
    with scope.service():
        return Clock.objects.get(case__number=number, kind="acceptance", state="running")


def last_day(one):
    return day_of(one.due_at - timedelta(seconds=1))


def test_a_limit_into_an_unpublished_year_is_provisional(town, late):
    before = acceptance(town, late)
    assert (last_day(before), before.provisional) == (date(2027, 1, 4), True)


def test_once_the_plan_is_published_the_limit_is_certain_and_explained(town, late):
    publish()
    town.work()
    after = acceptance(town, late)
    assert (last_day(after), after.provisional) == (date(2027, 1, 6), False)
    assert any("元旦" in sentence for sentence in limits.reckoned(after).why)
    task = town.task(late)
    assert last_day(task) == last_day(after)
    with scope.service():
        event = Event.objects.get(case__number=late, kind="timer.reckon")
        told = trail.trail(town.case(late), [event]).traces[0]
    assert told.what == "放假安排公布，重新计算期限"
    assert "受理期限：由 2027年1月4日 改为 2027年1月6日" in told.words
    assert News.objects.filter(kind="case.reckoned").count() == 1
    assert town.intact(late)


def test_the_task_is_due_when_its_own_clock_is(town, late):
    publish()
    town.work()
    with scope.service():
        own = Clock.objects.get(case__number=late, kind="internal", state="running")
    assert town.task(late).due_at == own.due_at


def test_the_day_of_a_supplement_and_its_timer_move_with_it(town, late):
    task = town.task(late)
    with town.acting("clerk") as actor:
        supplements.ask(
            task.case_id,
            task.id,
            missing=[Missing("agent.letter", "委托书")],
            words="",
            by=actor,
            command=uuid.uuid4(),
        )
    before = town.case(late).supplement.due_on
    publish()
    town.work()
    with scope.service():
        running = Clock.objects.get(case__number=late, kind="supplement", state="running")
        timer = Timer.objects.get(case__number=late, kind=supplements.OVERDUE)
    assert town.case(late).supplement.due_on == last_day(running) > before
    assert timer.due == running.due_at


def test_clocks_that_end_before_the_changed_days_are_left_alone(town):
    number = town.apply("chen", other_allowance=True)
    town.work()
    publish()
    town.work()
    with scope.service():
        assert not Event.objects.filter(case__number=number, kind="timer.reckon").exists()


def test_told_twice_nothing_happens_twice(town, late):
    publish()
    town.work()
    publish(amends=True)
    town.work()
    with scope.service():
        assert Event.objects.filter(case__number=late, kind="timer.reckon").count() == 1


def test_it_is_told_in_english_too(town, late):
    publish()
    town.work()
    with scope.service(), translation.override("en"):
        event = Event.objects.get(case__number=late, kind="timer.reckon")
        words = trail.trail(town.case(late), [event]).traces[0].words
    assert any("instead of" in sentence and "2027" in sentence for sentence in words)
