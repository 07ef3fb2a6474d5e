"""Clocks on the page of a case: stopped and resumed with basis and paper, extended by two people, told to programs."""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client

from yizhan import clock
from yizhan.cases.models import Extension, Suspension
from yizhan.identity import scope
from yizhan.notices.models import Message


@pytest.fixture
def reviewed(town, doubtful) -> str:
    """An accepted case at its review."""
    town.do("clerk", doubtful, "accept")
    return doubtful


def page(client: Client, number: str) -> str:
    return client.get(f"/desk/cases/{number}").content.decode()


def send(client: Client, address: str, **fields):
    return client.post(f"/desk/cases/{address}", {"command": uuid.uuid4(), **fields}, follow=True)


def suspend(town, as_, number, **fields):
    task = town.task(number).id
    known = {
        "suspension_kind": "hearing.case",
        "suspension_words": "申请人要求听证",
        "document": "越民听〔2026〕3号",
    }
    return send(as_("clerk"), f"{number}/tasks/{task}/suspend", **{**known, **fields})


def test_a_hearing_stops_the_clocks_and_the_page_says_why(town, reviewed, as_):
    shown = suspend(town, as_, reviewed).content.decode()
    assert "已中止计时。" in shown
    for words in (
        "中止：听证",
        "申请人要求听证",
        "越民听〔2026〕3号",
        "比照中华人民共和国行政许可法 第四十五条",
        "尚未恢复",
    ):
        assert words in shown
    assert "因听证中止计时，已用0个工作日，剩余10个工作日，恢复后继续计算" in shown


def test_it_goes_on_from_the_page(town, reviewed, as_):
    suspend(town, as_, reviewed)
    with scope.service():
        held = Suspension.objects.get(until=None).id
    with clock.standing_at("2026-12-09T10:00"):
        shown = send(
            as_("clerk"), f"{reviewed}/suspensions/{held}/resume", resume_words="听证已结束"
        ).content.decode()
    assert "已恢复计时。" in shown
    assert "2026年12月23日" in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"suspension_kind": ""}, "请选择中止计时的情形"),
        ({"suspension_words": " "}, "请写明中止计时的原因"),
        ({"document": "x" * 121}, "文号请控制在 120 字以内"),
        ({"expected_on": "next week"}, "日期须写成 2026-11-20 的样子"),
        ({"suspension_kind": "appraisal.case"}, "请填写预计恢复计时的日期"),
    ],
)
def test_what_is_missing_is_told_at_its_field_and_the_rest_is_kept(town, reviewed, as_, fields, words):
    answer = suspend(town, as_, reviewed, **fields)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words in shown
    if "document" not in fields:
        assert "越民听〔2026〕3号" in shown


def test_more_time_is_asked_for_and_granted_on_the_page(town, reviewed, as_):
    task = town.task(reviewed).id
    address = f"{reviewed}/tasks/{task}/extend"
    assert send(as_("clerk"), address, extension_reason="").status_code == 422
    assert "等待审批" in send(as_("clerk"), address, extension_reason="需向外省核实").content.decode()
    with scope.service():
        asked = Extension.objects.get().id
    assert f"/extensions/{asked}" not in page(as_("clerk"), reviewed)
    assert "有 1 件延期申请等您审批" in as_("approver").get("/desk/").content.decode()
    assert reviewed in as_("approver").get("/desk/extensions").content.decode()
    assert "没有待审批的延期" in as_("clerk").get("/desk/extensions").content.decode()
    assert f"/extensions/{asked}" in page(as_("approver"), reviewed)
    shown = send(
        as_("approver"), f"{reviewed}/extensions/{asked}", answer="grant", answer_words="同意"
    ).content.decode()
    assert "已同意延期" in shown
    assert "经批准延长10个工作日，共20个工作日" in shown
    with scope.service():
        told = Message.objects.filter(template="extended").first()
    assert told is not None


def test_programs_get_every_clock_with_its_explanation(town, reviewed, as_):
    suspend(town, as_, reviewed)
    found = json.loads(as_("clerk").get(f"/desk/cases/{reviewed}/clocks.json").content)
    assert found["case"] == reviewed
    promised = next(one for one in found["clocks"] if one["kind"] == "promised")
    assert (promised["state"], promised["due_at"], promised["used"]) == ("suspended", None, 0)
    assert promised["explanation"]["standstills"][0]["why"][0]["paper"] == "越民听〔2026〕3号"
    own = json.loads(as_("chen").get(f"/cases/{reviewed}/clocks.json").content)
    assert [one["kind"] for one in own["clocks"]] == [one["kind"] for one in found["clocks"]]
    assert as_("stranger").get(f"/desk/cases/{reviewed}/clocks.json").status_code == 404


def test_the_applicant_reads_the_same_reasons(town, reviewed, as_):
    suspend(town, as_, reviewed)
    shown = as_("chen").get(f"/cases/{reviewed}").content.decode()
    assert "因听证中止计时" in shown
