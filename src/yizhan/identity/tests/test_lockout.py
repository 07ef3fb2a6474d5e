"""Waiting after failures: doubling, never for ever, and an office is no attacker."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation

from yizhan.identity import lockout
from yizhan.identity.models import Lockout


def later(**span: float) -> None:
    """Let all that happened have happened so much earlier."""
    past = timedelta(**span)
    for row in Lockout.objects.all():
        Lockout.objects.filter(subject=row.subject).update(
            failed_at=row.failed_at - past, locked_until=row.locked_until and row.locked_until - past
        )


def fail(times: int, kind: lockout.Kind = "name", key: str = "wang.wu") -> None:
    for _ in range(times):
        lockout.failed(kind, key)


@pytest.mark.django_db
def test_the_wait_doubles_up_to_a_quarter_of_an_hour():
    fail(4)
    lockout.check("name", "wang.wu")
    waits = []
    for _ in range(12):
        fail(1)
        with pytest.raises(lockout.Locked) as locked:
            lockout.check("name", "wang.wu")
        waits.append(round(locked.value.wait.total_seconds()))
    assert waits[:6] == [30, 60, 120, 240, 480, 900]
    assert set(waits[5:]) == {900}


@pytest.mark.django_db
def test_it_ends_by_itself_and_is_forgotten_after_a_success():
    fail(5)
    later(seconds=31)
    lockout.check("name", "wang.wu")
    lockout.succeeded("name", "wang.wu")
    fail(4)
    lockout.check("name", "wang.wu")


@pytest.mark.django_db
def test_failures_of_the_day_before_are_forgotten():
    fail(4)
    later(days=1, minutes=1)
    fail(4)
    lockout.check("name", "wang.wu")


@pytest.mark.django_db
def test_an_office_behind_one_address_does_not_lock_itself_out():
    """Five thousand people in the morning, one in twenty mistypes."""
    for person in range(600):
        if person % 20 == 0:
            lockout.failed("address", "10.0.0.1")
        lockout.check("address", "10.0.0.1")
        lockout.succeeded("address", "10.0.0.1")
    assert Lockout.objects.get().failures <= 1


@pytest.mark.django_db
def test_who_only_guesses_from_one_address_must_wait():
    fail(100, "address", "10.0.0.2")
    with pytest.raises(lockout.Locked):
        lockout.check("address", "10.0.0.2")
    lockout.check("address", "10.0.0.1")


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "请等待 1 秒后再试"), (59, "请等待 59 秒后再试"), (61, "请等待 2 分钟后再试")]
)
def test_the_waiting_time_is_said(seconds, words):
    with translation.override("zh-hans"):
        assert str(lockout.Locked(timedelta(seconds=seconds))) == f"登录失败次数过多。{words}"


def test_many_guesses_at_once_do_not_slip_through(committed):
    """Twenty threads guess one name's password at the same moment: five are let in, as one after another."""
    tried, start = [], threading.Barrier(20)

    def guess():
        start.wait(10)
        try:
            with transaction.atomic():
                lockout.check("name", "wang.wu")
                tried.append(timezone.now())
                lockout.failed("name", "wang.wu")
        except lockout.Locked:
            pass
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tried) == 5
