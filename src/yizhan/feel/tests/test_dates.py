"""Dates, times and zones: the time line is one, and the clock is a fact."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan import feel
from yizhan.feel import SyntaxFault, eras
from yizhan.feel.tests.asking import value

ZONES = [ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Paris"), ZoneInfo("Australia/Melbourne"), UTC]
FIRST, LAST = datetime.fromisoformat("1900-01-02"), datetime.fromisoformat("2100-01-01")
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.sampled_from(ZONES)).map(
    lambda moment: moment.replace(microsecond=0)  # clocks are compared to the second
)
LENGTHS = st.timedeltas(timedelta(days=-400), timedelta(days=400))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('@"2026-11-20T09:30:00@Asia/Shanghai"', "2026-11-20T09:30:00@Asia/Shanghai"),
        ('@"09:30:00@Europe/Paris" + @"PT1H"', "10:30:00@Europe/Paris"),
        ('@"2026-11-20T09:30:00Z"', "2026-11-20T09:30:00Z"),
        ('@"2026-11-20T09:30:00@Asia/Shanghai".time offset', "PT8H"),
        ('@"2026-11-20T09:30:00@Asia/Shanghai".timezone', "Asia/Shanghai"),
        ('date and time(@"2026-11-20T09:30:00Z", "Asia/Shanghai")', "2026-11-20T17:30:00@Asia/Shanghai"),
        ('@"2026-03-28T12:00:00@Europe/Paris" + @"P1D"', "2026-03-29T13:00:00@Europe/Paris"),
        ('@"2026-03-29T12:00:00@Europe/Paris" - @"2026-03-28T12:00:00@Europe/Paris"', "PT23H"),
        ('@"2026-03-28T12:00:00@Europe/Paris" + @"P1M"', "2026-04-28T12:00:00@Europe/Paris"),
        ('@"2026-01-02T10:10:10+01:00" - @"2026-01-01"', "P1DT9H10M10S"),
        ('@"2026-01-02" - @"2026-01-01T12:00:00Z"', "PT12H"),
        ('date("9999-12-31") + @"P1D"', "10000-01-01"),
        ('@"0001-01-01" - @"P1D"', "0000-12-31"),
        ('@"-0001-03-01" - @"-0001-02-28"', "P1D"),
        ('@"-0004-03-01" - @"-0004-02-28"', "P2D"),
        ("date(0, 1, 1).weekday", "6"),
        ('string(date("-999999999-12-31"))', "-999999999-12-31"),
        ('@"12024-02-29T23:59:59+08:00" + @"PT1S"', "12024-03-01T00:00:00+08:00"),
        ('@"9999-12-31T24:00:00"', "10000-01-01T00:00:00"),
        ('date and time(@"9999-12-31T23:00:00Z", "Asia/Shanghai")', "10000-01-01T07:00:00@Asia/Shanghai"),
        ('date and time(@"0001-01-01T00:00:00Z", "America/New_York").year', "0"),
        ('@"-2021-01-01T10:10:10@Australia/Melbourne" + @"P1D"', "-2021-01-02T10:10:10@Australia/Melbourne"),
        ('@"20000-01-01T12:00:00Z" > @"2000-01-01T12:00:00Z"', "true"),
        ('@"20000-01-01" - @"2000-01-01"', "P6574365D"),
        ('years and months duration(@"-0001-01-01", @"0001-01-01")', "P2Y"),
        ('@"2026-01-01T00:00:00.1" = @"2026-01-01T00:00:00.9"', "true"),
        ('for d in @"9999-12-31"..@"10000-01-01" return string(d)', '["9999-12-31", "10000-01-01"]'),
        ('time(@"2026-11-20")', "00:00:00Z"),
        ('time("11:59:45+02:45:55")', "11:59:45+02:45:55"),
        ('@"2026-12-31T24:00:00"', "2027-01-01T00:00:00"),
        ('@"09:30:00.123456789"', "09:30:00.123456"),
        ('duration("PT4.123456789S")', "PT4.123456S"),
        ("time(12, 59, 1.3)", "12:59:01.300000"),
        ('time(12, 59, 1, @"PT8H")', "12:59:01+08:00"),
        ('date and time(@"2026-11-20T09:30:00", @"10:00:00")', "2026-11-20T10:00:00"),
        ('for d in @"2026-02-28"..@"2026-03-01" return d.day', "[28, 1]"),
        ("for n in (1..3] return n", "[2, 3]"),
        ('for d in [@"2026-02-28"..@"2026-03-02") return d.day', "[28, 1]"),
    ],
)
def test_the_calendar_gives(source, text):
    assert feel.text_of(value(source)) == text


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ('@"2026-07-01T12:00:00@Europe/Paris" = @"2026-07-01T18:00:00@Asia/Shanghai"', True),
        ('@"2026-07-01T12:00:00@Europe/Paris" < @"2026-07-01T12:00:00+01:00"', True),
        ('is(@"10:00:00@Europe/Paris", @"10:00:00@Europe/Berlin")', False),
        ('is(@"10:00:00@Europe/Paris", @"10:00:00@Europe/Paris")', True),
        ('@"10:00:00@Europe/Paris" < @"10:00:00"', None),
        ('@"10:00:00@Europe/Paris" < @"11:00:00@Europe/Paris"', True),
        (
            'includes([@"2026-07-01T10:00:00Z"..@"2026-07-01T11:00:00Z"], @"2026-07-01T19:00:00@Asia/Shanghai")',
            True,
        ),
    ],
)
def test_moments_of_different_zones_lie_on_one_line(source, answer):
    assert value(source) is answer


@pytest.mark.parametrize(
    "text",
    [
        *("10:00:00@../etc/passwd", "10:00:00@Mars/Olympus", "10:00:00@", "10:00:00+25:00", "24:00:00"),
        *("2026-12-31T24:00:01", "02026-01-01", "-0000-01-01", "1000000000-01-01", "2026-1-1"),
    ],
)
def test_what_is_no_time_or_lies_beyond_the_years_is_refused(text):
    with pytest.raises(SyntaxFault):
        feel.expression(f'@"{text}"')
    for name in ("time", "date and time", "date"):
        outcome = feel.expression(f"{name}(text)").evaluate({"text": text})
        assert outcome.value is None
        assert outcome.reasons


@pytest.mark.parametrize(
    "source",
    [
        "time(24, 0, 0)",
        "time(1.5, 0, 0)",
        'time(1, 0, 0, @"P2D")',
        'date and time(@"2026-11-20T09:30:00", "Asia/Shanghai")',
        'date and time(@"2026-11-20T09:30:00Z", "Mars")',
        'date and time(@"2026-11-20T09:30:00", @"09:30:00", 1)',
        '@"999999999-12-31" + @"P1D"',
        '@"-999999999-01-01" - @"P1M"',
        '@"999999999-12-31" - @"-999999999-01-01"',
        '@"2026-01-02" - @"2026-01-01T12:00:00"',
        'for s in ["a".."c"] return s',
        "for n in [3..1] return n",
        "for n in (>= 3) return n",
    ],
)
def test_what_cannot_be_is_null_with_a_reason(source):
    outcome = feel.expression(source).evaluate({})
    assert outcome.value is None
    assert outcome.reasons


def test_the_clock_is_a_fact():
    assert feel.expression("today() < limit").names == {"today", "limit"}
    assert value("today()", today=date(2026, 11, 20)) == date(2026, 11, 20)
    assert value("now().hour", now=datetime.fromisoformat("2026-11-20T09:30")) == 9
    for source, facts in [
        ("today()", {}),
        ("now()", {"now": date(2026, 1, 1)}),
        ("today(1)", {"today": date.min}),
    ]:
        outcome = feel.expression(source).evaluate(facts)
        assert outcome.value is None
        assert outcome.reasons[0].zh.startswith(source[: source.index("(")])


@given(MOMENTS, LENGTHS)
def test_time_added_can_be_taken_away_in_every_zone(moment, length):
    facts = {"moment": moment, "length": length}
    assert value("(moment + length) - moment = length", **facts) is True
    assert value("moment + length - length = moment", **facts) is True


@given(MOMENTS, MOMENTS)
def test_order_and_difference_agree_in_every_zone(one, other):
    facts = {"one": one, "other": other}
    assert value("one < other", **facts) is value('other - one > @"PT0S"', **facts)
    assert value("one = other", **facts) is value('other - one = @"PT0S"', **facts)


@given(MOMENTS)
def test_a_moment_with_a_zone_is_read_as_it_was_written(moment):
    text = feel.text_of(moment)
    again = feel.literal(text)
    assert feel.text_of(again) == text


@given(st.dates(), st.integers(-2_000_000, 2_000_000), st.integers(-50_000, 50_000))
def test_far_days_are_counted_like_near_ones(day, cycles, length):
    """Four hundred years later the calendar is the same, so a far day may be checked against a near one."""
    far = eras.from_ordinal(day.toordinal() + cycles * eras.DAYS)
    moved = eras.from_ordinal(eras.ordinal(far) + length)
    assert eras.year_of(far) == day.year + cycles * eras.YEARS
    assert (eras.near(far).month, eras.near(far).day) == (day.month, day.day)
    assert eras.ordinal(moved) - eras.ordinal(far) == length
    assert feel.literal(feel.text_of(far)) == far


@given(st.dates(), st.integers(-50_000, 50_000))
def test_within_the_common_years_days_are_pythons(day, length):
    try:
        expected = day + timedelta(days=length)
    except OverflowError:
        return
    assert value("day + length", day=day, length=timedelta(days=length)) == expected
    assert value("other - day", day=day, other=expected) == timedelta(days=length)
