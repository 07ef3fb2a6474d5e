"""Publishing a year's working days: first whom it touches, then it is in force, then what became of the limits."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yizhan import clock
from yizhan.calendar import plan
from yizhan.calendar.models import CalendarRelease
from yizhan.cases import reckoning
from yizhan.cases.models import Clock, Recount
from yizhan.cases.tests.conftest import _staff
from yizhan.cases.tests.test_reckoning import EVENING_OF_THE_YEAR, PLAN_2027
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.journal.reading import Fact

SOURCE = "国办发明电〔2026〕1号（测试）"


@pytest.fixture
def system(town, as_):
    town.people["system"] = _staff("system", "邓文博", "440104", "platform.system_admin")
    return as_("system")


@pytest.fixture
def late(town):
    """A case whose acceptance ends in the year to come."""
    with clock.standing_at(EVENING_OF_THE_YEAR):
        number = town.apply("chen", other_allowance=True)
        town.work()
        yield number


def look(client, text=PLAN_2027, status=200, **fields):
    sent = {
        "year": "2027",
        "source": SOURCE,
        "then": "preview",
        "file": SimpleUploadedFile("2027.csv", text.encode()),
    }
    answer = client.post("/desk/admin/workdays", {**sent, **fields})
    assert answer.status_code == status
    return answer.content.decode()


def kept(shown):
    return shown.partition('name="kept" value="')[2].partition('"')[0]


def test_a_preview_says_whom_it_touches_and_leaves_nothing_behind(town, late, system):
    before = CalendarRelease.objects.count()
    shown = look(system)
    assert late in shown
    assert "1 件办件" in shown
    assert "2027年1月6日" in shown  # the new last day
    assert CalendarRelease.objects.count() == before
    assert not News.objects.filter(kind="calendar.published").exists()
    with scope.service():
        assert Clock.objects.get(case__number=late, kind="acceptance").provisional


def test_published_the_limits_are_reckoned_and_the_report_tells_each(town, late, system):
    fields = {"year": "2027", "source": SOURCE, "then": "publish", "kept": kept(look(system))}
    answer = system.post("/desk/admin/workdays", fields, follow=True)
    assert "2027年的放假安排已发布" in answer.content.decode()
    release = CalendarRelease.objects.get(year=2027)
    news = News.objects.get(kind="calendar.published")
    with scope.service():
        reckoning.published(
            Fact(news.id, news.kind, news.subject, news.actor, news.data, news.at, (1, 1, news.id))
        )
    waiting = system.get(f"/desk/admin/workdays/{release.id}").content.decode()
    assert "还有 1 件办件等待重算" in waiting
    town.work()
    told = system.get(f"/desk/admin/workdays/{release.id}").content.decode()
    assert late in told
    assert "等待重算" not in told
    with scope.service():
        row = Recount.objects.get(number=late, kind="acceptance")
    assert (row.was_provisional, row.provisional, row.was < row.due) == (True, False, True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"year": "27"}, "请填写四位数的年份"),
        ({"source": ""}, "请写明出处"),
        ({"year": "2028"}, "请先发布2027年的安排"),
        ({"year": "2026"}, "已经发布"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_published(system, town, fields, words):
    assert words in look(system, status=422, **fields)


def test_a_file_that_is_none_is_told(system, town):
    assert "缺少列" in look(system, text="a,b\n1,2\n", status=422)
    head = "date,kind,name_zh,name_en\n"
    soon = look(system, text=f"{head}soon,rest,x,x\n", status=422)
    assert "读不懂日期“soon”" in soon
    assert "读不懂类别" not in soon
    both = look(system, text=f"{head}soon,rest,x,x\n2027-01-01,free,x,x\n", status=422)
    assert "第2行：读不懂日期“soon”" in both
    assert "第3行：读不懂类别“free”，应为 rest（放假）或 work（调休上班）" in both


def test_the_sample_is_the_plan_in_force_and_is_read_again(system, town):
    answer = system.get("/desk/admin/workdays/sample.csv")
    assert "workdays-2026.csv" in answer["Content-Disposition"]
    days = plan.read(answer.content.decode("utf-8-sig"))
    assert plan.check(2026, days) == []
    assert 'href="/desk/admin/workdays/sample.csv"' in system.get("/desk/admin/workdays").content.decode()


def test_nobody_else_publishes(town, as_):
    assert as_("clerk").get("/desk/admin/workdays").status_code == 403
