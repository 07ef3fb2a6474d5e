"""Coming in with a phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from yizhan.identity.models import Account, PhoneCode
from yizhan.journal.models import News
from yizhan.notices.models import Sunk
from yizhan.portal.tests.conftest import ORIGIN
from yizhan.portal.tests.pages import sent, text

PHONE = "13800000001"  # chen's


def code_for(browser: Client, phone: str = PHONE, **more: str) -> str:
    """Ask for a code, and read it where a demo keeps what it would have sent."""
    answer = browser.post("/login", {"phone": phone, **more})
    assert answer.status_code == 302, text(answer)
    return re.search(r"\d{6}", Sunk.objects.latest("at").text)[0]


def test_a_code_lets_one_in_and_leads_where_one_wanted_to_go(town):
    browser = Client()
    asked = browser.get("/cases/YX2026-1120-00001")
    assert asked.headers["Location"] == "/login?next=%2Fcases%2FYX2026-1120-00001"
    code = code_for(browser, next="/cases/YX2026-1120-00001")
    answer = browser.post(
        "/login/code", {"code": f" {code[:3]} {code[3:]} ", "next": "/cases/YX2026-1120-00001"}
    )
    assert answer.headers["Location"] == "/cases/YX2026-1120-00001"
    assert "陈＊堃" in text(browser.get("/my"))


def test_a_number_that_comes_first_gets_an_account(town):
    browser = Client()
    code = code_for(browser, "139 0000 0001")
    assert browser.post("/login/code", {"code": code}).headers["Location"] == "/my"
    assert Account.objects.filter(phone="13900000001", kind="citizen").exists()
    assert "还没有实名核验" in text(browser.get("/my"))


@pytest.mark.parametrize("phone", ["", "123", "abc", "1380000000１２３", "\0", "<script>alert(1)</script>"])
def test_what_is_no_number_is_refused_and_kept(town, phone):
    answer = Client().post("/login", {"phone": phone})
    page = text(answer)
    assert answer.status_code == 422
    assert "错误：" in page
    assert 'href="#phone"' in page
    assert "<script>alert" not in page


def test_when_the_house_sends_no_more_one_is_told_when_and_where_else(town, settings):
    settings.PHONE_CODES_PER_HOUR = 1
    code_for(Client())
    answer = Client().post("/login", {"phone": "13800000002"})
    assert answer.status_code == 422
    assert "请 60 分钟后再试；急需办理的，可到政务服务窗口" in text(answer)
    assert News.objects.filter(kind="phone_code.limit_reached").count() == 1


def test_a_wrong_code_is_refused_and_five_end_it(town):
    browser = Client()
    right = code_for(browser)
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(5):
        answer = browser.post("/login/code", {"code": wrong})
        assert answer.status_code == 422
        assert "验证码不正确或已过期" in text(answer)
    assert browser.post("/login/code", {"code": right}).status_code == 422
    assert browser.get("/my").status_code == 302


def test_codes_are_not_sent_as_often_as_one_likes(town):
    browser = Client()
    code_for(browser)
    answer = browser.post("/login", {"phone": PHONE})
    assert answer.status_code == 422
    assert "验证码请求过于频繁" in text(answer)


def test_a_code_is_good_for_five_minutes(town):
    browser = Client()
    code = code_for(browser)
    PhoneCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert browser.post("/login/code", {"code": code}).status_code == 422


def test_the_code_page_without_a_number_leads_to_the_number(town):
    assert Client().get("/login/code?next=/my").headers["Location"] == "/login?next=%2Fmy"


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "http:evil"]
)
def test_nobody_is_led_to_another_site(town, address):
    browser = Client()
    code = code_for(browser, next=address)
    assert browser.post("/login/code", {"code": code, "next": address}).headers["Location"] == "/my"


def test_whoever_is_in_does_not_log_in_again(town, as_):
    assert as_("chen").get("/login?next=/my/messages").headers["Location"] == "/my/messages"
    assert as_("chen").get("/login/code").headers["Location"] == "/my"


def test_a_second_click_on_the_log_in_goes_on_like_the_first(town):
    browser = Client(enforce_csrf_checks=True, HTTP_ORIGIN=ORIGIN)
    browser.post("/login", {**sent(browser.get("/login")), "phone": PHONE})
    code = re.search(r"\d{6}", Sunk.objects.latest("at").text)[0]
    form = {**sent(browser.get("/login/code?next=/my/messages")), "code": code}
    assert browser.post("/login/code", form).headers["Location"] == "/my/messages"
    assert browser.post("/login/code", form).headers["Location"] == "/my/messages"


def test_a_forged_log_in_is_refused(town):
    browser = Client(enforce_csrf_checks=True, HTTP_ORIGIN="https://evil.example")
    assert browser.post("/login", {"phone": PHONE}).status_code == 403
    assert not Sunk.objects.exists()


def test_one_can_leave(town, as_):
    browser = as_("chen")
    assert browser.post("/logout", follow=True).redirect_chain == [("/", 302)]
    assert browser.get("/my").status_code == 302
    assert browser.post("/logout").headers["Location"].startswith("/login")


def test_staff_have_their_own_door(town, as_):
    clerk = as_("clerk")
    assert clerk.get("/my").status_code == 403
    page = text(clerk.get("/"))
    assert "我的办事" not in page
    assert "登录 / 注册" not in page


@pytest.mark.parametrize(
    "wanted", ["abc", "portal:home", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\0"]
)
def test_who_is_signed_in_goes_to_no_other_place_than_a_page_of_the_house(as_, wanted):
    answer = as_("chen").get("/login", {"next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my")
