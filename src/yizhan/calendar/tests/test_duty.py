"""Duty hours against a slow model that goes minute by minute."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan.calendar.countdown import remaining
from yizhan.calendar.daytable import BeyondCalendar
from yizhan.calendar.duty import OFFICE, ROSTER, DutyHours, add_hours, hours_between
from yizhan.calendar.tests.slow_model import TABLE, is_work
from yizhan.clock import ZONE, parse

MINUTE = timedelta(minutes=1)
FRIDAYS_SHORT = DutyHours.of("8:30-12:00 14:00-17:30", by_weekday={4: "8:30-12:00"})
NIGHTS = DutyHours.of("0:00-8:00 20:00-24:00", resting="0:00-24:00")
TABLES = st.sampled_from([OFFICE, ROSTER, FRIDAYS_SHORT, NIGHTS])
# A few weeks around holidays and the turn of a year, so that walking by minutes stays possible.
MOMENTS = st.one_of(
    st.integers(0, 30 * 24 * 60).map(lambda minutes: parse("2026-09-15") + minutes * MINUTE),
    st.integers(0, 14 * 24 * 60).map(lambda minutes: parse("2025-12-25") + minutes * MINUTE),
)


def open_at(duty, moment):
    """The slow model: is the office open in the minute that begins now?"""
    day, minute = moment.date(), timedelta(hours=moment.hour, minutes=moment.minute)
    spans = duty.by_weekday.get(day.weekday(), duty.working) if is_work(day) else duty.resting
    return any(opens <= minute < closes for opens, closes in spans)


def walk(duty, start, minutes):
    moment = start
    while minutes:
        minutes -= open_at(duty, moment)
        moment += MINUTE
    return moment


@settings(max_examples=60)
@given(TABLES, MOMENTS, st.integers(0, 20 * 60))
def test_a_limit_in_hours_ends_where_walking_by_minutes_ends(duty, start, minutes):
    found = add_hours(TABLE, duty, start, minutes * MINUTE)
    assert found.due_at == walk(duty, start, minutes)
    assert sum((length for _, length in found.worked), timedelta()) == minutes * MINUTE


@settings(max_examples=40)
@given(TABLES, MOMENTS, st.integers(0, 10 * 24 * 60))
def test_duty_time_between_two_moments_is_the_open_minutes(duty, start, minutes):
    end = start + minutes * MINUTE
    counted = sum(open_at(duty, start + n * MINUTE) for n in range(minutes)) * MINUTE
    assert hours_between(TABLE, duty, start, end) == counted
    assert hours_between(TABLE, duty, end, start) == -counted


@given(TABLES, MOMENTS, st.integers(1, 5000))
def test_what_was_added_is_what_lies_between(duty, start, minutes):
    due_at = add_hours(TABLE, duty, start, minutes * MINUTE).due_at
    assert hours_between(TABLE, duty, start, due_at) == minutes * MINUTE


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-20T09:00", 3, "2026-11-20T12:00"),  # to the closing time, not to the next opening
        ("2026-11-20T09:00", 3.5, "2026-11-20T13:30"),
        ("2026-11-20T16:00", 4, "2026-11-23T12:00"),  # over a weekend
        ("2026-09-30T16:30", 1, "2026-10-08T09:30"),  # over National Day
        ("2026-10-09T16:30", 1, "2026-10-10T09:30"),  # into a worked Saturday
        ("2026-11-20T20:00", 1, "2026-11-23T10:00"),
    ],
)
def test_known_office_hours(start, hours, due):
    assert add_hours(TABLE, OFFICE, parse(start), timedelta(hours=hours)).due_at == parse(due)


def test_a_roster_knows_no_weekend():
    assert add_hours(TABLE, ROSTER, parse("2026-11-20T19:00"), 2 * 60 * MINUTE).due_at == parse(
        "2026-11-21T09:00"
    )


def test_it_explains_itself():
    found = add_hours(TABLE, OFFICE, parse("2026-11-20T16:00"), timedelta(hours=4, minutes=30))
    assert found.explain() == [
        "自2026年11月20日（星期五）16:00起，计办公时间4小时30分钟，至2026年11月23日（星期一）13:30届满。",
        "逐日计入：11月20日 1小时、11月23日 3小时30分钟。",
        "其间不计：11月21日至11月22日（周末）。",
    ]
    with translation.override("en"):
        assert found.explain()[0] == (
            "From Fri 20 Nov 2026 16:00, 4 h 30 min of office hours end on Mon 23 Nov 2026 13:30."
        )


def test_hours_in_an_unpublished_year_say_so_and_nothing_is_guessed_beyond():
    assert add_hours(TABLE, OFFICE, parse("2026-12-31T16:30"), timedelta(hours=1)).provisional
    with pytest.raises(BeyondCalendar):
        add_hours(TABLE, OFFICE, parse("2029-12-31T16:30"), timedelta(hours=1))


@pytest.mark.parametrize(
    "text", ["", "9-12", "12:00-9:00", "9:00-12:00 11:00-13:00", "9:00-24:30", "9:00-9:00"]
)
def test_hours_that_make_no_sense_are_refused(text):
    with pytest.raises(ValueError, match="hours"):
        DutyHours.of(text)


def test_a_moment_without_a_zone_or_a_negative_limit_is_a_mistake():
    moment = parse("2026-11-20T09:00")
    with pytest.raises(ValueError, match="negative"):
        add_hours(TABLE, OFFICE, moment, -MINUTE)
    with pytest.raises(ValueError, match="zone"):
        hours_between(TABLE, OFFICE, moment.replace(tzinfo=None), moment)


@pytest.mark.parametrize(
    ("now", "due", "words"),
    [
        ("2026-11-20T09:00", date(2026, 11, 24), "剩余 2 个工作日"),
        ("2026-11-20T16:59", date(2026, 11, 20), "今日到期"),
        ("2026-11-24T09:00", date(2026, 11, 20), "已超期 2 个工作日"),
        ("2026-11-21T09:00", date(2026, 11, 20), "已超期"),
        ("2026-11-21T09:00", date(2026, 11, 22), "下一个工作日前到期"),
        ("2026-11-20T16:00", parse("2026-11-23T10:20"), "剩余2小时20分钟"),
        ("2026-11-20T11:30", parse("2026-11-20T11:00"), "已超期30分钟"),
        ("2026-11-23T09:00", parse("2026-11-20T16:00"), "已超期1小时"),
    ],
)
def test_what_is_left_in_words(now, due, words):
    assert remaining(TABLE, parse(now), due).words() == words


def test_what_is_left_in_english_minds_the_plural():
    with translation.override("en"):
        assert remaining(TABLE, parse("2026-11-20T09:00"), date(2026, 11, 23)).words() == "1 working day left"
        assert (
            remaining(TABLE, parse("2026-11-20T09:00"), date(2026, 11, 25)).words() == "3 working days left"
        )


def test_openings_are_moments_of_the_district():
    opens, closes = next(OFFICE.openings(date(2026, 11, 20), is_work=True))
    assert (opens.time(), closes.time(), opens.tzinfo) == (time(9), time(12), ZONE)
