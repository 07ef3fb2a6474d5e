"""Limits that stand still, against a model that goes through the days one by one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan.calendar.deadlines import Unit, day_of
from yizhan.calendar.duty import OFFICE, ROSTER
from yizhan.calendar.running import Budget, Pause, run, so_far
from yizhan.calendar.telling import explain
from yizhan.calendar.tests.slow_model import ONE_DAY, TABLE, is_work
from yizhan.clock import ZONE
from yizhan.releases.words import Text

# Leap days, turns of the year, and the last published year with those after it.
STARTS = st.one_of(
    st.dates(date(2004, 2, 1), date(2028, 6, 30)),
    st.sampled_from(
        [date(2024, 2, 28), date(2024, 2, 29), date(2025, 12, 31), date(2026, 12, 31), date(2028, 2, 28)]
    ),
)
HOUR = timedelta(hours=1)
UNITS_IN_DAYS = st.sampled_from([Unit.WORKING_DAYS, Unit.NATURAL_DAYS])


def at(day, hour=10, minute=0):
    return datetime.combine(day, time(hour, minute), ZONE)


@st.composite
def courses(draw, unit=UNITS_IN_DAYS):
    """A start, a budget, and pauses in any order, which may overlap and of which some may still be open."""
    start = at(draw(STARTS), draw(st.integers(0, 23)))
    budget = Budget(draw(st.integers(0, 60)), draw(unit), draw(st.integers(0, 15)))
    drawn = st.tuples(st.integers(1, 24 * 90), st.one_of(st.integers(1, 24 * 40), st.none()), st.booleans())
    pauses = []
    for begins, lasts, restart in draw(st.lists(drawn, max_size=4)):
        since = start + begins * HOUR
        pauses.append(Pause(since, since + lasts * HOUR if lasts else None, restart))
    return start, budget, draw(st.permutations(pauses))


def stretches_of(pauses):
    """Pauses that overlap as one, found by going through the hours one by one."""
    moments = [moment for one in pauses for moment in (one.since, one.until) if moment is not None]
    found, hour = [], min(moments, default=None)
    while hour is not None and hour <= max(moments):
        now = [one for one in pauses if one.since <= hour and (one.until is None or hour < one.until)]
        if now and found and found[-1].until == hour:
            found[-1] = Pause(
                found[-1].since, hour + HOUR, found[-1].restart or any(one.restart for one in now)
            )
        elif now:
            found.append(Pause(hour, hour + HOUR, any(one.restart for one in now)))
        if any(one.until is None for one in now):
            found[-1] = Pause(found[-1].since, None, any(one.restart for one in now))
            return found
        hour += HOUR
    return found


def slow(start, budget, pauses, is_work=is_work):
    """Day by day: (due, used, skipped); due is none where it stands still."""
    whole, used, day, skipped = budget.amount + budget.extended, 0, day_of(start), set()
    ordered = stretches_of(pauses)
    natural = budget.unit is Unit.NATURAL_DAYS

    def last(today):
        """Whether the limit is used up and may end today."""
        return used >= whole and is_work(today)

    while True:
        # What began today stops the count after today, unless the limit has ended with an earlier day.
        for pause in [one for one in ordered if day_of(one.since) == day]:
            ordered.remove(pause)
            if pause.until is None:
                return None, used, skipped
            until = day_of(pause.until)
            while day < until:
                day += ONE_DAY
                skipped.add(day)
            used = 0 if pause.restart else used
            if ordered and day_of(ordered[0].since) == day:
                break
        else:
            if last(day):
                return day, used, skipped - {day}
            day += ONE_DAY
            used += used < whole and (natural or is_work(day))


@settings(max_examples=600, deadline=None)
@given(courses())
def test_it_ends_where_counting_day_by_day_ends(course):
    start, budget, pauses = course
    found, (due, used, skipped) = run(TABLE, start, budget, pauses), slow(start, budget, pauses)
    assert found.last_day == due
    assert found.used + found.left == budget.length
    if due is None:
        assert (found.due_at, found.used.days, found.standing) == (None, used, True)
    else:
        assert is_work(due)
        assert due not in skipped


@settings(max_examples=300, deadline=None)
@given(courses())
def test_the_days_that_are_told_are_those_that_were_counted(course):
    start, budget, pauses = course
    found = run(TABLE, start, budget, pauses)
    days = list(explain(TABLE, found).days())
    assert [one.day for one in days] == [days[0].day + n * ONE_DAY for n in range(len(days))]
    counted = [one.nth for one in days if one.nth is not None]
    whole = budget.amount + budget.extended
    if found.standing:
        restarted = any(stand.restart for stand in found.stands[:-1])
        assert max(counted, default=0) >= found.used.days or restarted
    else:
        assert not whole or not found.left or counted[-1] == whole
        assert [one.day for one in days if one.due] == [found.last_day]
    for one in days:
        if one.state == "paused":
            assert one.day != found.last_day
    assert explain(TABLE, found).sentences()
    assert explain(TABLE, found).data(daily=True)["sentences"]


@settings(max_examples=300, deadline=None)
@given(
    courses(unit=st.sampled_from([Unit.DUTY_HOURS, Unit.NATURAL_HOURS])), st.sampled_from([OFFICE, ROSTER])
)
def test_limits_in_hours_against_every_half_hour(course, hours):
    start, plain, pauses = course
    budget = Budget(plain.amount, plain.unit, plain.extended, hours)
    found = run(TABLE, start, budget, pauses)
    assert found.used + found.left == budget.length
    used, half, moment = timedelta(), timedelta(minutes=30), start
    ordered = stretches_of(pauses)
    while used < budget.length:
        if ordered and ordered[0].since == moment:
            pause = ordered.pop(0)
            if pause.until is None:
                assert (found.due_at, found.used) == (None, used)
                return
            used = timedelta() if pause.restart else used
            moment = pause.until
            continue
        on = any(
            opens <= moment < closes
            for opens, closes in budget.roster.openings(moment.date(), is_work=is_work(moment.date()))
        )
        used, moment = used + half * on, moment + half
    assert found.due_at == moment or not budget.length
    assert explain(TABLE, found).sentences()


def test_what_happens_after_the_end_changes_nothing():
    start = at(date(2026, 11, 20))
    plain = run(TABLE, start, Budget(5))
    later = run(TABLE, start, Budget(5), [Pause(at(date(2026, 11, 30)), None)])
    assert later.last_day == plain.last_day == date(2026, 11, 27)
    assert not later.standing


def test_used_days_are_kept_and_the_rest_runs_from_the_day_after():
    pause = Pause(
        at(date(2026, 11, 25)),
        at(date(2026, 12, 9)),
        why=Text(zh="听证", en="hearing"),
        paper="听证通知 3 号",
    )
    found = run(TABLE, at(date(2026, 11, 20)), Budget(10), [pause])
    assert (found.used.days, found.left.days, found.last_day) == (3, 7, date(2026, 12, 18))
    said = explain(TABLE, found).words
    for words in (
        "因听证中止计时",
        "已用3个工作日",
        "再计7个工作日",
        "2026年12月18日",
        "文书：听证通知 3 号",
    ):
        assert words in said


def test_a_budget_that_begins_anew():
    pause = Pause(at(date(2026, 11, 25)), at(date(2026, 12, 9)), restart=True)
    assert run(TABLE, at(date(2026, 11, 20)), Budget(5), [pause]).last_day == date(2026, 12, 16)


def test_stopped_on_its_last_day_it_ends_on_the_day_it_goes_on():
    pause = Pause(at(date(2026, 11, 27), 16), at(date(2026, 12, 2), 9))
    assert run(TABLE, at(date(2026, 11, 20)), Budget(5), [pause]).last_day == date(2026, 12, 2)


def test_used_and_left_at_any_moment():
    found = so_far(TABLE, at(date(2026, 11, 20)), Budget(20), [], at(date(2026, 12, 1)))
    assert (found.used.days, found.left.days) == (7, 13)


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        run(TABLE, at(date(2026, 11, 20)), Budget(5), [Pause(at(date(2026, 12, 2)), at(date(2026, 12, 1)))])
