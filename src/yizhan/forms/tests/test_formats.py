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
