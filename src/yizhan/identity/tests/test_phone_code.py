"""Citizens come in with a code sent to their phone; nobody learns who has an account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from yizhan.identity import accounts, phone, phone_code
from yizhan.identity.actor import HOUSE
from yizhan.identity.faults import Refused
from yizhan.identity.forms import Phone, PhoneCode
from yizhan.identity.models import Account
from yizhan.identity.models import PhoneCode as Sent
from yizhan.journal.models import News

NUMBER = "13900000001"


def earlier(**span: float) -> None:
    """Let all codes have been sent so much earlier."""
    for sent in Sent.objects.all():
        Sent.objects.filter(id=sent.id).update(
            issued_at=sent.issued_at - timedelta(**span), expires_at=sent.expires_at - timedelta(**span)
        )


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.django_db
def test_the_first_code_of_a_number_opens_its_account_and_later_ones_find_it():
    code = phone_code.issue(NUMBER)
    assert re.fullmatch(r"\d{6}", code)
    account = phone_code.redeem(NUMBER, code)
    assert (account.kind, account.phone, account.assurance, account.name) == (
        "citizen",
        NUMBER,
        0,
        "139****0001",
    )
    assert not account.has_usable_password()
    earlier(minutes=2)
    assert phone_code.redeem(NUMBER, phone_code.issue("+86 139 0000 0001")) == account
    assert News.objects.filter(kind="account.opened").count() == 1


@pytest.mark.django_db
def test_a_code_is_good_once_for_five_minutes_and_for_its_number():
    code = phone_code.issue(NUMBER)
    with pytest.raises(phone_code.WrongCode):
        phone_code.redeem("13900000002", code)
    phone_code.redeem(NUMBER, code)
    with pytest.raises(phone_code.WrongCode):
        phone_code.redeem(NUMBER, code)
    earlier(minutes=2)
    late = phone_code.issue(NUMBER)
    earlier(minutes=5, seconds=1)
    with pytest.raises(phone_code.WrongCode):
        phone_code.redeem(NUMBER, late)


@pytest.mark.django_db
def test_after_five_tries_even_the_right_code_is_refused():
    code = phone_code.issue(NUMBER)
    for _ in range(phone_code.MOST_TRIES):
        with pytest.raises(phone_code.WrongCode):
            phone_code.redeem(NUMBER, other_than(code))
    with pytest.raises(phone_code.WrongCode):
        phone_code.redeem(NUMBER, code)


@pytest.mark.django_db
def test_a_new_code_makes_the_old_one_void():
    old = phone_code.issue(NUMBER)
    earlier(minutes=1, seconds=1)
    new = phone_code.issue(NUMBER)
    if old != new:
        with pytest.raises(phone_code.WrongCode):
            phone_code.redeem(NUMBER, old)
    assert phone_code.redeem(NUMBER, new)


@pytest.mark.django_db
def test_one_a_minute_and_five_an_hour():
    for _ in range(phone_code.PER_HOUR):
        phone_code.issue(NUMBER)
        with pytest.raises(phone_code.TooSoon) as soon:
            phone_code.issue(NUMBER)
        assert timedelta() < soon.value.wait <= phone_code.PAUSE
        earlier(minutes=1, seconds=1)
    with pytest.raises(phone_code.TooSoon) as late:
        phone_code.issue(NUMBER)
    assert late.value.wait > timedelta(minutes=50)
    phone_code.issue("13900000002")
    earlier(minutes=56)
    phone_code.issue(NUMBER)


@pytest.mark.django_db
def test_one_address_cannot_send_codes_to_all_the_world(settings):
    settings.PHONE_CODES_PER_ADDRESS = 3
    for n in range(3):
        phone_code.issue(f"1390000000{n}", address="10.0.0.1")
    with pytest.raises(phone_code.TooSoon):
        phone_code.issue("13900000009", address="10.0.0.1")
    phone_code.issue("13900000009", address="10.0.0.2")


@pytest.mark.django_db
def test_the_house_sends_so_many_an_hour_says_so_and_tells_the_journal_once(settings):
    """However many addresses and numbers somebody has."""
    settings.PHONE_CODES_PER_HOUR = 3
    for n in range(3):
        phone_code.issue(f"1390000000{n}", address=f"10.0.0.{n}")
    earlier(minutes=20)
    for n in range(4, 8):
        with pytest.raises(phone_code.HouseBusy, match="太多") as busy:
            phone_code.issue(f"1390000000{n}", address=f"10.0.0.{n}")
        assert timedelta(minutes=39) < busy.value.wait <= timedelta(minutes=40)
    [told] = News.objects.filter(kind="phone_code.limit_reached")
    assert (told.subject, told.data) == (phone_code.HOUSE, {"limit": 3})
    assert phone_code.sent_lately() == 3
    earlier(minutes=41)
    assert phone_code.issue(NUMBER)
    assert phone_code.sent_lately() == 1


@pytest.mark.django_db
def test_a_code_is_nowhere_in_the_database():
    code = phone_code.issue(NUMBER)
    assert code not in Sent.objects.get().hash
    assert len(Sent.objects.get().hash) == 64


@pytest.mark.django_db
def test_a_number_without_an_account_is_answered_like_one_with():
    Account.objects.create(kind="citizen", phone=NUMBER, name="陈婆婆")
    for number in (NUMBER, "13900000002"):
        code = phone_code.issue(number)
        with pytest.raises(phone_code.WrongCode) as wrong:
            phone_code.redeem(number, other_than(code))
        assert str(wrong.value) == "验证码不正确或已过期，请核对后重试，或重新获取"


@pytest.mark.django_db
def test_a_closed_account_is_told_only_after_the_phone_answered():
    account = Account.objects.create(kind="citizen", phone=NUMBER, name="陈婆婆")
    accounts.deactivate(account, by=HOUSE, reason="冒用")
    code = phone_code.issue(NUMBER)
    with pytest.raises(phone_code.WrongCode):
        phone_code.redeem(NUMBER, other_than(code))
    with pytest.raises(Refused, match="已停用"):
        phone_code.redeem(NUMBER, code)


@pytest.mark.django_db
def test_a_wrong_try_is_counted_though_the_form_refuses():
    code = phone_code.issue(NUMBER)
    form = PhoneCode({"phone": NUMBER, "code": other_than(code)})
    assert not form.is_valid()
    assert "验证码不正确" in form.errors["code"][0]
    assert Sent.objects.get().tries == 1
    good = PhoneCode({"phone": "139 0000 0001", "code": f" {code[:3]} {code[3:]} "})
    assert good.is_valid(), good.errors
    assert good.account.phone == NUMBER
    assert Sent.objects.get().used_at <= timezone.now()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13900000001", "13900000001"),
        ("+86 139-0000-0001", "13900000001"),
        ("0086 13900000001", "13900000001"),
        ("１３９０００００００１", "13900000001"),
        ("+852 9123 4567", "+85291234567"),
        ("00852 91234567", "+85291234567"),
    ],
)
def test_numbers_are_kept_in_one_form(typed, kept):
    assert phone.normal(typed) == kept
    assert phone.normal(kept) == kept


@pytest.mark.parametrize(
    "typed", ["", "12345", "12900000001", "139000000011", "+8612900000001", "abc", "02083550000"]
)
def test_what_is_no_mobile_number_is_refused(typed):
    with pytest.raises(Refused, match="11 位手机号"):
        phone.normal(typed)
    assert "phone" in Phone({"phone": typed}).errors


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_or_refused(text):
    try:
        kept = phone.normal(text)
    except Refused:
        return
    assert re.fullmatch(r"1\d{10}|\+\d{7,15}", kept)
