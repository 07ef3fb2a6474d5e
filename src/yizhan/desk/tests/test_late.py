"""What a leader sees of what is late."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.desk.tests.conftest import give

pytestmark = pytest.mark.django_db


def test_by_unit_with_links_and_masked(town, doubtful, as_):
    give(town, "approver", "platform.supervisor", "all")
    with clock.standing_at("2026-12-01T10:00"):
        page = as_("approver").get("/desk/late").content.decode()
        one = as_("approver").get("/desk/late?unit=440104-bj").content.decode()
        none = as_("approver").get("/desk/late?unit=440104-lr").content.decode()
    for words in ("北京街道办事处", f'href="/desk/cases/{doubtful}"', "已超期2个工作日", "未签收", "陈＊堃"):
        assert words in page, words
    assert "陈玥堃" not in page
    assert doubtful in one
    assert "没有超期和临期的任务" in none


def test_it_is_for_supervisors(town, doubtful, as_):
    assert as_("clerk").get("/desk/late").status_code == 403
    assert "时限监察" not in as_("clerk").get("/desk/").content.decode()
