"""The file, loading, publishing a year, and the same arithmetic in SQL."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import DateField, F, IntegerField, Value
from django.db.models.functions import Cast
from hypothesis import given
from hypothesis import strategies as st

from yizhan import calendar, clock
from yizhan.calendar import loading, plan, publishing
from yizhan.calendar.current import NotLoaded
from yizhan.calendar.deadlines import deadline
from yizhan.calendar.models import CalendarRelease, WorkDay
from yizhan.calendar.plan import PlanRefused
from yizhan.calendar.sql import DueDate, WorkingDaysBetween
from yizhan.calendar.tests.slow_model import LAST, PLAN, TABLE
from yizhan.journal.models import News

# Not the real plan of 2027, which is not published: dates made up for these tests.
PLAN_2027 = """date,kind,name_zh,name_en
2026-12-27,work,元旦,New Year's Day
2027-01-01,rest,元旦,New Year's Day
2027-01-04,rest,元旦,New Year's Day
2027-02-05,rest,春节,Spring Festival
2027-02-08,rest,春节,Spring Festival
2027-02-09,rest,春节,Spring Festival
2027-02-14,work,春节,Spring Festival
2027-04-05,rest,清明节,Tomb-Sweeping Day
2027-05-03,rest,劳动节,Labour Day
2027-06-09,rest,端午节,Dragon Boat Festival
2027-09-15,rest,中秋节,Mid-Autumn Festival
2027-10-01,rest,国庆节,National Day
2027-10-04,rest,国庆节,National Day
"""


def publish(text=PLAN_2027, year=2027, **more):
    return publishing.publish(plan.read(text), year=year, source="测试", by="account:7", **more)


# --- the file ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "working_days"),
    [(2004, 252), (2005, 251), (2006, 251), (2007, 249), (2008, 251), (2009, 250), (2010, 250), (2011, 250),
     (2012, 249), (2013, 250), (2014, 250), (2015, 249), (2016, 250), (2017, 249), (2018, 250), (2019, 250),
     (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)  # fmt: skip
def test_the_file_gives_every_year_its_known_number_of_working_days(year, working_days):
    assert sum(plan.of_year(year, PLAN).values()) == working_days


def test_the_file_has_no_faults_and_names_everything_in_both_languages_with_a_source():
    for year in range(2004, 2027):
        assert plan.check(year, [planned for planned in PLAN if planned.day.year == year]) == []
    assert all(planned.name and planned.name_en and planned.source for planned in PLAN)


# --- loading -----------------------------------------------------------------------------------------------


def test_loading_fills_published_and_provisional_years(filled):
    assert (WorkDay.objects.earliest("day").day, WorkDay.objects.latest("day").day) == (
        date(2004, 1, 1),
        LAST,
    )
    assert publishing.first_provisional() == date(2027, 1, 1)
    assert CalendarRelease.objects.filter(by="system").count() == 23


def test_what_the_database_holds_is_what_the_slow_model_says(filled):
    table = calendar.table()
    assert (table.first, table.last, table.provisional_from) == (TABLE.first, TABLE.last, date(2027, 1, 1))
    assert list(table.days(table.first, table.last)) == list(TABLE.days(TABLE.first, TABLE.last))


def test_loading_again_changes_nothing(filled):
    before = list(WorkDay.objects.order_by("day").values_list())
    again = loading.load()
    assert (again.published, again.kept) == ((), ())
    assert list(WorkDay.objects.order_by("day").values_list()) == before
    assert not News.objects.filter(kind="calendar.published").exists()


def test_a_corrected_file_corrects_its_year_and_says_what_changed(filled, tmp_path):
    text = loading.FILE.read_text(encoding="utf-8").replace("2005-12-31,work", "2005-12-24,work")
    corrected = tmp_path / "holidays.csv"
    corrected.write_text(text, encoding="utf-8")
    assert loading.load(corrected).published == (2005,)
    assert News.objects.get(kind="calendar.published").data["changed"] == ["2005-12-24", "2005-12-31"]
    assert calendar.table().is_work(date(2005, 12, 24))


def test_a_year_that_a_person_published_stays_as_it_is(filled, tmp_path):
    publish()
    file = tmp_path / "holidays.csv"
    other = "2027-01-01,rest,元旦,New Year's Day,elsewhere\n2026-12-26,work,元旦,New Year's Day,elsewhere\n"
    file.write_text(loading.FILE.read_text(encoding="utf-8") + other, encoding="utf-8")
    assert loading.load(file).kept == (2026, 2027)
    assert calendar.table().is_work(date(2026, 12, 27))
    assert not calendar.table().is_work(date(2027, 1, 4))


# --- publishing --------------------------------------------------------------------------------------------


def test_a_published_year_is_certain_counted_anew_and_news(filled):
    before = calendar.deadline(date(2026, 12, 25), working_days=8)
    assert before.provisional
    with clock.standing_at("2026-11-20T10:00"):
        done = publish()
    after = calendar.deadline(date(2026, 12, 25), working_days=8)
    assert (before.due, after.due, after.provisional) == (date(2027, 1, 6), date(2027, 1, 7), False)
    assert [change.day for change in done.changed if change.is_work] == [
        date(2026, 12, 27),
        date(2027, 2, 14),
    ]
    assert done.provisional_from == date(2028, 1, 1)
    assert calendar.table().last == date(2030, 12, 31)
    news = News.objects.get(kind="calendar.published")
    assert (news.subject, news.actor) == ("calendar:national:2027", "account:7")
    assert news.data["changed"][0] == "2026-12-27"
    assert news.data["working_days"] == done.release.working_days == 261 - 11 + 1
    assert done.release.at == datetime(2026, 11, 20, 10, 0, tzinfo=clock.ZONE)


def test_the_count_has_no_gap_after_publishing(filled):
    publish()
    numbers = list(WorkDay.objects.filter(is_work=True).order_by("day").values_list("ordinal", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_publication_that_is_rolled_back_is_forgotten_by_the_memory_too(filled):
    with pytest.raises(KeyError), transaction.atomic():
        publish()
        assert calendar.table().provisional_from == date(2028, 1, 1)
        raise KeyError
    assert calendar.table().provisional_from == date(2027, 1, 1)


def test_the_table_in_memory_is_one_and_the_same_until_something_is_published(filled):
    first = calendar.table()
    assert calendar.table() is first
    publish()
    assert calendar.table() is not first


def test_no_year_is_left_out_and_none_is_published_twice_by_mistake(filled):
    with pytest.raises(PlanRefused, match="请先发布2027年的安排"):
        publish(PLAN_2027.replace("2027-", "2028-").replace("2026-", "2027-"), year=2028)
    with pytest.raises(PlanRefused, match="2003年早于工作日历的起点"):
        publish(PLAN_2027.replace("2027-", "2003-").replace("2026-", "2002-"), year=2003, amends=True)
    publish()
    with pytest.raises(PlanRefused, match="已经发布"):
        publish()
    amended = publish(PLAN_2027.replace("2027-06-09", "2027-06-10"), amends=True)
    assert [change.day.isoformat() for change in amended.changed] == ["2027-06-09", "2027-06-10"]
    assert CalendarRelease.objects.filter(year=2027).count() == 2


def test_a_release_can_never_be_changed_by_the_application(filled):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        CalendarRelease.objects.update(by="someone else")


def test_everything_wrong_with_a_plan_is_said_at_once_and_nothing_is_changed(filled):
    bad = PLAN_2027 + "2027-03-01,work,春节,Spring Festival\n2028-01-01,rest,元旦,\n2027-10-01,rest,,\n"
    with pytest.raises(PlanRefused) as refused:
        publish(bad)
    assert [(fault.line, fault.message) for fault in refused.value.faults] == [
        (15, "2027-03-01本来就是工作日，不会是调休上班日"),
        (16, "2028-01-01不属于2027年的安排"),
        (17, "2027-10-01出现了两次"),
        (17, "2027-10-01没有写明是哪个节日"),
    ]
    assert publishing.last_published() == 2026


def test_a_plan_that_forgets_the_holidays_is_refused(filled):
    with pytest.raises(PlanRefused, match="260天"):
        publish("date,kind,name_zh,name_en\n2027-01-01,rest,元旦,New Year's Day\n")


def test_a_file_that_cannot_be_read_is_refused_with_its_lines():
    with pytest.raises(PlanRefused, match="缺少列：kind"):
        plan.read("date,name_zh,name_en\n")
    with pytest.raises(PlanRefused) as refused:
        plan.read("date,kind,name_zh,name_en\n1.1.2027,rest,a,b\n2027-01-01,holiday,a,b\n")
    assert [fault.line for fault in refused.value.faults] == [2, 3]


@pytest.mark.django_db
def test_an_empty_calendar_says_that_it_was_never_loaded():
    with pytest.raises(NotLoaded):
        calendar.table("no such calendar")


# --- SQL ---------------------------------------------------------------------------------------------------


def test_sql_and_memory_agree(filled):
    @given(st.dates(date(2004, 1, 1), date(2028, 6, 1)), st.integers(0, 300))
    def agree(start, limit):
        with connection.cursor() as cursor:
            due = deadline(TABLE, start, working_days=limit).due
            cursor.execute(
                "select calendar_due(%s, %s), calendar_working_days_between(%s, %s)",
                [start, limit, start, due],
            )
            assert cursor.fetchone() == (due, TABLE.working_days_between(start, due))

    agree()


def test_sql_gives_null_where_memory_refuses(filled):
    with connection.cursor() as cursor:
        cursor.execute(
            """select calendar_due('2029-12-31', 1), calendar_due('2003-12-31', 1),
                      calendar_due('2026-11-20', -1)"""
        )
        assert cursor.fetchone() == (None, None, None)


def test_expressions_work_over_many_rows(filled):
    days = WorkDay.objects.filter(day__year=2026).annotate(
        due=DueDate(F("day"), Value(20)),
        left=WorkingDaysBetween(
            Cast(Value("2026-01-01"), DateField()), F("day"), output_field=IntegerField()
        ),
    )
    for row in days:
        assert row.due == TABLE.due(row.day, 20)
        assert row.left == TABLE.working_days_between(date(2026, 1, 1), row.day)


# --- the verbs ---------------------------------------------------------------------------------------------


def test_a_month_for_a_calendar_card(filled):
    october = calendar.month(2026, 10)
    assert (len(october.days), october.working_days, october.provisional) == (31, 18, False)
    assert [entry.day.day.day for entry in october.days if entry.nth in {1, 3, 18}] == [8, 10, 30]
    assert date(2026, 10, 10) not in october.off
    assert date(2026, 10, 7) in october.off
    assert calendar.month(2026, 12).days[-1].day.day == date(2026, 12, 31)
    assert calendar.month(2027, 1).provisional


def test_the_verbs_speak_of_the_calendar_in_force(filled):
    friday = clock.parse("2026-11-20T16:00")
    assert calendar.working_days_between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert calendar.add_natural_days(date(2026, 9, 28), 5).due == date(2026, 10, 8)
    assert calendar.add_hours(friday, 4).due_at == clock.parse("2026-11-23T12:00")
    assert calendar.hours_between(friday, clock.parse("2026-11-23T12:00")) == timedelta(hours=4)
    assert calendar.remaining(friday, date(2026, 11, 23)).working_days == 1
