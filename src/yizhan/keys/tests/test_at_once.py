"""Two who do the same at once: it is done once, and both have it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from yizhan import clock
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.keys.faults import Refused
from yizhan.keys.models import Certificate, RevocationList
from yizhan.keys.tests.conftest import NOW


def at_once(work, many=4):
    def one(_):
        try:
            with clock.standing_at(NOW):
                return work()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


@pytest.fixture
def there(committed):
    authority.found(organisation="云津区人民政府")


def test_founding(committed):
    made = at_once(lambda: authority.found(organisation="云津区人民政府"))
    assert sorted(map(len, made)) == [0, 0, 0, 6]
    assert Certificate.objects.count() == 6


def test_publishing(there):
    assert len(set(at_once(lambda: authority.revocation_list(Family.SM)))) == 1
    assert RevocationList.objects.count() == 1


def test_renewing_and_revoking(there):
    made = authority.issue("unit:440199-scj", name="市场监督管理局")
    renewed = at_once(lambda: authority.renew(made))
    assert sum(isinstance(one, Certificate) for one in renewed) == 1
    revoked = at_once(lambda: authority.revoke(made, by="account:1", because="印章遗失"))
    assert sum(isinstance(one, Certificate) for one in revoked) == 1
    assert RevocationList.objects.count() == 1
