"""The list of what is to do."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_is_due_first_with_light_and_remaining_time(town, doubtful, as_):
    page = as_("clerk").get("/desk/").content.decode()
    assert doubtful in page
    assert "街道受理" in page
    assert "剩余5个工作日" in page
    assert "时限正常" in page
    assert "陈＊堃" in page
    assert "陈玥堃" not in page


def test_a_clerk_of_another_sub_district_sees_nothing(town, doubtful, as_):
    page = as_("stranger").get("/desk/").content.decode()
    assert doubtful not in page
    assert "待办已清空" in page
