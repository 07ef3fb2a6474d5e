"""Reasons typed at the desk while the log-in ran out: they stand there again, and only for whoever typed them."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone

from yizhan.cases.models import Task
from yizhan.desk.tests.conftest import give
from yizhan.identity import scope, sessions
from yizhan.identity.models import Presence, RoleGrant
from yizhan.identity.tests.browsers import browser_of
from yizhan.voice import rating
from yizhan.voice.models import Redress

REASON = "经电话核实，申请人正在外地领取同类津贴，材料见附件。"


def text(answer) -> str:
    return answer.content.decode()


def time_out() -> None:
    """The time of every session runs out."""
    Presence.objects.update(seen_at=timezone.now() - timedelta(days=1))


def sign_in(browser: Client, account) -> None:
    """Log in again in the same browser."""
    request = RequestFactory().get("/")
    request.session = SessionStore(browser.cookies["yizhan_session"].value)
    sessions.log_in(request, account, excused=True)
    request.session.save()
    browser.cookies["yizhan_session"] = request.session.session_key


def mark_on(page: str) -> str:
    return re.search(r'name="typed_by" value="([^"]+)"', page)[1]


@pytest.fixture
def clerk(town):
    return browser_of(town.people["clerk"])


def sent_too_late(town, browser: Client, number: str, what: str, **fields: str):
    """Open the case, type, and send it when the log-in has run out."""
    mark = mark_on(text(browser.get(f"/desk/cases/{number}")))
    time_out()
    given = {"command": str(uuid.uuid4()), "typed_by": mark, **fields}
    return browser.post(f"/desk/cases/{number}/tasks/{town.task(number).id}/{what}", given)


def test_an_opinion_stands_there_again_after_the_log_in(town, doubtful, clerk):
    page = f"/desk/cases/{doubtful}"
    answer = sent_too_late(town, clerk, doubtful, "complete", action="decline", reason=REASON)
    assert answer.headers["Location"] == f"/staff/login?next={page.replace('/', '%2F')}"
    assert "刚才填写的内容已为您留存" in text(clerk.get(answer.headers["Location"]))
    assert town.task(doubtful).node == "acceptance", "nothing was done"
    sign_in(clerk, town.people["clerk"])
    shown = text(clerk.get(page))
    assert "刚才的操作没有提交" in shown
    assert f">{REASON}</textarea>" in shown
    task = town.task(doubtful).id
    given = {"command": str(uuid.uuid4()), "action": "decline", "reason": REASON}
    clerk.post(f"{page}/tasks/{task}/complete", given)
    assert town.case(doubtful).outcome == "not_accepted"
    assert "刚才的操作没有提交" not in text(clerk.get(page))


def test_what_is_missing_and_whom_it_goes_to_stand_there_again(town, doubtful, clerk):
    page = f"/desk/cases/{doubtful}"
    asked = {"missing": "account.number", "words.account.number": "请核对账号", "supplement_words": REASON}
    sent_too_late(town, clerk, doubtful, "supplement", **asked)
    sign_in(clerk, town.people["clerk"])
    shown = text(clerk.get(page))
    assert 'value="请核对账号"' in shown
    assert f">{REASON}</textarea>" in shown
    assert 'value="account.number" checked' in shown
    colleague = str(town.people["colleague"].pk)
    sent_too_late(town, clerk, doubtful, "hand-over", to=colleague, handing_reason="下周培训")
    sign_in(clerk, town.people["clerk"])
    shown = text(clerk.get(page))
    assert 'value="下周培训"' in shown
    assert re.search(f'value="{colleague}"[^>]* selected', shown)


def test_a_colleague_at_the_same_computer_does_not_see_it(town, doubtful, clerk):
    sent_too_late(town, clerk, doubtful, "complete", action="decline", reason=REASON)
    sign_in(clerk, town.people["colleague"])
    shown = clerk.get(f"/desk/cases/{doubtful}")
    assert shown.status_code == 200
    assert REASON not in text(shown)


@pytest.mark.parametrize("mark", ["", "1", "1:forged"])
def test_what_bears_no_mark_of_the_house_is_not_kept(town, doubtful, clerk, mark):
    task = town.task(doubtful).id
    time_out()
    given = {"command": str(uuid.uuid4()), "action": "decline", "reason": REASON, "typed_by": mark}
    assert clerk.post(f"/desk/cases/{doubtful}/tasks/{task}/complete", given).status_code == 302
    assert not any("late form" in one.get_decoded() for one in Session.objects.all())


def test_it_lies_sealed(town, doubtful, clerk):
    sent_too_late(town, clerk, doubtful, "complete", action="decline", reason=REASON)
    kept = str([one.get_decoded() for one in Session.objects.all()])
    assert "late form" in kept
    assert "reason" not in kept
    assert REASON not in kept


def test_a_button_without_words_leads_back_to_its_case(town, doubtful, clerk):
    answer = sent_too_late(town, clerk, doubtful, "claim")
    assert answer.headers["Location"].endswith(f"?next=%2Fdesk%2Fcases%2F{doubtful}")
    with scope.service():
        assert Task.objects.get(number=doubtful, state="open").assignee is None


def test_a_form_from_elsewhere_is_refused_as_ever(town, doubtful):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["yizhan_session"] = browser_of(town.people["clerk"]).cookies["yizhan_session"].value
    task = town.task(doubtful).id
    given = {"command": str(uuid.uuid4()), "action": "accept"}
    address = f"/desk/cases/{doubtful}/tasks/{task}/complete"
    assert browser.post(address, given, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert town.task(doubtful).node == "acceptance"


def test_reasons_of_administrators_come_back_too(town):
    give(town, "clerk", "platform.security_admin", "all")
    browser = browser_of(town.people["clerk"])
    post = town.people["approver"].appointments.get().post_id
    page = f"/desk/admin/units/posts/{post}/roles"
    mark = mark_on(text(browser.get(page)))
    time_out()
    given = {"act": "give", "give-reason": REASON, "typed_by": mark}
    assert browser.post(page, given).headers["Location"].startswith("/staff/login?next=")
    sign_in(browser, town.people["clerk"])
    shown = text(browser.get(page))
    assert "刚才的操作没有提交" in shown
    assert REASON in shown


def test_an_answer_to_a_bad_rating_comes_back(town):
    number = town.apply("chen")
    with town.acting("chen") as actor:
        rating.rate(town.case(number), 1, by=actor, remarks=["unclear"], words="跑了两趟")
    browser = browser_of(town.people["approver"])
    with scope.service():
        redress = Redress.objects.get()
    page = f"/desk/redress/{redress.pk}"
    mark = mark_on(text(browser.get(page)))
    time_out()
    browser.post(f"{page}/verify", {"words": REASON, "typed_by": mark})
    sign_in(browser, town.people["approver"])
    assert f">{REASON}</textarea>" in text(browser.get(page))


def test_the_reason_to_look_for_somebody_comes_back_until_one_looks_for_something_else(town):
    RoleGrant.objects.filter(post__appointments__account=town.people["clerk"]).update(reach="area")
    browser = browser_of(town.people["clerk"])
    mark = mark_on(text(browser.get("/desk/search?q=陈玥堃")))
    time_out()
    browser.post("/desk/search", {"q": "陈玥堃", "reason": REASON, "typed_by": mark})
    sign_in(browser, town.people["clerk"])
    shown = text(browser.get("/desk/search"))
    assert "刚才的操作没有提交" in shown
    assert REASON in shown
    assert 'name="q" value="陈玥堃"' in shown
    assert REASON not in text(browser.get("/desk/search?q=王喆"))
