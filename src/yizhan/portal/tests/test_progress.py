"""Looking a case up without logging in."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from yizhan.cases import supplements
from yizhan.cases.supplements import Missing
from yizhan.portal.tests.pages import text


def asked(number: str, tail: str) -> tuple[int, str]:
    answer = Client().post("/progress", {"number": number, "tail": tail})
    return answer.status_code, text(answer)


def test_number_and_last_four_show_where_it_stands(town):
    number = town.apply("wang", other_allowance=True)
    status, page = asked(number, "1234")  # of the phone in the application
    assert status == 200
    for words in ("街道受理", "最迟受理", "王＊", number):
        assert words in page
    for secret in ("王喆", "13800001234", "6222021234567890", "示例银行"):
        assert secret not in page


def test_the_last_four_of_the_document_do_as_well(town):
    number = town.apply("chen")
    tail = town.case(number).document[-4:]
    page = asked(number, tail.lower())[1]
    assert "准予发放" in page
    assert "已受理" in page, "limits run from the acceptance, so its day is told"
    assert "准予发放" in asked(f" {number.lower()} ", tail)[1]


def test_a_receipts_code_brings_the_number(town):
    page = text(Client().get("/progress", {"number": "YX2026-1120-00001"}))
    assert 'value="YX2026-1120-00001"' in page
    assert "街道受理" not in page


@pytest.mark.parametrize(
    ("number", "tail", "words"),
    [
        ("", "", "请填写受理编号"),
        ("YX2026-1120-00001", "", "后四位"),
        ("YX2026-1120-00001", "12", "后四位"),
        ("YX2026-1120-00001", "0000", "没有查到"),
        ("YX2026-1120-99999", "1234", "没有查到"),
        ("\0", "\0\0\0\0", "请填写受理编号"),
        ("' or 1=1 --", "' or", "请填写手机号"),
        ("<script>alert(1)</script>", "<b>x", "请填写手机号"),
        ("ＹＸ２０２６-1120-00001", "0000", "没有查到"),
    ],
)
def test_what_is_wrong_is_said_and_kept(town, number, tail, words):
    town.apply("chen")
    status, page = asked(number, tail)
    assert (status, words in page) == (422, True)
    assert "错误：" in page
    assert "<script>alert" not in page


def test_wrong_digits_and_unknown_numbers_are_not_told_apart(town):
    number = town.apply("chen")
    pages = [asked(number, "0000")[1], asked("YX2026-1120-99999", "0000")[1]]
    shown = [page[page.index("error-summary") :].split("</ul>")[0] for page in pages]
    assert shown[0] == shown[1]


def test_trying_digits_out_ends_after_thirty(town):
    number = town.apply("chen")
    browser = Client()
    for other in range(30):
        fields = {"number": f"YX2026-1120-9{other:04d}", "tail": "0000"}
        assert browser.post("/progress", fields).status_code == 422
    answer = browser.post("/progress", {"number": number, "tail": "1234"})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3601


def test_many_addresses_together_get_no_more_tries_at_one_number(town):
    number = town.apply("chen")
    for address in range(20):
        browser = Client(REMOTE_ADDR=f"192.0.2.{address}")
        assert browser.post("/progress", {"number": number, "tail": "0000"}).status_code == 422
    browser = Client(REMOTE_ADDR="198.51.100.1")
    assert browser.post("/progress", {"number": number, "tail": "1234"}).status_code == 429
    assert browser.post("/progress", {"number": "YX2026-1120-99999", "tail": "0000"}).status_code == 422


def test_strangers_see_no_words_of_staff(town):
    number = town.apply("chen", other_allowance=True)
    task = town.task(number)
    with town.acting("clerk") as clerk:
        supplements.ask(
            task.case_id,
            task.id,
            missing=[Missing("account.number", "账号有误")],
            words="本人曾患重病",
            by=clerk,
            command=uuid.uuid4(),
        )
    page = asked(number, "1234")[1]
    assert "等待补正" in page
    assert "本人曾患重病" not in page
    assert "账号有误" not in page
