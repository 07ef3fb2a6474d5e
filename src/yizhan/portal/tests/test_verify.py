"""Verifying a paper by its code."""

from __future__ import annotations

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
        return Paper.objects.select_related("file").get(owner=f"case:{number}")


def test_a_code_tells_title_number_issuer_and_a_masked_name(town, issued):
    asked = Client().get("/verify", {"code": f" {issued.shown_code.lower()} "})
    assert asked.status_code == 302
    page = text(Client().get(asked.headers["Location"]))
    for words in ("文书真实有效", "高龄津贴准予发放决定书", issued.number, "越秀区民政局", "陈＊＊"):
        assert words in page
    assert "陈玥堃" not in page


def test_the_file_in_hand_is_compared(town, issued):
    with scope.service(), files.open_for_reading(issued.file) as content:
        original = content.read()
    address = f"/verify/{issued.code}"
    same = Client().post(address, {"file": SimpleUploadedFile("a.pdf", original)})
    assert "与签发的原件一致" in text(same)
    other = Client().post(address, {"file": SimpleUploadedFile("a.pdf", original + b" ")})
    assert "不一致" in text(other)


def test_a_withdrawn_paper_is_said_to_be_withdrawn(town, issued):
    with scope.service():
        papers.withdraw(issued, by="house", reason="测试")
    page = text(Client().get(f"/verify/{issued.code}"))
    assert "文书已于 2026年11月20日撤回" in page
    assert "真实有效" not in page


def test_no_file_and_a_file_too_large_are_said(town, issued):
    nothing = Client().post(f"/verify/{issued.code}", {})
    assert (nothing.status_code, "请选择要比对的 PDF 文件" in text(nothing)) == (422, True)
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
