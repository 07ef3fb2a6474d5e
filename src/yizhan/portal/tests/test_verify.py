"""Verifying a paper by its code."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yizhan.identity import scope
from yizhan.portal.tests.pages import text
from yizhan.records import files, papers
from yizhan.records.models import Paper


@pytest.fixture
def issued(town) -> Paper:
    """The decision of chen."""
    number = town.apply("chen")
    town.work()
    with scope.service():
        return Paper.objects.select_related("original__file").get(owner=f"case:{number}")


@pytest.fixture
def original(issued) -> bytes:
    with scope.service(), files.open_for_reading(issued.original.file) as content:
        return content.read()


def pdf(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", content, content_type="application/pdf")


def answers(page: str) -> list[str]:
    """Yes, no or not looked at, for each of the five."""
    return re.findall(r'id="answer-\w+".*?tag--\w+">(是|否|未核)<', page, re.DOTALL)


def test_a_code_tells_title_number_issuer_and_a_masked_name(town, issued):
    asked = Client().get("/verify", {"code": f" {issued.shown_code.lower()} "})
    assert asked.status_code == 302
    page = text(Client().get(asked.headers["Location"]))
    for words in ("文书真实有效", "高龄津贴准予发放决定书", issued.number, "越秀区民政局", "陈＊＊"):
        assert words in page
    assert "陈玥堃" not in page


def test_the_code_alone_tells_what_the_registers_know(issued):
    page = text(Client().get(f"/verify/{issued.code}"))
    assert answers(page) == ["未核", "未核", "未核", "是", "是"]
    assert "越秀区民政局，用印均有批准和登记" in page


def test_the_file_in_hand_is_examined(issued, original):
    page = text(Client().post(f"/verify/{issued.code}", {"file": pdf(original)}))
    assert answers(page) == ["是", "是", "是", "是", "是"]
    assert "文书真实有效" in page


def test_a_file_that_was_changed_is_told_with_its_reason(issued, original):
    longer = text(Client().post(f"/verify/{issued.code}", {"file": pdf(original + b" ")}))
    assert answers(longer) == ["否", "是", "否", "是", "是"]
    assert "文件末尾多出了印章没有覆盖的内容" in longer
    at = original.index(b"stream\n") + 12
    other = original[:at] + bytes([original[at] ^ 1]) + original[at + 1 :]
    changed = text(Client().post(f"/verify/{issued.code}", {"file": pdf(other)}))
    assert answers(changed)[:2] == ["否", "否"]
    assert "盖章之后内容被改动过" in changed, re.findall(r'id="answer-.*?</li>', changed, re.DOTALL)
    assert "手中的文件不可采信" in changed


def test_a_file_is_known_without_its_code(issued, original):
    page = text(Client().post("/verify", {"file": pdf(original)}))
    assert issued.number in page
    assert answers(page) == ["是"] * 5
    strange = Client().post("/verify", {"file": pdf(b"%PDF-1.7 nothing")})
    assert "不是本区签发的原文件" in text(strange)


def test_the_digits_on_the_paper_tell_the_whole_name_and_cannot_be_guessed(issued):
    address = f"/verify/{issued.code}"
    assert "陈玥堃" in text(Client().post(address, {"digits": f" {issued.factor[:3]} {issued.factor[3:]}"}))
    wrong = f"{(int(issued.factor) + 1) % 10**6:06d}"
    tries = [Client().post(address, {"digits": wrong}) for _try in range(10)]
    assert ("陈玥堃" in text(tries[0]), tries[0].status_code) == (False, 422)
    assert tries[-1].status_code == 429
    assert Client().post(address, {"digits": issued.factor}).status_code == 429


def test_programs_get_the_same(issued, original):
    told = (
        Client(enforce_csrf_checks=True)
        .post("/api/verify", {"code": issued.code, "file": pdf(original)})
        .json()
    )
    assert (told["state"], told["number"], told["holder"]) == ("in force", issued.number, "陈＊＊")
    assert {key: one["state"] for key, one in told["answers"].items()} == dict.fromkeys(
        ("as_issued", "sealed", "whole", "authorised", "in_force"), "yes"
    )
    assert Client().post("/api/verify", {}).status_code == 422
    assert Client().post("/api/verify", {"code": "0" * 20}).status_code == 404
    assert Client().get("/api/verify").status_code == 405


def test_a_withdrawn_paper_is_said_to_be_withdrawn(town, issued):
    with scope.service():
        papers.withdraw(issued, by="house", reason="测试")
    page = text(Client().get(f"/verify/{issued.code}"))
    assert "文书已于 2026年11月20日撤回" in page
    assert "真实有效" not in page


def test_no_file_and_a_file_too_large_are_said(town, issued):
    nothing = Client().post("/verify", {})
    assert (nothing.status_code, "请选择要核验的 PDF 文件" in text(nothing)) == (422, True)
    large = SimpleUploadedFile("a.pdf", b"0" * (10 * 1024 * 1024 + 1))
    refused = Client().post(f"/verify/{issued.code}", {"file": large})
    assert (refused.status_code, "文件超过" in text(refused)) == (422, True)


@pytest.mark.parametrize(
    "code", ["AAAA", "0" * 20, "<script>alert(1)</script>", "%00", "越秀" * 40, "..%2f..%2f"]
)
def test_an_unknown_code_is_unknown(db, code):
    answer = Client().get(f"/verify/{code}")
    assert answer.status_code == 404
    assert "<script>alert" not in text(answer)


@pytest.mark.parametrize("code", ["", "   ", "/", "\0"])
def test_no_code_is_asked_for_again(db, code):
    answer = Client().get("/verify", {"code": code})
    assert (answer.status_code, "请填写核验码" in text(answer)) == (422, True)


def test_codes_are_not_tried_out(db):
    browser = Client()
    answers = [browser.get("/verify/AAAA").status_code for _try in range(61)]
    assert (answers[0], answers[-1]) == (404, 429)
