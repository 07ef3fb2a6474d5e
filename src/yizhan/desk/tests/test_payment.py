"""The payer stops, pauses and resumes one payment, changes its account, and asks back what was paid too much."""

from __future__ import annotations

import uuid

import pytest

from yizhan import clock
from yizhan.cases.models import Case
from yizhan.desk.tests.conftest import give
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.journal import access
from yizhan.payments import building, entitling
from yizhan.payments.models import Order, RecoveryEntry

WHY = {"reason": "情况有待核实。", "basis": "示例办法第十条。"}
FIELDS = (
    *("reason", "basis", "month", "arrears", "amount", "due_on"),
    *("holder", "bank", "account", "again", "kind", "on", "words"),
)
ACCOUNT = {"holder": "陈玥堃", "bank": "示例银行", "account": "6222021234567899", "again": "6222021234567899"}


@pytest.fixture
def payment(town):
    """陈玥堃 gets the allowance from December on; the approver is the payer too. The address of the page."""
    give(town, "approver", "elderly_allowance.payer")
    number = town.apply("chen")
    with scope.service(), access.watching(HOUSE.viewer()):
        entitling.begin(Case.objects.get(number=number))
        with clock.standing_at("2026-11-25T09:00"):
            while building.build():
                pass
    return f"/desk/payments/elderly_allowance/of/{number}"


def post(browser, address, **fields):
    return browser.post(address, {"key": str(uuid.uuid4()), **WHY, **fields}, follow=True)


def orders():
    with scope.service():
        return [order.kind for order in Order.objects.order_by("at")]


def test_from_the_list_to_the_page_masked(payment, as_):
    browser = as_("approver")
    assert payment in browser.get("/desk/payments/elderly_allowance/2026-12").content.decode()
    page = browser.get(payment).content.decode()
    assert "陈＊堃" in page and "**** 7890" in page
    assert "陈玥堃" not in page and "6222021234567890" not in page
    number = payment.rsplit("/", 1)[1]
    assert browser.get(f"/desk/payments/find?number={number.lower()}").url == payment
    answer = browser.get("/desk/payments/find?number=YX0", follow=True).content.decode()
    assert "没有受理编号为“YX0”的待遇" in answer


def test_paused_resumed_and_stopped(payment, as_):
    browser = as_("approver")
    assert "已暂停发放" in post(browser, f"{payment}/pause").content.decode()
    held = browser.get("/desk/payments/elderly_allowance/2026-12?state=held").content.decode()
    assert "情况有待核实。" in held
    assert "已恢复发放" in post(browser, f"{payment}/resume", arrears="yes").content.decode()
    page = post(browser, f"{payment}/stop", month="2026-12-01").content.decode()
    assert "已停发" in page and "发放单位决定停发" in page
    assert orders() == ["pause", "resume", "stop"]
    again = post(browser, f"{payment}/pause")
    assert again.status_code == 409
    assert "没有再次处理" in again.content.decode()


def test_what_is_missing_is_told_at_its_place_and_what_was_typed_stays(payment, as_):
    answer = as_("approver").post(f"{payment}/stop", {"key": str(uuid.uuid4()), "reason": "已经自愿放弃"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#stop-month"' in page and 'href="#stop-basis"' in page
    assert ">已经自愿放弃</textarea>" in page
    assert orders() == []


def test_another_account(payment, as_):
    browser = as_("approver")
    wrong = browser.post(f"{payment}/account", {"key": str(uuid.uuid4()), **WHY, **ACCOUNT, "again": "1"})
    assert wrong.status_code == 422
    assert "两次填写的账号不一致" in wrong.content.decode()
    page = post(browser, f"{payment}/account", **ACCOUNT).content.decode()
    assert "收款账户已变更" in page and "**** 7899" in page and "6222021234567899" not in page


def test_asked_back_entered_and_seen_by_the_payee(payment, as_):
    browser = as_("approver")
    with clock.standing_at("2026-11-26T09:00"):
        browser.post("/desk/payments/elderly_allowance/2026-12/close")
        asked = post(browser, f"{payment}/recover", amount="120", due_on="2027-01-31").content.decode()
        assert "已发起追回" in asked
        action = asked.split('action="')[1:]
        entry = next(part.split('"')[0] for part in action if "/recoveries/" in part.split('"')[0])
        wrong = post(browser, entry, kind="repaid", amount="121", words="收据 0001")
        assert wrong.status_code == 422
        assert "不超过尚未退回的 120.00 元" in wrong.content.decode()
        told = post(browser, entry, kind="repaid", amount="20", words="收据 0001").content.decode()
        assert "尚未退回 100.00 元" in told
        assert payment in browser.get("/desk/payments/recoveries").content.decode()
        mine = as_("chen").get("/my/payments").content.decode()
    assert "请于2027年1月31日前退回多发的 100.00 元" in mine and "示例办法第十条。" in mine


@pytest.mark.parametrize("who", ["clerk", "stranger"])
def test_for_others_there_is_no_such_payment(payment, as_, who):
    browser = as_(who)
    assert browser.get(payment).status_code == 404
    assert post(browser, f"{payment}/pause").status_code == 404
    assert browser.get(f"{payment}/account").status_code == 404
    assert "没有正在追回" in browser.get("/desk/payments/recoveries").content.decode()
    assert orders() == []


@pytest.mark.parametrize(
    "text", ["a\0b", "x" * 3_000, "²", "9" * 5_000, "<script>alert(1)</script>", "\ud800"]
)
def test_whatever_is_typed_is_answered(payment, as_, text):
    browser = as_("approver")
    typed = dict.fromkeys(FIELDS, text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    for order in ("stop", "pause", "resume", "recover", "account", "nothing"):
        answer = browser.post(f"{payment}/{order}", {"key": str(uuid.uuid4()), **typed})
        assert answer.status_code in {302, 400, 404, 409, 422}, order
    with scope.service():
        assert not RecoveryEntry.objects.exists()
    assert browser.post(f"{payment}/pause", {"key": "x"}).status_code == 404
