"""Answering what was found missing, from the phone."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yizhan.cases import supplements
from yizhan.cases.models import Draft, Filing
from yizhan.cases.supplements import Missing
from yizhan.identity import scope
from yizhan.portal.tests.pages import sent, text
from yizhan.portal.tests.test_applying import AGENT, PDF
from yizhan.records.models import StoredFile

MISSING = [
    Missing("agent.letter", "请补交<b>代办</b>委托书"),
    Missing("account.number", "银行账号核对不上"),
    Missing("", "请保持电话畅通"),
]


@pytest.fixture
def asked(town) -> str:
    """Chen's case, in which something was found missing."""
    number = town.apply("chen", other_allowance=True)
    task = town.task(number)
    with town.acting("clerk") as clerk:
        supplements.ask(task.case_id, task.id, missing=MISSING, words="", by=clerk, command=uuid.uuid4())
    return number


def test_the_case_says_what_is_missing_and_by_when(town, as_, asked):
    chen = as_("chen")
    page = text(chen.get(f"/cases/{asked}"))
    for words in ("需要您补正", "请补交&lt;b&gt;代办&lt;/b&gt;委托书", "2026年12月4日", "补正期限"):
        assert words in page
    assert f"/cases/{asked}/supplement" in text(chen.get("/"))
    assert "去补正" in text(chen.get("/my"))


def test_every_point_leads_to_the_page_where_it_is_mended(town, as_, asked):
    page = text(as_("chen").get(f"/cases/{asked}/supplement"))
    assert f"/cases/{asked}/supplement/agent" in page
    assert f"/cases/{asked}/supplement/account" in page
    assert page.count("未开始") == 3
    assert "您还没有修改任何内容" in page
    assert "请在下面相应的内容处修改" in page


def test_she_answers_page_by_page_with_a_file(town, as_, asked):
    chen = as_("chen")
    home = f"/cases/{asked}/supplement"
    fresh = chen.post(f"{home}/agent", {"agent.is_agent": "yes"})
    assert (fresh.status_code, "还有几项需要填写" in text(fresh)) == (200, True)
    letter = SimpleUploadedFile("委托书.pdf", PDF, "application/pdf")
    assert chen.post(f"{home}/agent", {**AGENT, "agent.letter": letter}).headers["Location"] == home
    account = {"account.bank": "示例银行东山支行", "account.number": "6222021234567894"}
    chen.post(f"{home}/account", {**account, "account.number~sure": account["account.number"]})
    overview = chen.get(home)
    assert text(overview).count("已完成") >= 2
    assert "委托书.pdf" in text(overview)
    answer = chen.post(home, sent(overview), follow=True)
    assert "补正内容已提交，受理期限重新计算" in text(answer)
    case = town.case(asked)
    assert (case.status, case.data["account"]["bank"]) == ("received", "示例银行东山支行")
    assert case.data["applicant"]["name"] == "陈玥堃"
    with scope.service():
        file = StoredFile.objects.get(name="委托书.pdf")
        assert (file.owner, "440104-bj" in file.units) == (f"case:{asked}", True)
        assert file.bound_at is not None
        assert Filing.objects.filter(case=case).count() == 2
        assert not Draft.objects.filter(submitted_as=asked, begun_at__gte=case.supplement.at).exists()
    assert f"/cases/{asked}/files/{file.id}" in text(chen.get(f"/cases/{asked}"))
    assert town.task(asked).node == "acceptance"
    assert town.intact(asked)


def test_what_was_typed_is_kept_until_she_comes_back(town, as_, asked):
    chen = as_("chen")
    home = f"/cases/{asked}/supplement"
    answer = chen.post(f"{home}/account", {"account.bank": "", "account.number": "12"})
    assert answer.status_code == 422
    assert 'href="#f-account-bank"' in text(answer)
    assert 'value="12"' in text(as_("chen").get(f"{home}/account"))
    assert "没有填完的申请" not in text(chen.get("/my"))  # no application of its own
    assert town.case(asked).data["account"]["bank"] == "示例银行越秀支行"


def test_an_answer_with_mistakes_is_not_handed_in(town, as_, asked):
    chen = as_("chen")
    home = f"/cases/{asked}/supplement"
    chen.post(f"{home}/account", {"account.bank": "", "account.number": "12"})
    answer = chen.post(home, sent(chen.get(home)))
    assert answer.status_code == 422
    assert 'href="#f-account-bank"' in text(answer)
    assert town.case(asked).status == "correcting"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("letter.pdf", b"MZ", "没有保存"), ("large.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "文件超过 10")],
)
def test_a_file_that_is_not_taken_is_said_at_its_question(town, as_, asked, name, content, words):
    chen = as_("chen")
    page = f"/cases/{asked}/supplement/agent"
    chen.post(page, AGENT)
    upload = SimpleUploadedFile(name, content, "application/pdf")
    answer = chen.post(page, {**AGENT, "agent.letter": upload})
    assert (answer.status_code, words in text(answer)) == (422, True)


def test_a_second_click_and_a_second_tab_change_nothing(town, as_, asked):
    chen = as_("chen")
    home = f"/cases/{asked}/supplement"
    forms = [sent(chen.get(home)) for _tab in range(2)]
    first = chen.post(home, forms[0])
    for form in forms:
        again = chen.post(home, form, follow=True)
        assert again.redirect_chain[-1][0] == f"/cases/{asked}"
    assert first.headers["Location"] == f"/cases/{asked}"
    with scope.service():
        assert Filing.objects.filter(case__number=asked).count() == 2
    assert town.intact(asked)


def test_where_nothing_is_asked_one_is_led_to_the_case(town, as_):
    number = town.apply("chen")
    answer = as_("chen").get(f"/cases/{number}/supplement", follow=True)
    assert answer.redirect_chain[-1][0] == f"/cases/{number}"
    assert "本件目前不需要补正" in text(answer)
    assert (
        as_("chen").post(f"/cases/{number}/supplement/account", {}).headers["Location"] == f"/cases/{number}"
    )


def test_what_the_register_said_is_not_changed_by_an_answer(town, as_, asked):
    chen = as_("chen")
    home = f"/cases/{asked}/supplement"
    chen.post(f"{home}/person", {"applicant.phone": "13800009999", "applicant.name": "冒名者"})
    chen.post(home, sent(chen.get(home)))
    data = town.case(asked).data
    assert (data["applicant"]["name"], data["applicant"]["phone"]) == ("陈玥堃", "13800009999")


def test_markup_in_an_answer_stays_text(town, as_, asked):
    chen = as_("chen")
    home = f"/cases/{asked}/supplement"
    chen.post(f"{home}/account", {"account.bank": "<script>alert(1)</script>", "account.number": "1"})
    for page in (home, f"{home}/account"):
        assert "<script>alert" not in text(chen.get(page))


def test_an_unknown_page_leads_back_to_the_list(town, as_, asked):
    answer = as_("chen").get(f"/cases/{asked}/supplement/no_such")
    assert answer.headers["Location"] == f"/cases/{asked}/supplement"


def test_anothers_supplement_cannot_be_answered(town, as_, asked):
    wang = as_("wang")
    assert wang.post(f"/cases/{asked}/supplement", {"command": str(uuid.uuid4())}).status_code == 404
    assert wang.post(f"/cases/{asked}/supplement/account", {"account.bank": "x"}).status_code == 404
    assert town.case(asked).status == "correcting"
