"""Forms that come too late: what was typed is not lost, and nobody else gets it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from yizhan.cases.models import Case, Draft
from yizhan.identity import late, scope
from yizhan.identity.models import Presence
from yizhan.identity.tests.browsers import signed_in
from yizhan.notices.models import Sunk
from yizhan.portal.tests.conftest import ORIGIN, begun, filled_in
from yizhan.portal.tests.pages import sent, text
from yizhan.portal.tests.test_login import code_for

ACCOUNT = {"account.bank": "示例银行东山支行", "account.number": "6222021234567890"}


def time_out() -> None:
    """The time of every session runs out."""
    Presence.objects.update(seen_at=timezone.now() - timedelta(days=1))


def log_in(browser: Client, phone: str, next: str) -> str:
    """Log in as a resident does; where one is led."""
    code = code_for(browser, phone, next=next)
    return browser.post("/login/code", {"code": code, "next": next}).headers["Location"]


def bank_of(draft: str) -> str:
    with scope.service():
        data = Draft.objects.get(id=draft.removeprefix("/drafts/")).data
    return data.get("account", {}).get("bank", "")


def test_what_was_typed_stands_there_again_after_the_log_in(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    page = f"{draft}/pages/account"
    time_out()
    answer = chen.post(page, ACCOUNT)
    assert answer.headers["Location"].startswith("/login?next=")
    assert bank_of(draft) == ""
    assert "刚才填写的内容已为您留存" in text(chen.get(answer.headers["Location"]))
    assert log_in(chen, "13800000001", page) == page
    shown = text(chen.get(page))
    assert "刚才的内容还没有保存" in shown
    assert 'value="示例银行东山支行"' in shown
    assert bank_of(draft) == ""  # nothing counts before it is sent again
    chen.post(page, {**ACCOUNT, "account.number~sure": ACCOUNT["account.number"]})
    assert bank_of(draft) == "示例银行东山支行"
    assert "刚才的内容还没有保存" not in text(chen.get(page))


def test_nobody_else_who_logs_in_at_the_same_computer_sees_it(town, as_):
    chen = as_("chen")
    page = f"{begun(chen)}/pages/account"
    time_out()
    chen.post(page, ACCOUNT)
    log_in(chen, "13800000003", page)  # wang
    assert chen.get(page).status_code == 404
    for other in ("/", "/my", "/items/elderly_allowance/apply"):
        assert "东山" not in text(chen.get(other, follow=True))


def test_it_lies_sealed_in_the_database(town, as_):
    chen = as_("chen")
    page = f"{begun(chen)}/pages/account"
    time_out()
    chen.post(page, ACCOUNT)
    kept = [one.get_decoded() for one in Session.objects.all()]
    assert any("late form" in one for one in kept)
    assert "6222021234567890" not in str(kept)
    assert "account.number" not in str(kept)


def test_it_is_kept_for_an_hour(town, as_, monkeypatch):
    chen = as_("chen")
    page = f"{begun(chen)}/pages/account"
    time_out()
    chen.post(page, ACCOUNT)
    log_in(chen, "13800000001", page)
    monkeypatch.setattr(late, "_now", lambda: int(timezone.now().timestamp()) + late.LASTS + 1)
    assert "东山" not in text(chen.get(page))


def test_files_are_not_kept_of_somebody_unknown_and_the_page_says_so(town, as_):
    chen = as_("chen")
    page = f"{begun(chen)}/pages/agent"
    time_out()
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-1.4", "application/pdf")
    chen.post(page, {"agent.is_agent": "yes", "agent.name": "陈小明", "agent.letter": letter})
    log_in(chen, "13800000001", page)
    shown = text(chen.get(page))
    assert 'value="陈小明"' in shown
    assert "选好的文件需要重新选择" in shown
    assert "letter.pdf" not in shown


def test_what_is_longer_than_any_form_is_not_kept(town, as_):
    chen = as_("chen")
    page = f"{begun(chen)}/pages/account"
    time_out()
    chen.post(page, {"account.bank": "长" * late.LARGEST})
    assert "内容过长，没有留存" in text(chen.get("/"))


def test_a_stale_token_of_another_tab_loses_nothing(town, careful):
    """The page was opened, the log-in renewed in another tab, and then it was sent."""
    chen = careful("chen")
    draft = begun(chen)
    page = f"{draft}/pages/account"
    form = {**sent(chen.get(page)), **ACCOUNT}
    time_out()
    token = sent(chen.get("/login"))["csrfmiddlewaretoken"]
    code_page = {"phone": "13800000001", "csrfmiddlewaretoken": token}
    chen.post("/login", code_page)
    code = Sunk.objects.latest("at").text
    digits = "".join(sign for sign in code if sign.isdigit())[:6]
    chen.post("/login/code", {**sent(chen.get("/login/code")), "code": digits})
    answer = chen.post(page, form)
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert bank_of(draft) == ""
    assert 'value="示例银行东山支行"' in text(chen.get(page))


def test_handing_in_too_late_leads_back_to_the_check(town, as_):
    chen = as_("chen")
    draft = filled_in(chen)
    form = sent(chen.get(f"{draft}/check"), f"{draft}/submit")
    time_out()
    answer = chen.post(f"{draft}/submit", form)
    assert answer.headers["Location"] == f"/login?next={draft.replace('/', '%2F')}%2Fcheck"
    assert log_in(chen, "13800000001", f"{draft}/check") == f"{draft}/check"
    with scope.service():
        assert not Case.objects.exists()
    assert (
        chen.post(f"{draft}/submit", sent(chen.get(f"{draft}/check"), f"{draft}/submit")).status_code == 302
    )


def test_handing_in_with_a_stale_token_says_that_nothing_happened(town, careful):
    chen = careful("chen")
    draft = filled_in_carefully(chen)
    form = sent(chen.get(f"{draft}/check"), f"{draft}/submit") | {"csrfmiddlewaretoken": "x" * 64}
    answer = chen.post(f"{draft}/submit", form, follow=True)
    assert answer.redirect_chain == [(f"{draft}/check", 302)]
    assert "刚才的操作没有提交" in text(answer)
    with scope.service():
        assert not Case.objects.exists()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_a_form_from_elsewhere_is_refused_as_ever(town, careful, origin):
    chen = careful("chen")
    draft = begun(chen)
    answer = chen.post(f"{draft}/pages/account", ACCOUNT, HTTP_ORIGIN=origin)
    assert answer.status_code == 403
    assert bank_of(draft) == ""
    assert "东山" not in text(chen.get(f"{draft}/pages/account"))


def test_nobody_fills_the_house_with_forms(town):
    browser = Client()
    codes = [browser.post("/my/real-name", {"name": "某某"}).status_code for _try in range(61)]
    assert (codes[0], codes[-1]) == (302, 429)


def test_the_name_and_number_come_back_too(newcomer):
    browser = signed_in(Client(HTTP_ORIGIN=ORIGIN), newcomer)
    time_out()
    browser.post("/my/real-name/elderly_allowance", {"name": "何秀英", "number": "4401"})
    log_in(browser, "13900000009", "/my/real-name/elderly_allowance")
    shown = text(browser.get("/my/real-name/elderly_allowance"))
    assert 'value="何秀英"' in shown
    assert 'value="4401"' in shown


def filled_in_carefully(browser: Client) -> str:
    """``filled_in``, with the token of each page."""
    draft = begun(browser)
    browser.handler.enforce_csrf_checks = False
    assert filled_in(browser) == draft
    browser.handler.enforce_csrf_checks = True
    return draft
