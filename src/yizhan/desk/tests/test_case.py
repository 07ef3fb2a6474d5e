"""The page of a case, and what officials do on it."""

from __future__ import annotations

import re
import uuid

from django.conf import settings

from yizhan import clock
from yizhan.cases.models import Supplement
from yizhan.desk.tests.conftest import give
from yizhan.desk.views import case as views
from yizhan.identity import scope
from yizhan.identity.models import Post
from yizhan.journal.models import Access
from yizhan.records.pace import Pace
from yizhan.records.tests.reading import opened, text_of


def act(browser, town, number, what, **fields):
    task = town.task(number).id
    return browser.post(
        f"/desk/cases/{number}/tasks/{task}/{what}", {"command": str(uuid.uuid4()), **fields}, follow=True
    )


def test_the_page_shows_what_to_do_and_what_it_rests_on(town, doubtful, as_):
    page = as_("clerk").get(f"/desk/cases/{doubtful}").content.decode()
    for words in ("现在要办：街道受理", "受理", "不予受理", "要求补正", "转办", "何志强", "陈玥堃", "公安户籍登记",
                  "最迟受理", "留痕校验通过", "提交申请", "申报内容", "目前在"):  # fmt: skip
        assert words in page, words


def test_every_look_leaves_a_line_in_the_access_log(town, doubtful, as_):
    as_("clerk").get(f"/desk/cases/{doubtful}")
    seen = Access.objects.filter(purpose=f"case:{doubtful}", account=town.people["clerk"].subject)
    assert seen.get().subjects == [town.subjects["chen"]]
    assert "person.name" in seen.get().fields


def test_nobody_else_finds_the_case(town, doubtful, as_):
    assert as_("stranger").get(f"/desk/cases/{doubtful}").status_code == 404
    answer = act(as_("stranger"), town, doubtful, "complete", action="accept")
    assert answer.status_code == 404
    assert town.task(doubtful).node == "acceptance"


def test_an_act_leads_back_to_the_list_with_what_happened(town, doubtful, as_):
    answer = act(as_("clerk"), town, doubtful, "complete", action="accept")
    assert answer.redirect_chain == [("/desk/", 302)]
    assert f"{doubtful} 已办理：受理。" in answer.content.decode()
    assert town.task(doubtful).node == "review"


def test_a_refusal_keeps_what_was_typed(town, doubtful, as_):
    act(as_("clerk"), town, doubtful, "complete", action="accept")
    answer = act(as_("clerk"), town, doubtful, "complete", action="disagree", reason="   ")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请说明理由" in page
    assert "您填写的内容还在下面" in page
    assert town.task(doubtful).node == "review"


