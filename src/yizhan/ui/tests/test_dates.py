from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from yizhan import clock
from yizhan.ui import dates

FRIDAY = date(2026, 11, 20)
LATE_IN_LONDON = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)


def test_a_day_is_written_in_the_language_of_the_page():
    with override("zh-hans"):
        assert dates.day(FRIDAY) == "2026年11月20日"
        assert dates.weekday(FRIDAY) == "星期五"
    with override("en"):
        assert dates.day(FRIDAY) == "20 Nov 2026"
        assert dates.weekday(FRIDAY) == "Friday"


def test_a_moment_is_told_in_district_time():
    with override("zh-hans"):
        assert dates.moment(LATE_IN_LONDON) == "2026年11月21日 01:05"
        assert dates.day(LATE_IN_LONDON) == "2026年11月21日"
    with override("en"):
        assert dates.moment(LATE_IN_LONDON) == "21 Nov 2026, 01:05"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (FRIDAY, "今天"),
        (datetime(2026, 11, 20, 15, 40, tzinfo=clock.ZONE), "今天 15:40"),
        (date(2026, 11, 18), "11-18"),
        (datetime(2026, 11, 18, 9, 0, tzinfo=clock.ZONE), "11-18 09:00"),
        (date(2025, 11, 20), "2025-11-20"),
        (None, "—"),
    ],
)
def test_narrow_columns_say_only_what_is_needed(value, written):
    with clock.standing_at("2026-11-20T16:00"), override("zh-hans"):
        assert dates.when_short(value) == written


def test_narrow_columns_in_english():
    with clock.standing_at("2026-11-20T16:00"), override("en"):
        assert dates.when_short(date(2026, 11, 18)) == "18 Nov"
        assert dates.when_short(datetime(2026, 11, 18, 9, 0, tzinfo=clock.ZONE)) == "18 Nov 09:00"
        assert dates.when_short(date(2025, 11, 20)) == "20 Nov 2025"


def test_a_month_is_written_in_the_language_of_the_page():
    with override("zh-hans"):
        assert dates.month(FRIDAY) == "2026年11月"
    with override("en"):
        assert dates.month(FRIDAY) == "Nov 2026"


def test_an_unknown_day_is_a_dash():
    assert dates.day(None) == dates.moment(None) == "—"
