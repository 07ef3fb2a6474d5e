"""Which passwords are refused, and what hashing costs."""

from __future__ import annotations

import importlib

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from yizhan.identity import login_settings, passwords
from yizhan.identity.models import Account


def refused(password: str, account: Account | None = None) -> set[str]:
    try:
        validate_password(password, account)
    except ValidationError as fault:
        return {error.code for error in fault.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "晨雾里的 白鹭 27",
        "correct horse battery",
        "Kx9#mQ2$vL",
        "gongwu yuan de zaochen",
        "zhongguo de qiutian",
    ],
)
def test_a_good_password_is_accepted(password):
    assert refused(password) == set()


@pytest.mark.parametrize("password", ["a1b2c", "", "1234567", "晨雾白鹭"])
def test_short_ones_are_refused(password):
    assert "too_short" in refused(password)


def test_an_endless_one_is_refused_and_128_characters_are_not():
    assert refused("白鹭" * 100) >= {"too_long"}
    assert refused("晨雾里的 白鹭 27 " * 8) == set()


@pytest.mark.parametrize(
    "password",
    [
        "password", "Password1", "P@ssw0rd", "p@$$w0rd2026!", "123456789", "87654321", "qwertyuiop",
        "Admin@2026", "yuexiu2026", "Yuexiu@123", "zhengfu888", "aaaaaaaa", "abababab", "abcdefgh",
        "hgfedcba", "5201314520", "1qaz2wsx", "iloveyou!", "系系系系系系系系",
    ],
)  # fmt: skip
def test_common_ones_are_refused_whatever_surrounds_them(password):
    assert refused(password) & {"too_common", "too_short"}, password


def test_what_others_know_about_a_person_is_refused():
    account = Account(
        username="li.sixian",
        phone="13900000001",
        email="sixian.li@example.org",
        document_number="440199194501010021",
    )
    for password in ("LI.SIXIAN-99", "tel13900000001", "sixian.li!!", "x19450101x!", "heron-010021"):
        assert refused(password, account) == {"too_personal"}, password
    assert refused("heron in the mist", account) == set()


@given(st.text(max_size=40))
def test_whatever_is_typed_is_answered(password):
    assert refused(password) <= {"too_short", "too_long", "too_common", "too_personal"}


@pytest.mark.parametrize(
    ("password", "simple"),
    [("heron in the mist", True), ("HeronMist", True), ("HeronMist7", False), ("heron-mist-7", False)],
)
def test_the_profile_of_gbt_22239_asks_for_three_kinds(password, simple):
    rule = passwords.Complex()
    if simple:
        with pytest.raises(ValidationError, match="至少三种"):
            rule.validate(password)
    else:
        rule.validate(password)


def test_the_profile_is_chosen_by_a_setting(monkeypatch):
    monkeypatch.setenv("YIZHAN_PASSWORD_PROFILE", "gbt22239")
    chosen = importlib.reload(login_settings)
    assert chosen.PASSWORD_MAX_AGE.days == 90
    assert chosen.AUTH_PASSWORD_VALIDATORS[-1]["NAME"].endswith("Complex")
    monkeypatch.delenv("YIZHAN_PASSWORD_PROFILE")
    assert importlib.reload(login_settings).PASSWORD_MAX_AGE is None


def test_hashes_are_argon2id_with_our_parameters():
    hashed = make_password("heron in the mist")
    assert hashed.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("heron in the mist", hashed)
    assert not check_password("heron in the mists", hashed)
    assert isinstance(identify_hasher(hashed), passwords.Argon2)
