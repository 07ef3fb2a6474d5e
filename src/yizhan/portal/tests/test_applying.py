"""Applying, page by page: mistakes, files, coming back, handing in."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yizhan.cases.models import Case, Draft
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Role, RoleGrant
from yizhan.portal.tests.conftest import ANSWERS, begun, filled_in, handed_in
from yizhan.portal.tests.pages import sent, text
from yizhan.records.models import StoredFile
from yizhan.registry import links

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
AGENT = {
    "agent.is_agent": "yes",
    "agent.name": "陈小明",
    "agent.relation": "child",
    "agent.phone": "13900000001",
}


def data_of(draft: str) -> dict:
    with scope.service():
        return Draft.objects.get(id=draft.removeprefix("/drafts/")).data


def test_from_the_guide_to_the_receipt(town, as_):
    chen = as_("chen")
    before = text(chen.get("/items/elderly_allowance/apply"))
    assert "本次申请以您本人（陈＊堃）的名义提交" in before
    assert "请准备好：申领人本人的银行卡或存折" in before
    first = chen.post("/items/elderly_allowance/apply", follow=True)
    assert "第 1 步，共 5 步" in text(first)
    assert "陈玥堃" in text(first)
    assert "来自：公安户籍登记，截至 2026年11月18日" in text(first)
    number = handed_in(chen)
    receipt = text(chen.get(f"/receipts/{number}"))
    assert "已当场办结" in receipt
    assert "每月金额（元）" in receipt
    assert "陈＊堃" in receipt
    assert "data:image/svg+xml" in receipt
    assert town.case(number).outcome == "granted"


def test_what_is_wrong_is_said_twice_and_what_was_typed_is_kept(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    answer = chen.post(f"{draft}/pages/account", {"account.bank": "示例银行", "account.number": "12ab"})
    page = text(answer)
    assert answer.status_code == 422
    assert "<title>错误：津贴发到哪个账户？" in page
    assert 'class="error-summary"' in page
    assert 'href="#f-account-number"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="12AB"' in page
    assert 'value="示例银行"' in page
    assert data_of(draft)["account"]["bank"] == "示例银行"
    assert 'value="12AB"' in text(chen.get(f"{draft}/pages/account"))


def test_a_number_that_looks_wrong_is_asked_about_not_refused(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    answers = {key: value for key, value in ANSWERS["account"].items() if "~" not in key}
    answer = chen.post(f"{draft}/pages/account", answers)
    assert (answer.status_code, 'name="account.number~sure"' in text(answer)) == (422, True)
    assert chen.post(f"{draft}/pages/account", ANSWERS["account"]).status_code == 302


def test_a_question_that_an_answer_brings_is_not_called_forgotten(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    answer = chen.post(f"{draft}/pages/agent", {"agent.is_agent": "yes"})
    page = text(answer)
    assert answer.status_code == 200
    assert "还有几项需要填写" in page
    assert "error-summary" not in page
    assert 'name="agent.name"' in page
    again = chen.post(f"{draft}/pages/agent", {"agent.is_agent": "yes", "agent.name": ""})
    assert again.status_code == 422
    assert "代办人姓名" in text(again)
    assert chen.post(f"{draft}/pages/agent", AGENT).headers["Location"].endswith("/pages/declaration")


def test_a_file_comes_with_the_application_and_can_be_read_again(town, as_):
    chen = as_("chen")
    draft = filled_in(chen)
    chen.post(f"{draft}/pages/agent", AGENT)
    letter = SimpleUploadedFile("委托书.pdf", PDF, "application/pdf")
    assert chen.post(f"{draft}/pages/agent", {**AGENT, "agent.letter": letter}).status_code == 302
    page = text(chen.get(f"{draft}/pages/agent"))
    assert "委托书.pdf" in page
    check = chen.get(f"{draft}/check")
    assert "委托书.pdf" in text(check)
    number = chen.post(f"{draft}/submit", sent(check, f"{draft}/submit")).headers["Location"].split("/")[-1]
    with scope.service():
        file = StoredFile.objects.get(name="委托书.pdf")
        assert file.owner == f"case:{number}"
    address = f"/cases/{number}/files/{file.id}"
    assert address in text(chen.get(f"/cases/{number}"))
    answer = chen.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert as_("wang").get(address).status_code == 404


def test_a_file_can_be_taken_out_again(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    chen.post(f"{draft}/pages/agent", AGENT)
    chen.post(
        f"{draft}/pages/agent", {**AGENT, "agent.letter": SimpleUploadedFile("a.pdf", PDF, "application/pdf")}
    )
    (file,) = data_of(draft)["agent"]["letter"]
    answer = chen.post(f"{draft}/pages/agent", {**AGENT, "agent.letter~remove": file})
    assert (answer.status_code, "a.pdf" in text(answer)) == (200, False)
    assert "letter" not in data_of(draft)["agent"]


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("letter.pdf", b"MZ not a pdf", "application/pdf", "没有保存"),
        ("photo.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "application/pdf", "没有保存"),
        ("empty.pdf", b"", "application/pdf", "空文件"),
        ("run.exe", b"MZ", "application/octet-stream", "PDF"),
        ("evil.html", b"<script>alert(1)</script>", "text/html", "PDF"),
        ("script.pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"), "application/pdf", "脚本"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_taken_is_said_at_its_question(town, as_, name, content, kind, words):
    chen = as_("chen")
    draft = begun(chen)
    chen.post(f"{draft}/pages/agent", AGENT)
    answer = chen.post(
        f"{draft}/pages/agent", {**AGENT, "agent.letter": SimpleUploadedFile(name, content, kind)}
    )
    assert answer.status_code == 422
    assert words in text(answer)
    assert 'href="#f-agent-letter"' in text(answer)
    assert 'value="陈小明"' in text(answer)
    assert "letter" not in data_of(draft)["agent"]


def test_a_file_too_large_does_not_take_the_words_with_it(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    chen.post(f"{draft}/pages/agent", AGENT)
    large = SimpleUploadedFile("large.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "application/pdf")
    answer = chen.post(f"{draft}/pages/agent", {**AGENT, "agent.name": "陈大明", "agent.letter": large})
    assert answer.status_code == 422
    assert "文件超过 10" in text(answer)
    assert data_of(draft)["agent"]["name"] == "陈大明"


def test_one_saves_and_comes_back_where_something_is_missing(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    answer = chen.post(f"{draft}/pages/person", {**ANSWERS["person"], "later": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/my"
    assert "已保存，30 天内可以随时回来继续填写" in text(answer)
    assert draft in text(answer)
    assert chen.get(draft).headers["Location"] == f"{draft}/pages/account"
    assert chen.get("/items/elderly_allowance/apply").headers["Location"] == draft
    filled_in(chen)
    assert chen.get(draft).headers["Location"] == f"{draft}/check"


def test_a_change_from_the_check_goes_back_to_it(town, as_):
    chen = as_("chen")
    draft = filled_in(chen)
    check = text(chen.get(f"{draft}/check"))
    assert f"{draft}/pages/account?check=1" in check
    answer = chen.post(
        f"{draft}/pages/account?check=1", {**ANSWERS["account"], "account.bank": "另一家示例银行"}
    )
    assert answer.headers["Location"] == f"{draft}/check"
    assert "另一家示例银行" in text(chen.get(f"{draft}/check"))


def test_what_is_missing_is_said_when_one_hands_in(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    answer = chen.post(f"{draft}/submit", {"command": str(uuid.uuid4())})
    page = text(answer)
    assert answer.status_code == 422
    assert "<title>错误：核对并提交" in page
    assert 'href="#f-account-number"' in page
    assert not Case.objects.exists()


def test_a_second_click_finds_the_same_case(town, as_):
    chen = as_("chen")
    draft = filled_in(chen)
    form = sent(chen.get(f"{draft}/check"), f"{draft}/submit")
    first, second = (chen.post(f"{draft}/submit", form).headers["Location"] for _click in range(2))
    assert first == second
    with scope.service():
        assert Case.objects.count() == 1


def test_the_back_button_after_handing_in_leads_to_the_receipt(town, as_):
    chen = as_("chen")
    draft = filled_in(chen)
    receipt = chen.post(f"{draft}/submit", sent(chen.get(f"{draft}/check"), f"{draft}/submit")).headers[
        "Location"
    ]
    for page in (draft, f"{draft}/check", f"{draft}/pages/account"):
        answer = chen.get(page)
        assert answer.headers["Location"] == receipt
        assert "no-store" in answer.headers["Cache-Control"]
    assert chen.post(f"{draft}/pages/account", ANSWERS["account"]).headers["Location"] == receipt


def test_two_tabs_fill_in_one_draft_and_hand_in_once(town, as_):
    left, right = as_("chen"), as_("chen")
    draft = begun(left)
    assert begun(right) == draft
    left.post(f"{draft}/pages/account", ANSWERS["account"])
    right.post(f"{draft}/pages/person", ANSWERS["person"])
    assert data_of(draft)["account"]["bank"] == "示例银行越秀支行"
    filled_in(left)
    forms = [sent(tab.get(f"{draft}/check"), f"{draft}/submit") for tab in (left, right)]
    assert forms[0]["command"] != forms[1]["command"]
    first = left.post(f"{draft}/submit", forms[0]).headers["Location"]
    assert right.post(f"{draft}/submit", forms[1]).headers["Location"] == first
    with scope.service():
        assert Case.objects.count() == 1


def test_a_draft_can_be_thrown_away(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    assert chen.post(f"{draft}/discard", follow=True).redirect_chain == [("/my", 302)]
    assert chen.get(f"{draft}/check").status_code == 404
    assert chen.get(f"{draft}/discard").status_code == 405


def test_a_draft_lasts_thirty_days(town, as_):
    draft = begun(as_("chen"))
    with scope.service():
        Draft.objects.update(expires_at="2026-11-20T09:00+08:00")
    assert as_("chen").get(f"{draft}/check").status_code == 404


def test_anothers_draft_does_not_exist(town, as_):
    draft = begun(as_("chen"))
    wang = as_("wang")
    for page in ("", "/check", "/pages/account"):
        assert wang.get(draft + page).status_code == 404
    for verb in ("submit", "discard", "pages/account"):
        assert wang.post(f"{draft}/{verb}", {"command": str(uuid.uuid4())}).status_code == 404
    assert as_("chen").get(f"{draft}/check").status_code == 200


def test_a_page_that_is_not_asked_leads_to_the_check(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    assert chen.get(f"{draft}/pages/no_such_page").headers["Location"] == f"{draft}/check"
    assert chen.get(f"/drafts/{uuid.uuid4()}/check").status_code == 404


@pytest.mark.parametrize("command", ["", "not an id"])
def test_a_form_without_its_command_is_not_handed_in(town, as_, command):
    chen = as_("chen")
    draft = filled_in(chen)
    assert chen.post(f"{draft}/submit", {"command": command}).status_code == 404
    with scope.service():
        assert not Case.objects.exists()


def test_what_is_locked_cannot_be_changed_by_a_browser(town, as_):
    chen = as_("chen")
    draft = begun(chen)
    chen.post(f"{draft}/pages/person", {**ANSWERS["person"], "applicant.name": "冒名者"})
    assert data_of(draft)["applicant"]["name"] == "陈玥堃"


def test_markup_in_every_answer_stays_text(town, as_):
    chen = as_("chen")
    draft = filled_in(chen)
    evil = '"><script>alert(1)</script>'
    chen.post(f"{draft}/pages/person", {"applicant.phone": evil})
    chen.post(f"{draft}/pages/account", {"account.bank": evil, "account.number": evil})
    chen.post(f"{draft}/pages/agent", {"agent.is_agent": "yes"})
    chen.post(f"{draft}/pages/agent", {**AGENT, "agent.name": evil, "agent.phone": evil})
    chen.post(f"{draft}/pages/declaration", {"declaration.other_allowance": "yes"})
    chen.post(
        f"{draft}/pages/declaration", {"declaration.other_allowance": "yes", "declaration.other_place": evil}
    )
    for page in ("check", "pages/person", "pages/account", "pages/agent", "pages/declaration"):
        shown = text(chen.get(f"{draft}/{page}"))
        assert "<script>alert" not in shown
        assert "&lt;script&gt;" in shown or page == "check"


def test_an_item_that_is_not_online_cannot_be_begun(town, as_):
    assert as_("chen").get("/items/never_was/apply").status_code == 404


def test_nobody_signed_in_is_led_to_the_log_in(town):
    answer = Client().get("/items/elderly_allowance/apply")
    assert answer.headers["Location"] == "/login?next=%2Fitems%2Felderly_allowance%2Fapply"


def test_a_draft_about_somebody_who_is_another_account_now_is_gone(town, as_):
    browser = as_("chen")
    draft = begun(browser)
    post = town.people["clerk"].appointments.get().post
    RoleGrant.give(Role.objects.get(code="platform.window_clerk"), post, "area", by=HOUSE, reason="测试")
    other = Account.objects.create(kind=Account.Kind.CITIZEN, phone="13900000077", name="139****0077")
    with town.acting("clerk") as clerk:
        links.link_at_window(other, town.subjects["chen"], by=clerk)
    again = as_("chen")  # her sessions ended
    assert again.get(f"{draft}/pages/person").status_code == 404
    assert again.get(f"{draft}/check").status_code == 404
