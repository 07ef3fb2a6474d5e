"""What the bureau's pages show: masked, page by page, with a steady number of statements."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yizhan import clock
from yizhan.journal.models import Access
from yizhan.payments import reading
from yizhan.payments.tests.conftest import BENEFIT, day


@pytest.fixture
def two_months(office):
    """December is closed, January open."""
    office.grant("chen")
    office.grant("wang")
    with clock.standing_at("2026-11-25T09:00"):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
    with clock.standing_at("2026-12-22T09:00"):
        office.build()
    return office


def test_lists_with_their_figures_and_pay_days(two_months):
    with two_months.acting("payer") as actor:
        january, december = reading.lists(actor)
    assert (january.closure, january.figures.people, str(january.figures.amount)) == (None, 2, "360.00")
    assert (december.closure.by_name, str(december.figures.amount)) == ("苏敏 · 科员", "360.00")
    assert december.pay_on.isoformat() == "2026-12-10"
    assert january.pay_on.isoformat() == "2027-01-08", (
        "the 10th is a Sunday, so it is paid on the Friday before"
    )


@pytest.mark.parametrize("who", ["clerk", "approver", "chen"])
def test_who_is_no_payer_has_no_lists(two_months, who):
    with two_months.acting(who) as actor:
        assert reading.lists(actor) == []
        assert reading.one(actor, BENEFIT, day("2026-12")) is None


def test_lines_are_masked_and_the_whole_account_number_is_not_even_read(two_months):
    with two_months.acting("payer"), CaptureQueriesContext(connection) as statements:
        page = reading.lines(two_months.roll("2026-12"))
    assert [(row.name, row.account, str(row.amount)) for row in page.rows] == [
        ("陈＊堃", "**** 7890", "120.00"),
        ("王＊", "**** 7890", "240.00"),
    ]
    assert not page.more
    last_four = r'RIGHT\(\w*"\w+"\."account_number", 4\)|RIGHT\(U0\."account_number", 4\)'
    read = [re.sub(last_four, "", one["sql"]) for one in statements]
    assert not any("account_number" in sql for sql in read)


def test_a_look_at_lines_is_logged(two_months):
    with two_months.acting("payer"):
        reading.lines(two_months.roll("2026-12"))
        reading.lines(two_months.roll("2026-12"), state="held")
    (line,) = Access.objects.filter(account=f"account:{two_months.town.people['payer'].pk}")
    assert line.purpose == "reason:payment_list:elderly_allowance/2026-12"
    assert set(line.subjects) == {two_months.town.subjects["chen"], two_months.town.subjects["wang"]}


def test_pages_follow_each_other(two_months, monkeypatch):
    monkeypatch.setattr(reading, "PAGE", 1)
    with two_months.acting("payer"):
        first = reading.lines(two_months.roll("2026-12"), page=1)
        second = reading.lines(two_months.roll("2026-12"), page=2)
    assert (first.more, second.more) == (True, False)
    assert [row.name for row in first.rows + second.rows] == ["陈＊堃", "王＊"]


def test_statements_do_not_grow_with_lists_and_lines(two_months, django_assert_num_queries):
    with two_months.acting("payer") as actor:
        with django_assert_num_queries(5):
            assert len(reading.lists(actor)) == 2
        roll = two_months.roll("2026-12")
        with django_assert_num_queries(1):
            assert len(reading.lines(roll).rows) == 2
