"""The address to which messages also go by mail: only whoever reads its mail can make it theirs."""

from __future__ import annotations

import re

import pytest

from yizhan.identity import scope
from yizhan.identity.models import Account
from yizhan.notices import sink
from yizhan.notices.models import Delivery
from yizhan.portal.tests.pages import text

ADDRESS = "chen@example.com"


@pytest.fixture(autouse=True)
def a_demo_without_mail_server(settings):
    settings.DEMO, settings.MAIL_SERVER = True, ""
    settings.PUBLIC_ADDRESS = "http://testserver"


def mailed() -> str:
    """The link in the mail that went out last."""
    with scope.service():
        letter = sink.recent(ADDRESS)[0]
    found = re.search(r"http://testserver(\S+)", letter.text)
    assert found, letter.text
    return found.group(1)


def address_of(town, who="chen") -> str:
    return str(Account.objects.get(pk=town.people[who].pk).email)


def test_an_address_counts_once_its_link_was_opened_and_confirmed(town, as_):
    chen = as_("chen")
    assert "填写邮箱" in text(chen.get("/my/channels"))
    told = text(chen.post("/my/mail", {"address": f" {ADDRESS} "}, follow=True))
    assert f"确认邮件已发往 {ADDRESS}" in told
    assert address_of(town) == ""

    link = mailed()
    assert ADDRESS in text(chen.get(link))
    assert address_of(town) == "", "programs that open links by themselves confirm nothing"
    assert "邮箱已确认" in text(chen.post(link, follow=True))
    assert address_of(town) == ADDRESS

    assert 'value="mail"' in text(chen.get("/my/channels"))
    town.do("clerk", town.apply("chen", other_allowance=True), "accept")
    with scope.service():
        assert Delivery.objects.filter(channel="mail", address=ADDRESS).exists()


def test_it_can_be_given_up_again(town, as_):
    chen = as_("chen")
    chen.post("/my/mail", {"address": ADDRESS})
    chen.post(mailed())
    assert "邮箱已删除" in text(chen.post("/my/mail/delete", follow=True))
    assert address_of(town) == ""


def test_the_link_is_of_no_use_to_anybody_else(town, as_):
    as_("chen").post("/my/mail", {"address": ADDRESS})
    link = mailed()
    assert "这个链接属于另一个账号" in text(as_("wang").post(link, follow=True))
    assert address_of(town, "wang") == address_of(town) == ""


@pytest.mark.parametrize("key", ["x", "a:b:c", "%00", "1" * 3000])
def test_a_forged_key_is_said_to_be_of_no_use(town, as_, key):
    answer = as_("chen").get(f"/my/mail/confirm/{key}", follow=True)
    assert answer.status_code in {200, 400}
    assert address_of(town) == ""


@pytest.mark.parametrize(
    "typed",
    ["", "chen", "chen@", "a b@example.com", "chen@example.com\nbcc: x@y.cn", "x" * 400 + "@example.com"],
)
def test_an_address_that_cannot_exist_is_said_beside_the_field(town, as_, typed):
    answer = as_("chen").post("/my/mail", {"address": typed})
    assert answer.status_code == 422
    assert "邮箱地址有误" in text(answer)


def test_without_a_mail_server_nothing_is_promised(town, as_, settings):
    settings.DEMO = False
    chen = as_("chen")
    assert "填写邮箱" not in text(chen.get("/my/channels"))
    answer = chen.post("/my/mail", {"address": ADDRESS})
    assert answer.status_code == 422
    assert "邮件服务尚未开通" in text(answer)


def test_nobody_is_flooded_with_mail(town, as_):
    chen = as_("chen")
    answers = [chen.post("/my/mail", {"address": ADDRESS}).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]
