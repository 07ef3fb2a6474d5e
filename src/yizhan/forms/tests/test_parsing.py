"""People type as they please; the form reads it, or shows it to them again."""

from __future__ import annotations

import pytest

from yizhan.forms import parsing


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1200", 1200),
        ("１，２００．５０", 1200.5),
        (" 1,200.50 元 ", 1200.5),
        ("¥12,345,678", 12345678),
        ("－3", -3),
        ("", None),
        ("  　", None),
        ("1,5", "1,5"),
        ("12,00", "12,00"),
        ("一百", "一百"),
        ("1e5", "1e5"),
        ("nan", "nan"),
        ("1.2.3", "1.2.3"),
        ("9" * 16, "9" * 16),
    ],
)
def test_numbers(typed, value):
    assert parsing.number(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2026-11-20", "2026-11-20"),
        ("20261120", "2026-11-20"),
        ("2026年11月20日", "2026-11-20"),
        ("２０２６ 年 １ 月 ２ 日", "2026-01-02"),
        ("2026/1/2", "2026-01-02"),
        ("2026.1.2", "2026-01-02"),
        ("2026-02-30", "2026-02-30"),
        ("0000-01-01", "0000-01-01"),
        ("昨天", "昨天"),
        ("", None),
    ],
)
def test_days(typed, value):
    assert parsing.day(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("0086-13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("02083550000", "020-83550000"),
        ("（020）83550000", "020-83550000"),
        ("0755 83550000-12", "0755-83550000-12"),
        ("83550000", "83550000"),
        ("没有电话", "没有电话"),
    ],
)
def test_phones(typed, value):
    assert parsing.phone(typed) == value


def test_numbers_of_cards_and_people_lose_their_blanks():
    assert parsing.bank_account("6222 0200-0000 ００００ 000") == "6222020000000000000"
    assert parsing.identity_number("440199 19451120 001ｘ") == "44019919451120001X"
    assert parsing.identity_number("440199451120002") == "440199194511200029"
    assert parsing.identity_number("没带身份证") == "没带身份证"
    assert parsing.credit_code("９１１１００００ 600037341l") == "91110000600037341L"


def test_text_is_trimmed_and_loses_what_no_database_keeps():
    assert parsing.line(" 陈\x00玉\ud800兰\r\n\t ") == "陈玉兰"
    assert parsing.line("北京街　1 号") == "北京街 1 号"
    assert parsing.lines("　　第一行\r\n第二行\n\n") == "第一行\n第二行"


def test_rare_characters_of_names_stay():
    assert parsing.line("李\U0002a700\ue863\U000323b0") == "李\U0002a700\ue863\U000323b0"


@pytest.mark.parametrize("read", [parsing.number, parsing.day, parsing.phone, parsing.line, parsing.lines])
def test_a_hundred_thousand_characters_are_read_at_once(read):
    for text in ("9" * 100_000, "1," * 50_000, " " * 99_999 + "x", "-" * 100_000, "年" * 100_000):
        read(text)  # would hang, were any of the expressions to go back and forth


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("黄\u202e明小\u202c", "黄明小"),
        ("\u2066李\u2069\U000e0041", "李"),
        ("👨\u200d👩 𠮷\U000e0100", "👨\u200d👩 𠮷\U000e0100"),
    ],
)
def test_no_mark_turns_the_direction_of_a_name(typed, name):
    assert parsing.line(typed) == parsing.lines(typed) == name
