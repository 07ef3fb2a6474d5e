"""The scope and real transactions: what one sealed is worthless in the next."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from yizhan.identity import presences, scope
from yizhan.identity.models import Account
from yizhan.identity.tests.requests import request_of


def one(statement: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def test_a_scope_ends_with_its_transaction(committed):
    account = Account(kind="citizen", phone="13900000001", name="陈婆婆")
    account.save()
    presences.begin("c" * 32, account)
    with transaction.atomic():
        assert one("select scope_open_session(%s)", "c" * 32)
        assert one("select scope_account()") == account.pk
        scope_and_seal = one(
            "select current_setting('yizhan.scope') || '#' || current_setting('yizhan.seal')"
        )
    with transaction.atomic():
        assert one("select scope_account()") is None
        told, seal = str(scope_and_seal).split("#")
        one("select set_config('yizhan.scope', %s, true)", told)
        one("select set_config('yizhan.seal', %s, true)", seal)
        assert one("select scope_account()") is None, "the seal of another transaction is worthless"


def test_outside_a_transaction_opening_is_a_mistake(committed):
    citizen = Account(kind="citizen", phone="13900000001", name="陈婆婆")
    citizen.save()
    request = request_of(citizen)
    with pytest.raises(scope.NoTransaction):
        scope.open_for(request)
