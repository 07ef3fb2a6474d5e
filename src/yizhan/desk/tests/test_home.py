"""The list of what is to do."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import get_args

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yizhan import clock
from yizhan.cases import handling
from yizhan.cases.task_sources import Light
from yizhan.cases.tests.test_clocks import at_review, suspend
from yizhan.desk.tests.conftest import give
from yizhan.identity.models import Role, RoleGrant


def statements(browser, address: str) -> int:
    """How many statements a page takes, once definitions and rights are remembered."""
    for _ in range(2):
        assert browser.get(address).status_code == 200
    with CaptureQueriesContext(connection) as told:
        browser.get(address)
    return len(told)


def test_what_is_due_first_stands_first_with_light_and_remaining_time(town, doubtful, as_):
    town.permit_several()
    with clock.standing_at("2026-11-24T09:00"):
        later = town.apply("chen", other_allowance=True)
    with clock.standing_at("2026-11-26T09:30"):
        page = as_("clerk").get("/desk/").content.decode()
    assert page.index(doubtful) < page.index(later)
    for words in ("街道受理", "剩余 1 个工作日", "临期", "剩余 3 个工作日", "时限正常", "陈＊堃", "网上"):
        assert words in page, words
    assert "陈玥堃" not in page


def test_late_is_said_in_words_and_shape(town, doubtful, as_):
    with clock.standing_at("2026-12-01T09:30"):
        page = as_("clerk").get("/desk/").content.decode()
    assert "已超期 2 个工作日" in page
    assert 'class="lamp lamp--late" role="img" aria-label="超期"' in page


@pytest.mark.parametrize(("language", "left", "short", "hint"), [
    ("zh-hans", "暂停计时", "听证，11-20起", "自 2026年11月20日 起因听证暂停计时，预计 2026年12月1日 恢复"),
    ("en", "Suspended", "a hearing, since 20 Nov",
     "Suspended since 20 Nov 2026 for a hearing; expected to go on on 1 Dec 2026"),
])  # fmt: skip
def test_a_clock_that_stands_still_is_neither_green_nor_red(town, as_, language, left, short, hint):
    number = at_review(town)
    suspend(town, number, expected_on=date(2026, 12, 1))
    with clock.standing_at("2026-11-24T09:30"):
        clerk = as_("clerk")
        clerk.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for address in ("/desk/", f"/desk/cases/{number}"):
            page = clerk.get(address).content.decode()
            assert f'<span class="remaining remaining--suspended" title="{hint}">' in page
            assert f'<b class="num">{left}</b><span class="sub num">{short}</span>' in page
            assert "remaining--normal" not in page


def test_what_stands_still_is_a_list_of_its_own_and_not_among_what_is_in_time(town, as_):
    still, runs, own = (at_review(town, at_a_time="any") for _number in range(3))
    suspend(town, still, expected_on=date(2026, 12, 1))
    suspend(town, own, "inspection", own=True, document="", words="送检")
    with clock.standing_at("2026-11-24T09:30"):
        clerk = as_("clerk")
        shown = {light: clerk.get(f"/desk/?light={light}").content.decode() for light in get_args(Light)}
    numbers = {
        light: {number for number in (still, runs, own) if number in page} for light, page in shown.items()
    }
    assert numbers == {"suspended": {still, own}, "normal": {runs}, "late": set(), "soon": set()}
    assert shown["suspended"].count("remaining remaining--suspended") == 2
    assert '?tab=todo&amp;light=suspended" aria-current="true"' in shown["suspended"]


def test_where_a_department_waits_and_the_case_runs_on_the_pause_is_shown_until_the_case_is_late(town, as_):
    number = at_review(town)
    suspend(town, number, "inspection", own=True, document="", words="送检")
    for day, level in (("2026-11-24T09:30", "suspended"), ("2026-12-08T09:30", "late")):
        with clock.standing_at(day):
            page = as_("clerk").get("/desk/").content.decode()
            assert f'class="remaining remaining--{level}"' in page
            assert number in page


def test_a_clerk_of_another_sub_district_sees_nothing(town, doubtful, as_):
    page = as_("stranger").get("/desk/").content.decode()
    assert doubtful not in page
    assert "待办已清空" in page


def test_tabs_chips_and_words(town, doubtful, as_):
    clerk = as_("clerk")
    assert "您手上没有在办的任务" in clerk.get("/desk/?tab=mine").content.decode()
    assert "没有符合条件的任务" in clerk.get("/desk/?light=late").content.decode()
    assert doubtful in clerk.get("/desk/?light=normal").content.decode()
    assert doubtful in clerk.get(f"/desk/?words={doubtful.lower()}").content.decode()
    assert doubtful not in clerk.get("/desk/?words=YX1999").content.decode()
    assert "没有符合条件的任务" in clerk.get("/desk/?item=another").content.decode()
    assert clerk.get("/desk/?page=x&tab=nonsense&light=blue").status_code == 200


def test_mine_and_done(town, doubtful, as_):
    task = town.task(doubtful)
    with town.acting("clerk") as actor:
        handling.claim(task.case_id, task.id, by=actor, command=uuid.uuid4())
    clerk = as_("clerk")
    page = clerk.get("/desk/?tab=mine").content.decode()
    assert doubtful in page
    assert "圆点为我的在办任务到期的日子" in page
    assert doubtful not in as_("colleague").get("/desk/").content.decode()
    town.do("clerk", doubtful, "accept")
    done = clerk.get("/desk/?tab=done").content.decode()
    assert doubtful in done
    assert re.search(r'<b class="num">受理</b><span class="sub num">今天 09:30</span>', done)


def test_the_month_knows_the_working_day(town, as_):
    assert "本月第 15 个工作日，共 21 个" in as_("clerk").get("/desk/").content.decode()
    with clock.standing_at("2026-11-21T10:00"):
        assert "今天休息" in as_("clerk").get("/desk/").content.decode()


def test_as_many_statements_for_580_roles_as_for_one_and_for_fifty_lines_as_for_one(town, as_):
    town.permit_several()
    town.apply("chen", other_allowance=True)
    clerk = as_("clerk")
    few = statements(clerk, "/desk/")
    post = town.people["clerk"].appointments.get().post
    Role.objects.bulk_create(
        Role(code=f"pack{n}.clerk", pack=f"pack{n}", title_zh=str(n), title_en=str(n)) for n in range(580)
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(role_id=f"pack{n}.clerk", post=post, reach="area", given_by="house", reason="测试")
        for n in range(580)
    )
    for _ in range(5):
        town.apply("chen", other_allowance=True)
    assert statements(clerk, "/desk/") == few
    assert few <= 18


def test_every_page_of_the_workbench_shows_how_much_waits(town, doubtful, as_):
    assert re.search(
        r"工作台</span><span class=\"side__count\">1<", as_("clerk").get("/desk/messages").content.decode()
    )


class TestBatch:
    """One click for many; each stands for itself."""

    def chosen(self, town, *numbers):
        return [f"{town.task(number).case_id}/{town.task(number).id}" for number in numbers]

    def test_what_was_done_and_what_was_not_and_why(self, town, as_):
        one, other = town.apply("chen", other_allowance=True), town.apply("wang", other_allowance=True)
        fields = {"action": "accept", "command": str(uuid.uuid4())}
        fields["task"] = self.chosen(town, one, other)
        page = as_("clerk").post("/desk/batch", fields).content.decode()
        assert "办成 1 件，1 件没有办成" in page
        assert town.task(one).node == "review"
        assert town.task(other).node == "acceptance"
        assert other not in page, "what one may not see has no number here"

    def test_the_reason_stands_beside_what_was_not_done(self, town, as_):
        give(town, "clerk", "elderly_allowance.approver", "all")
        number = town.apply("chen", other_allowance=True)
        task = self.chosen(town, number)
        town.do("colleague", number, "accept")
        page = (
            as_("clerk")
            .post("/desk/batch", {"action": "accept", "command": str(uuid.uuid4()), "task": task})
            .content.decode()
        )
        assert "此任务已由何志强办理" in page

    def test_the_same_click_twice(self, town, as_):
        number = town.apply("chen", other_allowance=True)
        fields = {"action": "accept", "command": str(uuid.uuid4()), "task": self.chosen(town, number)}
        clerk = as_("clerk")
        for _ in range(2):
            assert "全部办成，共 1 件" in clerk.post("/desk/batch", fields).content.decode()
        assert town.task(number).node == "review"

    def test_nothing_ticked(self, town, as_):
        page = as_("clerk").post("/desk/batch", {"action": "accept", "command": ""}, follow=True)
        assert "请先勾选" in page.content.decode()

    def test_only_actions_that_ask_nothing_are_offered(self, town, doubtful, as_):
        page = as_("clerk").get("/desk/").content.decode()
        assert 'value="accept">批量受理' in page
        assert "批量不予受理" not in page


def test_messages_are_read(town, as_):
    assert "还没有消息" in as_("clerk").get("/desk/messages").content.decode()
    assert as_("clerk").post("/desk/messages").status_code == 302


@pytest.mark.parametrize("task", ["9" * 5000 + "/1", "1/" + "9" * 40, "-1/1", "²/1", "\0/1"])
def test_a_batch_of_what_is_no_task_chooses_nothing(as_, task):
    answer = as_("clerk").post(
        "/desk/batch", {"task": task, "action": "accept", "command": str(uuid.uuid4())}, follow=True
    )
    assert "请先勾选要办理的事项" in answer.content.decode()
