"""A resident rates a finished case, signed in or with the token of the receipt."""

from __future__ import annotations

import pytest
import segno
from django.conf import settings
from django.test import Client

from yizhan.cases.models import Case
from yizhan.identity import scope
from yizhan.portal.tests.pages import text
from yizhan.portal.tests.test_late import log_in, time_out
from yizhan.voice import invitation, redress
from yizhan.voice.models import Rating, Redress


@pytest.fixture
def number(town):
    """A case of 陈玥堃, granted on the spot."""
    return town.apply("chen")


@pytest.fixture
def token(town, number):
    """The token of its receipt."""
    with town.acting("chen"):
        return invitation.token(town.case(number))


def test_asked_rated_thanked(as_, number):
    browser = as_("chen")
    page = browser.get(f"/cases/{number}/rating").content.decode()
    assert "您对这次服务满意吗？" in page and "是否评价由您决定" in page
    sent = {"grade": "4", "remarks": ["fast", "clear"], "words": "不错"}
    done = browser.post(f"/cases/{number}/rating", sent, follow=True).content.decode()
    assert "感谢您的评价。" in done and "满意" in done and "办得快、指南清楚" in done
    assert "您对这次服务满意吗？" not in browser.get(f"/cases/{number}/rating").content.decode()


def test_a_bad_rating_is_promised_an_answer_and_shows_it(town, as_, number):
    browser = as_("chen")
    done = browser.post(f"/cases/{number}/rating", {"grade": "1"}, follow=True).content.decode()
    assert "1 个工作日内回访核实，15 个工作日内整改答复" in done
    with scope.service():
        one = Redress.objects.get()
    with town.acting("approver") as actor:
        redress.verify(one, "内部核实情况", by=actor)
        redress.rectify(one, "已经改好了。", by=actor)
    page = browser.get(f"/cases/{number}/rating").content.decode()
    assert "已经改好了。" in page
    assert "内部核实情况" not in page


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"words": "很好"}, "请选择满意程度。"),
        ({"grade": "7"}, "请选择满意程度。"),
        ({"grade": "5", "words": "长" * 501}, "现有 501 字"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_what_was_typed_is_kept(as_, number, sent, told):
    answer = as_("chen").post(f"/cases/{number}/rating", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(told) == 2, "on top and beside the field"
    assert "<title>错误：评价服务" in page
    assert sent.get("words", "") in page


def test_a_second_tab_comes_too_late_and_is_told_so(as_, number):
    browser = as_("chen")
    browser.post(f"/cases/{number}/rating", {"grade": "5"})
    answer = browser.post(f"/cases/{number}/rating", {"grade": "1"})
    assert "我的评价" in answer.content.decode()
    with scope.service():
        assert Rating.objects.get().grade == 5


def test_the_guide_shows_the_share_of_good_ratings_once_there_are_some(town, as_, number):
    guide = "/items/elderly_allowance"
    assert "好评率" not in text(Client().get(guide))
    town.permit_several()
    numbers = [number, town.apply("wang"), town.apply("chen")]
    for who, case, grade in zip(("chen", "wang", "chen"), numbers, (5, 3, 2), strict=True):
        as_(who).post(f"/cases/{case}/rating", {"grade": str(grade)})
    page = text(Client().get(guide))
    assert "66.7%" in page and "（3 条评价）" in page


def test_before_the_end_one_is_sent_back_with_the_reason(town, as_):
    number = town.apply("chen", other_allowance=True)
    answer = as_("chen").post(f"/cases/{number}/rating", {"grade": "5"})
    assert (answer.status_code, answer.url) == (302, f"/cases/{number}")


@pytest.mark.parametrize("who", ["wang", "li"])
def test_anothers_case_does_not_exist(as_, number, who):
    assert as_(who).get(f"/cases/{number}/rating").status_code == 404
    assert as_(who).post(f"/cases/{number}/rating", {"grade": "5"}).status_code == 404


def test_staff_are_not_let_in(as_, number):
    assert as_("clerk").get(f"/cases/{number}/rating").status_code == 403


def test_the_token_asks_once_and_is_spent(number, token):
    browser = Client()
    page = browser.get(f"/rate/{token}").content.decode()
    assert "您对这次服务满意吗？" in page
    assert "陈玥堃" not in page
    done = browser.post(f"/rate/{token}", {"grade": "3"}, follow=True).content.decode()
    assert "感谢您的评价。" in done
    with scope.service():
        assert (Rating.objects.get().channel, Rating.objects.get().by) == ("link", "invitation")
    again = browser.get(f"/rate/{token}")
    assert again.status_code == 404
    assert "评价链接已失效" in again.content.decode()
    assert browser.post(f"/rate/{token}", {"grade": "1"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("forged", ["x", "A" * 43, "%00", "..%2f"])
def test_a_forged_token_is_told_no_more(forged):
    assert Client().get(f"/rate/{forged}").status_code == 404


def test_a_member_of_staff_with_the_token_does_not_rate(as_, token):
    clerk = as_("clerk")
    for answer in (clerk.get(f"/rate/{token}"), clerk.post(f"/rate/{token}", {"grade": "5"})):
        assert answer.status_code == 403
        assert "不能代为评价" in answer.content.decode()
    with scope.service():
        assert not Rating.objects.exists()


def test_a_token_that_comes_too_early_is_told_so_kindly_and_shows_no_case(town):
    number = town.apply("chen", other_allowance=True)
    with town.acting("chen"):
        early = invitation.token(town.case(number))
    answer = Client().get(f"/rate/{early}")
    page = text(answer)
    assert answer.status_code == 200
    assert "这件事还在办理中" in page and "用同一个二维码就可以评价" in page
    assert "您对这次服务满意吗？" not in page and number not in page and "陈玥堃" not in page
    town.do("clerk", number, "decline", reason="户籍已迁出本区")
    assert "您对这次服务满意吗？" in text(Client().get(f"/rate/{early}"))


@pytest.mark.parametrize("status", ["decided", "closed"])
def test_the_case_page_asks_as_soon_as_it_is_decided(town, as_, number, status):
    with scope.service():
        Case.objects.filter(number=number).update(status=status)
    assert f'href="/cases/{number}/rating"' in text(as_("chen").get(f"/cases/{number}"))


def test_the_case_page_asks_nothing_before(town, as_):
    number = town.apply("chen", other_allowance=True)
    assert "/rating" not in text(as_("chen").get(f"/cases/{number}"))


def test_the_case_page_shows_the_rating_and_its_answer(town, as_, number):
    chen = as_("chen")
    chen.post(f"/cases/{number}/rating", {"grade": "2"})
    page = text(chen.get(f"/cases/{number}"))
    assert "不满意" in page and "工作人员正在核实" in page and "评价这次服务" not in page
    with scope.service():
        one = Redress.objects.get()
    with town.acting("approver") as actor:
        redress.verify(one, "内部核实情况", by=actor)
        redress.rectify(one, "已经改好了。", by=actor)
    page = text(chen.get(f"/cases/{number}"))
    assert "已经改好了。" in page and "工作人员正在核实" not in page and "内部核实情况" not in page


def test_the_receipt_of_a_decided_case_carries_the_code_to_rate(town, as_, number, token):
    chen = as_("chen")
    code = segno.make(f"{settings.PUBLIC_ADDRESS}/rate/{token}", error="m").svg_data_uri(scale=4, border=2)
    page = chen.get(f"/receipts/{number}").content.decode()
    assert "扫码评价" in page and code in page.replace("&#39;", "'")
    chen.post(f"/cases/{number}/rating", {"grade": "5"})
    assert "扫码评价" not in text(chen.get(f"/receipts/{number}"))
    town.permit_several()
    waiting = town.apply("chen", other_allowance=True)
    assert "扫码评价" not in text(chen.get(f"/receipts/{waiting}"))


def test_a_rating_sent_after_the_log_in_ran_out_comes_back(as_, number):
    chen = as_("chen")
    page = f"/cases/{number}/rating"
    time_out()
    answer = chen.post(page, {"grade": "4", "remarks": ["kind"], "words": "窗口的同志很耐心"})
    assert answer.headers["Location"].startswith("/login?next=")
    assert log_in(chen, "13800000001", page) == page
    shown = text(chen.get(page))
    assert "刚才的评价还没有提交" in shown and "窗口的同志很耐心" in shown
    with scope.service():
        assert not Rating.objects.exists()
    chen.post(page, {"grade": "4", "words": "窗口的同志很耐心"})
    with scope.service():
        assert Rating.objects.get().words == "窗口的同志很耐心"


@pytest.mark.django_db
def test_tokens_are_tried_at_a_human_pace():
    browser = Client()
    answers = {browser.get("/rate/" + "A" * 43).status_code for _ in range(61)}
    assert answers == {404, 429}
