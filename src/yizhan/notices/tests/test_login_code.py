"""A code reaches the phone at once, by day and by night, and stays nowhere."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.utils import translation

from yizhan import clock
from yizhan.identity import phone_code
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account, PhoneCode
from yizhan.journal.models import Effect
from yizhan.notices import login_code, sink
from yizhan.notices.models import Message, Sunk

PHONE = "13900000001"
pytestmark = pytest.mark.django_db


def code_in(text):
    return re.search(r"\d{6}", text)[0]


def test_the_code_that_was_sent_opens_the_account(gateway):
    with clock.standing_at("2026-11-21T03:00"):
        login_code.send_code(f" +86 {PHONE}", address="198.51.100.7")
    ((_, body),) = gateway.got
    assert body["phone"] == PHONE
    assert body["text"].startswith("【云津区政务服务网】登录验证码 ")
    assert phone_code.redeem(PHONE, code_in(body["text"])) == Account.objects.get(phone=PHONE)


def test_a_code_stays_in_no_table(gateway):
    login_code.send_code(PHONE)
    code = code_in(gateway.got[0][1]["text"])
    assert not Effect.objects.exists()
    assert not Message.objects.exists()
    assert not Sunk.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(p::text, ' ') from identity_phonecode p")
        assert f",{code}," not in cursor.fetchone()[0]


def test_in_a_demo_the_code_is_read_from_the_sink(settings):
    settings.DEMO = True
    login_code.send_code(PHONE)
    (letter,) = sink.recent(PHONE)
    assert phone_code.redeem(PHONE, code_in(letter.text))


def test_a_house_without_a_gateway_says_so_and_makes_no_code():
    with pytest.raises(login_code.CodeNotSent, match="尚未开通"):
        login_code.send_code(PHONE)
    assert not PhoneCode.objects.exists()


@pytest.mark.parametrize("status", [500, 422])
def test_a_gateway_that_does_not_take_it_is_told_to_the_person(gateway, status):
    gateway.answers[:] = [status]
    with pytest.raises(login_code.CodeNotSent, match="没有发出"):
        login_code.send_code(PHONE)


def test_limits_and_impossible_numbers_are_identity_s_to_refuse(gateway):
    login_code.send_code(PHONE)
    for phone in (PHONE, "123", "13900000001\r\n13900000002x"):
        with pytest.raises(Refused):
            login_code.send_code(phone)
    assert len(gateway.got) == 1


def test_an_english_page_sends_an_english_code(gateway):
    with translation.override("en"):
        login_code.send_code(PHONE)
    text = gateway.got[0][1]["text"]
    assert text.startswith("【Yunjin District")
    assert "sign-in code" in text
