"""What logging in leaves behind is thrown away when it is of no use any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from yizhan.identity import lockout, phone_code, presences, tidying
from yizhan.identity.models import Lockout, PhoneCode, Presence

pytestmark = pytest.mark.django_db


def test_old_rows_go_and_young_ones_stay(person):
    now = timezone.now()
    for phone in ("13900000001", "13900000002"):
        phone_code.issue(phone)
    PhoneCode.objects.filter(phone="13900000001").update(issued_at=now - timedelta(days=2))
    for name in ("old", "young", "locked"):
        lockout.failed("name", name)
    Lockout.objects.exclude(subject="name:young").update(failed_at=now - timedelta(days=2))
    Lockout.objects.filter(subject="name:locked").update(locked_until=now + timedelta(minutes=5))
    account = person("li.si")
    presences.begin("old" * 9, account)
    Presence.objects.update(lasts_until=now - timedelta(days=200))
    presences.begin("new" * 9, account)
    store = SessionStore()
    store.create()
    store.model.objects.update(expire_date=now - timedelta(seconds=1))

    assert tidying.tidy() == 4
    assert PhoneCode.objects.get().phone == "13900000002"
    assert set(Lockout.objects.values_list("subject", flat=True)) == {"name:young", "name:locked"}
    assert Presence.objects.get().key == presences.key_of("new" * 9)
    assert tidying.tidy() == 0


def test_the_worker_tidies_once_an_hour(monkeypatch):
    phone_code.issue("13900000001")
    PhoneCode.objects.update(issued_at=timezone.now() - timedelta(days=2))
    monkeypatch.setattr(tidying, "_last", -tidying._EVERY)
    assert tidying.once_an_hour() == 1
    PhoneCode.objects.all().delete()
    phone_code.issue("13900000001")
    PhoneCode.objects.update(issued_at=timezone.now() - timedelta(days=2))
    assert tidying.once_an_hour() == 0
