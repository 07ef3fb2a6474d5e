"""One's own case: where it stands, why, and what one can do."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from yizhan.identity import scope
from yizhan.journal.models import Access
from yizhan.portal.tests.conftest import handed_in
from yizhan.portal.tests.pages import sent, statements, text
from yizhan.records.models import Paper


def test_a_case_decided_on_the_spot_shows_result_reasons_and_remedies(town, as_):
    number = town.apply("chen")
    page = text(as_("chen").get(f"/cases/{number}"))
    for words in (
        "准予发放", "年满 70 周岁、具有本区户籍、未在别处领取", "每月金额（元）", "120", "核对政府数据后自动作出",
        "60 日内依法申请行政复议", "决定书正在制作", "本件当场办结", "陈玥堃", "6222021234567890",
    ):  # fmt: skip
        assert words in page
    assert "撤回申请" not in page


def test_the_decision_is_downloaded_by_its_owner_alone(town, as_):
    number = town.apply("chen")
    town.work()
    with scope.service():
        paper = Paper.objects.get(owner=f"case:{number}")
    address = f"/cases/{number}/papers/{paper.id}"
    assert address in text(as_("chen").get(f"/cases/{number}"))
    answer = as_("chen").get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    assert as_("wang").get(address).status_code == 404
    assert Client().get(address).headers["Location"].startswith("/login")
    town.permit_several()
    other = town.apply("chen")
    assert as_("chen").get(f"/cases/{other}/papers/{paper.id}").status_code == 404


def test_a_case_under_way_tells_its_dates_and_why(town, as_):
    number = town.apply("wang", other_allowance=True)
    page = text(as_("wang").get(f"/cases/{number}"))
    for words in ("街道受理", "最迟受理", "受理期限", "2026年11月27日", "计时中", "撤回申请", "还没有文书"):
        assert words in page


def test_a_refusal_tells_its_reason(town, as_):
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    town.do("clerk", number, "disagree", reason="正在外地领取<b>同类</b>津贴")
    town.do("approver", number, "refuse", reason="正在外地领取<b>同类</b>津贴")
    page = text(as_("chen").get(f"/cases/{number}"))
    assert "不予发放" in page
    assert "正在外地领取&lt;b&gt;同类&lt;/b&gt;津贴" in page
    assert "60 日内依法申请行政复议" in page


def test_the_reason_of_staff_is_marked_as_chinese_on_an_english_page(town, as_):
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "decline", reason="户籍已迁出本区")
    chen = as_("chen")
    chen.cookies["django_language"] = "en"
    page = text(chen.get(f"/cases/{number}"))
    assert '<span lang="zh">户籍已迁出本区</span>' in page
    assert "Not accepted" in page


def test_the_list_shows_cases_and_drafts(town, as_):
    town.permit_several()
    number = town.apply("chen", other_allowance=True)
    chen = as_("chen")
    draft = chen.post("/items/elderly_allowance/apply").headers["Location"]
    page = text(chen.get("/my"))
    for words in (number, draft, "收件", "没有填完的申请", "陈＊堃", "已实名"):
        assert words in page
    assert number not in text(as_("wang").get("/my"))
    assert "还没有办件" in text(as_("wang").get("/my"))


def test_taking_a_case_back_ends_it_once(town, as_):
    chen = as_("chen")
    number = handed_in(chen, other_allowance=True)
    form = sent(chen.get(f"/cases/{number}"), f"/cases/{number}/withdraw")
    answers = [chen.post(f"/cases/{number}/withdraw", form, follow=True) for _click in range(2)]
    assert "申请已撤回" in text(answers[0])
    assert all("已撤回" in text(answer) for answer in answers)
    assert town.case(number).outcome == "withdrawn"
    assert town.intact(number)
    again = chen.post(f"/cases/{number}/withdraw", {"command": str(uuid.uuid4())}, follow=True)
    assert 'class="notice notice--danger"' in text(again)


def test_a_decided_case_cannot_be_taken_back(town, as_):
    number = town.apply("chen")
    answer = as_("chen").post(f"/cases/{number}/withdraw", {"command": str(uuid.uuid4())}, follow=True)
    assert 'class="notice notice--danger"' in text(answer)
    assert town.case(number).outcome == "granted"


@pytest.mark.parametrize("command", ["", "1", "x" * 100])
def test_taking_back_wants_its_command(town, as_, command):
    number = town.apply("chen", other_allowance=True)
    assert as_("chen").post(f"/cases/{number}/withdraw", {"command": command}).status_code == 404
    assert as_("chen").get(f"/cases/{number}/withdraw").status_code == 405


@pytest.mark.parametrize(
    "page", ["/cases/{}", "/receipts/{}", "/cases/{}/supplement", "/cases/{}/supplement/account"]
)
def test_anothers_case_does_not_exist(town, as_, page):
    address = page.format(town.apply("chen", other_allowance=True))
    assert as_("wang").get(address).status_code == 404
    assert as_("wang").get(page.format("YX2026-1120-99999")).status_code == 404
    assert as_("wang").get(page.format("%00%01")).status_code == 404
    assert Client().get(address).headers["Location"].startswith("/login?next=")


def test_anothers_case_cannot_be_taken_back(town, as_):
    number = town.apply("chen", other_allowance=True)
    answer = as_("wang").post(f"/cases/{number}/withdraw", {"command": str(uuid.uuid4())})
    assert answer.status_code == 404
    assert town.case(number).status == "received"


def test_a_persons_case_from_a_window_is_hers_as_well(town, as_):
    """What a clerk applied for on her behalf is seen by whoever proved to be that person."""
    number = town.apply("chen", other_allowance=True)
    with scope.service():
        case = town.case(number)
    assert case.document.startswith("111:")
    assert as_("chen").get(f"/cases/{number}").status_code == 200


def test_looking_at_ones_answers_leaves_a_line_in_the_access_log(town, as_):
    number = town.apply("chen")
    as_("chen").get(f"/cases/{number}")
    with scope.service():
        line = Access.objects.latest("id")
    assert town.subjects["chen"] in line.subjects
    assert "application" in line.fields


def test_a_page_of_ones_own_is_kept_in_no_cache(town, as_):
    number = town.apply("chen")
    for page in ("/my", f"/cases/{number}", f"/receipts/{number}", "/my/messages", "/my/channels"):
        assert "no-store" in as_("chen").get(page).headers["Cache-Control"]


def test_the_case_page_asks_the_database_a_fixed_number_of_times(town, as_):
    number = town.apply("chen", other_allowance=True)
    chen = as_("chen")
    chen.get(f"/cases/{number}")
    assert len(statements(lambda: chen.get(f"/cases/{number}"))) <= 24
    assert len(statements(lambda: chen.get("/my"))) <= 12


def test_the_applicant_urges_once_a_day(town, as_):
    number = town.apply("chen", other_allowance=True)
    chen = as_("chen")
    form = sent(chen.get(f"/cases/{number}"), f"/cases/{number}/urge")
    assert "已提醒办理人员尽快办理" in chen.post(f"/cases/{number}/urge", form, follow=True).content.decode()
    assert town.task(number).urged == 1
    form = sent(chen.get(f"/cases/{number}"), f"/cases/{number}/urge")
    assert "今天已经催办过" in chen.post(f"/cases/{number}/urge", form, follow=True).content.decode()
    assert town.task(number).urged == 1
