"""The calculator of limits: what is typed, what comes of it, what is told where; for people and for programs."""

from __future__ import annotations

import json

import pytest
from django.utils import translation

from yizhan import clock
from yizhan.calendar import calculator, law_limits
from yizhan.calendar.calculator import Typed
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

HEARING = {
    "start": "2026-09-14",
    "law": "licensing.decision",
    "from1": "2026-09-21",
    "to1": "2026-10-12",
    "why1": "听证",
}


@pytest.fixture(autouse=True)
def _laws(db):
    publish(shipped("limits_of_law"), by="test")
    with clock.standing_at("2026-11-20T09:30"):
        yield


def page(client, status=200, **asked):
    answer = client.get("/deadlines", asked)
    assert answer.status_code == status
    return answer.content.decode()


def told(client, status=200, **asked):
    answer = client.get("/api/deadlines", asked)
    assert answer.status_code == status
    return json.loads(answer.content)


def test_a_limit_of_law_with_a_hearing_and_a_holiday(client):
    shown = page(client, **HEARING)
    for words in (
        "2026年10月30日",
        "因听证中止计时，已用6个工作日",
        "因国庆节调休上班",
        "第四十二条",
        "待核实",
    ):
        assert words in shown
    assert shown.count('<table class="limit-month">') == 2


def test_programs_get_the_same_day_by_day(client):
    found = told(client, **HEARING)
    assert (found["last_day"], found["used_before"], found["left_then"]) == ("2026-10-30", 6, 14)
    assert found["law"] == {
        "name": "licensing.decision",
        "title": "作出许可决定",
        "basis": "中华人民共和国行政许可法",
        "article": "第四十二条",
        "verified": False,
    }
    counted = [day["day"] for day in found["days"] if day["state"] == "counted"]
    assert (len(counted), counted[-1]) == (20, "2026-10-30")


def test_an_extension_of_law(client):
    assert (
        told(client, start="2026-11-20", law="licensing.decision", extended="1")["last_day"] == "2027-01-01"
    )


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        ({"amount": "15", "unit": "natural_days"}, "2026-12-08T00:00:00+08:00"),
        ({"at": "16:00", "amount": "4", "unit": "duty_hours"}, "2026-11-23T12:00:00+08:00"),
        (
            {"at": "19:00", "amount": "4", "unit": "duty_hours", "roster": "roster"},
            "2026-11-21T11:00:00+08:00",
        ),
        ({"at": "16:00", "amount": "4", "unit": "natural_hours"}, "2026-11-20T20:00:00+08:00"),
        ({"at": "18:30", "law": "urban_management.exposed_garbage"}, "2026-11-21T10:30:00+08:00"),
    ],
)
def test_every_unit(client, asked, ends):
    assert told(client, start="2026-11-20", **asked)["due_at"] == ends
    assert "怎样算出来的" in page(client, start="2026-11-20", **asked)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"start": "", "amount": "5"}, "start"),
        ({"start": "20.11.2026", "amount": "5"}, "start"),
        ({"start": "2026-11-20"}, "amount"),
        ({"start": "2026-11-20", "amount": "-1"}, "amount"),
        ({"start": "2026-11-20", "amount": "401"}, "amount"),
        ({"start": "2026-11-20", "amount": "٥"}, "amount"),
        ({"start": "2026-11-20", "amount": "5", "unit": "weeks"}, "unit"),
        ({"start": "2026-11-20", "amount": "5", "unit": "duty_hours"}, "at"),
        ({"start": "2026-11-20", "amount": "5", "unit": "duty_hours", "at": "25:00"}, "at"),
        ({"start": "2026-11-20", "amount": "5", "roster": "night"}, "roster"),
        ({"start": "2026-11-20", "law": "licensing.nothing"}, "law"),
        ({"start": "2026-11-20", "amount": "5", "from1": "2026-11-19"}, "from1"),
        ({"start": "2026-11-20", "amount": "5", "to1": "2026-11-25"}, "from1"),
        ({"start": "2026-11-20", "amount": "5", "from1": "2026-11-24", "to1": "2026-11-23"}, "to1"),
        ({"start": "1999-01-01", "amount": "5"}, "start"),
        ({"start": "2029-12-20", "amount": "90"}, "start"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(client, asked, field):
    errors = told(client, status=422, **asked)["errors"]
    assert [one["field"] for one in errors] == [field]
    shown = page(client, status=422, **asked)
    assert f'href="#{field}"' in shown
    assert errors[0]["message"] in shown


def test_it_is_told_in_english_too(client):
    client.cookies["django_language"] = "en"
    shown = page(client, **HEARING)
    assert "20 working days" in shown
    assert "not verified" in shown


def test_another_row_is_offered_up_to_six(client):
    rows = {f"from{n}": f"2026-11-2{n}" for n in range(1, 6)} | {
        f"to{n}": f"2026-11-2{n}" for n in range(1, 6)
    }
    shown = page(client, start="2026-11-20", amount="5", more="1", **rows)
    assert 'name="from6"' in shown
    assert 'name="from7"' not in shown


def test_every_published_limit_can_be_reckoned_and_has_its_basis():
    limits = law_limits.published()
    assert len(limits) == 32
    for one in limits:
        assert not one.limit.basis.verified  # nobody has read it at its source
        for extended in (False, True):
            answer = calculator.calculate(Typed("2026-11-20", "10:00", one.name, extended))
            assert answer.explanation is not None, one.name
            for language in ("zh-hans", "en"):
                with translation.override(language):
                    assert answer.explanation.sentences()
