"""Numbers of people, phones and accounts."""

from __future__ import annotations

import pytest

from yizhan.forms import formats


@pytest.mark.parametrize(
    ("number", "passes"),
    [
        ("440199194511200029", True),
        ("440199194511200028", False),
        ("440199194513200029", False),
        ("44019919451120002x", False),
        ("4401991945112000", False),
        ("4401 99194511200029", False),
        ("440199451120002", False),
        ("", False),
        (12, True),
    ],
)
def test_identity_numbers(number, passes):
    assert formats.is_identity_number(number) is passes


@pytest.mark.parametrize(
    ("number", "passes"),
    [
        ("13800138000", True),
        ("020-83550000", True),
        ("0755-83550000-12", True),
        ("12800138000", False),
        ("83550000", False),
        ("020-13550000", False),
        ("1380013800", False),
    ],
)
def test_phones(number, passes):
    assert formats.is_phone(number) is passes


@pytest.mark.parametrize(
    ("number", "passes", "doubted"),
    [
        ("6222020000000000000", True, False),  # a card with the right check digit
        ("6222020000000000001", True, True),  # one digit off, or a passbook: only the person knows
        ("123456789012", True, False),
        ("12345678901", False, False),
        ("9" * 33, False, False),
        ("6222-0200", False, False),
    ],
)
def test_accounts_are_doubted_but_not_refused_for_their_check_digit(number, passes, doubted):
    assert formats.is_bank_account(number) is passes
    assert formats.looks_mistyped(number) is doubted


def test_a_synthetic_number_is_for_demonstrations_only(settings):
    settings.DEMO = False
    assert not formats.is_identity_number("440199194511200029")
    assert formats.reason("identity-number", "440199194511200029") == "这是演示用号码，不能用于正式办理"


@pytest.mark.parametrize(
    ("code", "passes"),
    [
        ("91110000600037341L", True),
        ("91110000600037341l", False),
        ("911100006000373410", False),
        (None, True),
    ],
)
def test_credit_codes(code, passes):
    assert formats.is_credit_code(code) is passes


def test_a_wrong_number_says_why():
    assert "校验码不符" in formats.reason("identity-number", "440199194511200028")
    assert "出生日期不存在" in formats.reason("identity-number", "440199194513200029")
    assert formats.reason("phone", "1") == ""
    assert formats.reason("identity-number", 12) == ""
