"""The audit administrator sees who looked at personal data and why, and never at whom."""

from __future__ import annotations

import pytest

from yizhan.cases.tests.conftest import PERSONS, _staff
from yizhan.identity.actor import HOUSE
from yizhan.identity.tests.browsers import browser_of
from yizhan.insight import looks
from yizhan.journal import access

LOG = "/desk/admin/looks"


@pytest.fixture
def auditor(town):
    return browser_of(_staff("audit.luo", "罗永康", "440104", "platform.audit_admin"))


def page(browser, address=LOG) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_look_has_its_line_and_no_name_of_whom_was_looked_at(as_, town, doubtful, auditor):
    assert as_("clerk").get(f"/desk/cases/{doubtful}").status_code == 200
    log = page(auditor)
    clerk = town.people["clerk"]
    for words in (clerk.name, "北京街道办事处", f"办理 {doubtful}", "申报内容", "127.0.0.1"):
        assert words in log, words
    name, *_rest = PERSONS["chen"]
    assert name not in log
    assert name[0] + "＊" not in log


def test_it_is_narrowed_to_a_person_and_to_a_case(as_, town, doubtful, auditor):
    other = town.apply("wang", other_allowance=True)
    as_("clerk").get(f"/desk/cases/{doubtful}")
    as_("approver").get(f"/desk/cases/{other}")
    clerk, approver = town.people["clerk"], town.people["approver"]
    of_clerk = page(auditor, f"{LOG}?who={clerk.username}")
    assert doubtful in of_clerk and other not in of_clerk
    of_case = page(auditor, f"{LOG}?case={other.lower()}")
    assert approver.name in of_case and doubtful not in of_case
    assert "没有查阅记录" in page(auditor, f"{LOG}?who=nobody")


def test_older_lines_are_on_the_next_page(as_, doubtful, auditor, monkeypatch):
    monkeypatch.setattr(looks, "PER_PAGE", 2)
    for _look in range(3):
        as_("clerk").get(f"/desk/cases/{doubtful}")
    address = LOG
    seen = 0
    while address:
        log = page(auditor, address)
        seen += log.count(f"办理 {doubtful}")
        _before, found, after = log.partition('rel="next" href="')
        address = after.partition('"')[0].replace("&amp;", "&") if found else ""
    assert seen >= 3


def row(log: str, words: str) -> str:
    """The row of the table in which these words stand."""
    before, found, after = log.partition("<tbody>")[2].partition(words)
    assert found, words
    return before.rpartition("<tr>")[2] + words + after.partition("</tr>")[0]


def test_the_house_a_resident_and_a_draft_at_the_window_are_told_apart(town, doubtful, auditor):
    with access.watching(HOUSE.viewer()):
        access.saw(["person:x"], ["person.alive"], purpose="reason:编制2026年12月发放名册")
    with town.acting("clerk"):
        access.saw(["person:x"], ["name"], purpose="case:draft 46f504c2")
    log = page(auditor)
    assert "系统" in row(log, "编制2026年12月发放名册")
    assert "本人（居民）" in row(log, "查阅本人信息")
    assert town.people["clerk"].name in row(log, "填写申请")
    assert "46f504c2" not in log


def test_nobody_else_reads_it(as_, auditor, town):
    system = browser_of(_staff("system.deng", "邓文博", "440104", "platform.system_admin"))
    for browser in (as_("clerk"), as_("chen"), system):
        assert browser.get(LOG).status_code == 403
    assert "查阅记录" in page(auditor, "/desk/")
    assert "查阅记录" not in page(system, "/desk/")
