"""Deadlines against a slow model that walks day by day, and known dates of real years."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from yizhan.calendar.daytable import BeyondCalendar, DayKind, Row, Table
from yizhan.calendar.deadlines import Unit, deadline, natural_deadline
from yizhan.calendar.tests.slow_model import FIRST, LAST, ONE_DAY, PLANNED, TABLE, all_days, is_work
from yizhan.clock import ZONE

DAYS = st.dates(FIRST, date(2028, 12, 31))
LIMITS = st.integers(0, 200)


def walk(start, limit):
    """The slow model: go on day by day and count."""
    day = start
    if limit == 0:
        while not is_work(day):
            day += ONE_DAY
    while limit:
        day += ONE_DAY
        limit -= is_work(day)
    return day


def days_after(start, end):
    return [start + n * ONE_DAY for n in range(1, (end - start).days + 1)]


@given(DAYS, LIMITS)
@example(date(2024, 2, 29), 20)
@example(date(2026, 12, 31), 1)
@example(date(2005, 12, 30), 1)
def test_a_deadline_is_where_walking_ends(start, limit):
    found = deadline(TABLE, start, working_days=limit)
    assert found.due == walk(start, limit)
    assert is_work(found.due)


@given(DAYS, LIMITS)
def test_every_day_on_the_way_is_counted_or_skipped_with_a_reason(start, limit):
    found = deadline(TABLE, start, working_days=limit)
    passed = days_after(start, found.due)
    assert [skip.day for skip in found.skipped] == [day for day in passed if not is_work(day)]
    assert [made.day for made in found.made_up] == [d for d in passed if is_work(d) and d.weekday() > 4]
    if limit:
        assert len(passed) == found.counted + len(found.skipped)
    for skip in found.skipped:
        assert skip.why.zh == (PLANNED[skip.day].name if skip.day in PLANNED else "周末")


@given(DAYS, LIMITS.filter(bool))
def test_the_working_days_between_start_and_due_are_the_limit(start, limit):
    due = deadline(TABLE, start, working_days=limit).due
    assert TABLE.working_days_between(start, due) == limit
    assert TABLE.working_days_between(due, start) == -limit


@given(DAYS, DAYS)
def test_working_days_between_are_those_one_can_count(one, other):
    counted = sum(is_work(day) for day in days_after(one, other)) - sum(
        is_work(day) for day in days_after(other, one)
    )
    assert TABLE.working_days_between(one, other) == counted


@given(st.dates(FIRST, date(2027, 12, 31)), LIMITS, LIMITS)
def test_a_suspended_limit_ends_as_if_both_parts_were_one(start, before, after):
    part = deadline(TABLE, start, working_days=before + 1).due
    assert deadline(TABLE, part, working_days=after).due == walk(start, before + 1 + after)


@given(DAYS, LIMITS)
def test_a_limit_in_natural_days_never_ends_on_a_rest_day(start, days):
    found = natural_deadline(TABLE, start, days=days)
    ends = start + days * ONE_DAY
    assert found.due == walk(ends, 0)
    assert found.moved_from == (None if is_work(ends) else ends)
    assert [skip.day for skip in found.skipped] == [
        day for day in [ends, *days_after(ends, found.due)] if not is_work(day)
    ]


@pytest.mark.parametrize("year", [2004, 2008, 2012, 2016, 2020, 2024, 2028])
def test_leap_days_are_days_like_others(year):
    leap = date(year, 2, 29)
    assert TABLE.is_work(leap) == is_work(leap)
    assert deadline(TABLE, leap - ONE_DAY, working_days=1).due == walk(leap - ONE_DAY, 1)
    assert natural_deadline(TABLE, leap - 5 * ONE_DAY, days=5).due == walk(leap, 0)


@pytest.mark.parametrize("year", range(2004, 2028))
def test_years_join_without_a_seam(year):
    last = date(year, 12, 31)
    for day in (last - ONE_DAY, last, last + ONE_DAY):
        assert TABLE.due(day, 3) == walk(day, 3)
    assert TABLE.ordinal(last + ONE_DAY) - TABLE.ordinal(last) == is_work(last + ONE_DAY)


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2026-09-28", 5, "2026-10-10"),  # over National Day; Saturday 10 October is worked
        ("2026-02-13", 1, "2026-02-14"),  # the Saturday before Spring Festival is worked
        ("2026-02-14", 1, "2026-02-24"),
        ("2025-12-31", 1, "2026-01-04"),  # a Sunday worked for New Year's Day
        ("2020-01-23", 1, "2020-02-03"),  # Spring Festival was prolonged in 2020
        ("2005-12-30", 1, "2005-12-31"),  # a Saturday worked for the next year's first days
        ("2026-10-03", 1, "2026-10-08"),  # accepted on a rest day: the first working day is the first
        ("2026-10-03", 0, "2026-10-08"),
        ("2026-10-08", 0, "2026-10-08"),
    ],
)
def test_known_deadlines(start, limit, due):
    assert deadline(TABLE, date.fromisoformat(start), working_days=limit).due.isoformat() == due


def test_the_day_of_a_moment_is_the_districts():
    late = datetime.fromisoformat("2026-11-19T17:30:00+00:00")  # 01:30 on the 20th in the district
    assert deadline(TABLE, late, working_days=1).start == date(2026, 11, 20)
    with pytest.raises(ValueError, match="time zone"):
        deadline(TABLE, datetime(2026, 11, 20, 9, 0), working_days=1)  # noqa: DTZ001 (that is the point)


def test_a_limit_ends_with_its_last_day():
    found = deadline(TABLE, date(2026, 11, 19), working_days=1)
    assert found.ends_at == datetime(2026, 11, 21, 0, 0, tzinfo=ZONE)


def test_a_result_in_an_unpublished_year_says_so():
    certain = deadline(TABLE, date(2026, 12, 30), working_days=1)
    assert (certain.due, certain.provisional) == (date(2026, 12, 31), False)
    uncertain = deadline(TABLE, date(2026, 12, 30), working_days=2)
    assert (uncertain.due, uncertain.provisional_from) == (date(2027, 1, 1), date(2027, 1, 1))
    assert natural_deadline(TABLE, date(2026, 12, 30), days=3).provisional


def test_nothing_is_guessed_beyond_the_calendar():
    for ask in (
        lambda: deadline(TABLE, LAST, working_days=1),
        lambda: natural_deadline(TABLE, LAST, days=1),
        lambda: TABLE.is_work(FIRST - ONE_DAY),
        lambda: TABLE.working_days_between(LAST, LAST + ONE_DAY),
    ):
        with pytest.raises(BeyondCalendar, match="2004-01-01至2029-12-31"):
            ask()


def test_a_negative_limit_is_a_mistake():
    for ask in (deadline, natural_deadline):
        key = {"working_days": -1} if ask is deadline else {"days": -1}
        with pytest.raises(ValueError, match="negative"):
            ask(TABLE, date(2026, 1, 5), **key)


def test_it_explains_itself_in_chinese():
    assert deadline(TABLE, date(2026, 9, 18), working_days=11).explain() == [
        "自2026年9月18日（星期五）的次日起，计11个工作日，至2026年10月10日（星期六）届满。",
        "其间不计：9月19日（周末）、9月25日至9月27日（中秋节）、10月1日至10月7日（国庆节）。",
        "计入的周末上班日：9月20日（因国庆节调休上班）、10月10日（因国庆节调休上班）。",
    ]
    assert natural_deadline(TABLE, date(2026, 9, 25), days=10).explain() == [
        "自2026年9月25日（星期五）的次日起，计10日，最后一日2026年10月5日（星期一）不上班，"
        "顺延至2026年10月8日（星期四）。",
        "其间不计：10月5日至10月7日（国庆节）。",
    ]
    assert "尚未公布" in deadline(TABLE, date(2026, 12, 30), working_days=9).explain()[-1]


def test_many_weekends_are_told_as_a_number():
    assert deadline(TABLE, date(2026, 11, 2), working_days=20).explain()[1] == "其间不计：周末8天。"


def test_it_explains_itself_in_english():
    with translation.override("en"):
        lines = deadline(TABLE, date(2026, 9, 18), working_days=11).explain()
    assert lines == [
        "Counted from the day after Fri 18 Sep 2026, 11 working days end on Sat 10 Oct 2026.",
        "Not counted: 19 Sep (weekend), 25 Sep to 27 Sep (Mid-Autumn Festival), "
        "1 Oct to 7 Oct (National Day).",
        "Counted although at a weekend: 20 Sep (worked in exchange for National Day), "
        "10 Oct (worked in exchange for National Day).",
    ]


def test_a_day_says_why_it_is_as_it_is():
    kinds = {day.day: day.kind for day in TABLE.days(date(2026, 10, 7), date(2026, 10, 11))}
    assert list(kinds.values()) == [
        DayKind.HOLIDAY, DayKind.WORK, DayKind.WORK, DayKind.MADE_UP, DayKind.WEEKEND,
    ]  # fmt: skip
    assert deadline(TABLE, date(2026, 10, 7), working_days=1).unit is Unit.WORKING_DAYS


def test_a_table_with_a_gap_or_a_wrong_count_is_refused():
    good = [Row(day, is_work(day), TABLE.ordinal(day)) for day in all_days()[:30]]
    Table.of("good", good)
    for bad in ([], good[:5] + good[6:], [*good[:9], good[9]._replace(ordinal=99)]):
        with pytest.raises(ValueError, match="no days|out of order"):
            Table.of("bad", bad)