def test_somebody_was_faster(town, doubtful, as_):
    browser = as_("clerk")
    task = town.task(doubtful)
    town.do("colleague", doubtful, "accept")
    answer = browser.post(
        f"/desk/cases/{doubtful}/tasks/{task.id}/complete",
        {"command": str(uuid.uuid4()), "action": "decline", "reason": "材料与登记不符，写了很久的理由"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "此任务已由何志强办理" in page
    assert "材料与登记不符，写了很久的理由" in page


def test_a_double_click_is_one_step(town, doubtful, as_):
    browser, command, task = as_("clerk"), str(uuid.uuid4()), town.task(doubtful).id
    for _ in range(2):
        answer = browser.post(
            f"/desk/cases/{doubtful}/tasks/{task}/complete", {"command": command, "action": "accept"}
        )
        assert answer.status_code == 302
    assert town.task(doubtful).node == "review"


def test_claimed_put_back_and_handed_over(town, doubtful, as_):
    clerk, colleague = as_("clerk"), as_("colleague")
    assert "现由您办理" in act(clerk, town, doubtful, "claim").content.decode()
    page = colleague.get(f"/desk/cases/{doubtful}").content.decode()
    assert "林晓岚 已签收此任务" in page
    assert 'name="action"' not in page

    nobody = act(clerk, town, doubtful, "hand-over", to="", handing_reason="出差")
    assert (nobody.status_code, "请选择接手的同事" in nobody.content.decode()) == (422, True)
    assert 'value="出差"' in nobody.content.decode()
    stranger = town.people["stranger"].pk
    assert act(clerk, town, doubtful, "hand-over", to=stranger, handing_reason="出差").status_code == 422

    act(clerk, town, doubtful, "hand-over", to=town.people["colleague"].pk, handing_reason="出差")
    assert town.task(doubtful).assignee == town.people["colleague"].pk
    page = colleague.get(f"/desk/cases/{doubtful}").content.decode()
    assert "转给何志强：出差" in page
    act(colleague, town, doubtful, "put-back")
    assert town.task(doubtful).assignee is None


class TestSupplement:
    """Told once, with every question that was ticked."""

    def test_ticked_and_worded(self, town, doubtful, as_):
        act(
            as_("clerk"),
            town,
            doubtful,
            "supplement",
            missing=["account.number"],
            **{"words.declaration.other_place": "请写明领取地的区县"},
            words_other="请带原件核对",
            supplement_words="",
        )
        with scope.service():
            told = [one["words"] for one in Supplement.objects.get().missing]
        assert told == ["请补正：银行账号", "请写明领取地的区县", "请带原件核对"]
        page = as_("clerk").get(f"/desk/cases/{doubtful}").content.decode()
        assert "正在等待申请人补正" in page
        assert "计时中止" in page

    def test_nothing_was_named(self, town, doubtful, as_):
        answer = act(as_("clerk"), town, doubtful, "supplement", supplement_words="一并说明")
        page = answer.content.decode()
        assert (answer.status_code, "请至少写明一项" in page, ">一并说明</textarea>" in page) == (
            422,
            True,
            True,
        )


def test_who_reviewed_is_told_at_once_that_somebody_else_decides(town, doubtful, as_):
    give(town, "clerk", "elderly_allowance.approver", "all")
    town.do("clerk", doubtful, "accept")
    town.do("clerk", doubtful, "agree")
    page = as_("clerk").get(f"/desk/cases/{doubtful}").content.decode()
    assert "同一办件的前后环节须由不同人员办理" in page
    assert 'name="action"' not in page


def test_a_register_that_changed_since_is_marked(town, doubtful, as_):
    with scope.service(), clock.standing_at("2026-11-21T09:00"):
        from yizhan.registry import persons  # noqa: PLC0415

        assert persons.correct
    page = as_("clerk").get(f"/desk/cases/{doubtful}").content.decode()
    assert "人口库信息比对" in page


def test_the_papers_of_a_decided_case(town, as_):
    number = town.apply("chen")
    assert as_("clerk").get(f"/desk/cases/{number}").status_code == 404, (
        "decided by itself: no unit took part"
    )


# Names of people and what they typed are data: they stay as they are on English pages.
DATA = {"林晓岚", "陈玥堃", "示例路", "号", "示例银行越秀支行", "示例市", "北京街道办事处"}


def test_in_english_nothing_is_chinese_but_names_and_what_was_typed(town, doubtful, as_):
    browser = as_("clerk")
    browser.cookies["django_language"] = "en"
    for address in (
        "/desk/",
        f"/desk/cases/{doubtful}",
        "/desk/search?q=elderly",
        "/desk/delegations",
        "/desk/messages",
    ):
        page = browser.get(address).content.decode()
        outside = re.sub(r'<(\w+)[^>]*\blang="zh[^"]*"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
        assert set(re.findall(r"[\u3400-\u9fff]+", outside)) <= DATA, address


def test_an_action_that_nobody_knows_is_refused_however_long_its_name(town, doubtful, as_):
    answer = act(as_("clerk"), town, doubtful, "complete", action="x" * 500)
    assert answer.status_code == 409
    assert town.task(doubtful).node == "acceptance"


def test_in_english_items_begin_with_a_capital_and_posts_bear_their_english_title(town, doubtful, as_):
    act(as_("clerk"), town, doubtful, "claim")
    with scope.service():
        Post.objects.filter(appointments__account=town.people["clerk"]).update(title_en="Clerk")
    clerk = as_("clerk")
    clerk.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = clerk.get(f"/desk/cases/{doubtful}").content.decode()
    assert '<th scope="row" class="listing__title">Date of birth</th>' in page
    trail = page[page.index('id="trail"') :]
    assert '<span class="sub">Clerk</span>' in trail


def test_what_was_filed_is_there_as_a_form_for_whoever_handles_it(town, doubtful, as_):
    address = f"/desk/cases/{doubtful}/form.pdf"
    assert address in as_("clerk").get(f"/desk/cases/{doubtful}").content.decode()
    answer = as_("clerk").get(address)
    assert answer.content.startswith(b"%PDF") and "no-store" in answer.headers["Cache-Control"]
    assert "陈玥堃" in text_of(opened(answer.content))
    assert as_("stranger").get(address).status_code == 404


def test_forms_are_asked_for_at_a_human_pace(town, doubtful, as_, monkeypatch):
    monkeypatch.setattr(views, "_forms", Pace(most=1))
    clerk = as_("clerk")
    answers = [clerk.get(f"/desk/cases/{doubtful}/form.pdf") for _try in range(2)]
    assert [one.status_code for one in answers] == [200, 429]
    assert int(answers[1].headers["Retry-After"]) > 0
