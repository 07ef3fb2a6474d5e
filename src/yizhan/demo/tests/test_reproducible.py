"""The same seed gives the same district: offices, people, cases, and every step of them."""

from __future__ import annotations

from random import Random

import pytest
from django.conf import settings as django_settings

import conftest
from yizhan import clock
from yizhan.demo import cases, load, population
from yizhan.demo.dishes import OPENINGS
from yizhan.demo.hardships import FAMILIES
from yizhan.demo.tests.content import digests
from yizhan.identity import scope
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish

PEOPLE = 900


@pytest.fixture
def tiny(monkeypatch, settings, tmp_path):
    """A demo of few people and the first stories."""
    settings.DEMO, settings.FILES = True, tmp_path / "files"
    monkeypatch.setattr(load, "SCALES", {"small": PEOPLE})
    monkeypatch.setattr(cases, "STORIES", cases.STORIES[:2])
    monkeypatch.setattr(cases.payroll, "plan", lambda *_given: None)
    monkeypatch.setattr(cases.unfinished, "plan", lambda *_given: None)
    monkeypatch.setattr(cases.payroll, "RECIPIENTS", 0)
    monkeypatch.setattr(cases.unfinished, "DRAFTS", 0)
    everybody = load._people
    monkeypatch.setattr(load, "_people", lambda _many: everybody(PEOPLE))


@pytest.fixture
def empty(committed):
    """Empty the house between two loadings, as the owner does."""
    return conftest._empty_all_tables


def loaded(moment):
    with clock.standing_at(moment):
        for pack in ("elderly_allowance", "small_restaurant", "outdoor_sign", "subsistence_allowance"):
            publish(read(django_settings.ROOT / "packs" / pack), by="test")
        load.ensure("small")
    with scope.service():
        return digests()


def test_loaded_twice_it_is_the_same(tiny, empty):
    once = loaded("2026-11-20T09:30:05")
    assert once["people"][0] > PEOPLE
    assert once["cases"][0] == 3 + len(OPENINGS) + sum(one.days_ago is not None for one in FAMILIES)
    empty()
    assert loaded("2026-11-20T09:33:20") == once


def test_another_seed_is_another_district(db):
    def first_people(seed):
        return list(population.people(Random(seed), population.Numbers(), 50))

    with clock.standing_at("2026-11-20T09:30"):
        assert first_people(1) == first_people(1)
        assert first_people(1) != first_people(2)


def test_cut_off_and_gone_on_in_another_month_it_is_the_same(tiny, empty, monkeypatch):
    """People and cases that come later are as old as they would have been, and have the numbers of nobody else."""
    whole = loaded("2026-11-20T09:30:05")
    empty()
    monkeypatch.setattr(load, "_BATCH", PEOPLE // 3)
    monkeypatch.setattr(load, "SCALES", {"small": PEOPLE // 3})
    with monkeypatch.context() as without_cases:
        without_cases.setattr(load, "_cases", lambda: pytest.fail("cut off here"))
        with pytest.raises(pytest.fail.Exception, match="cut off here"):
            loaded("2026-11-20T09:30:05")
    monkeypatch.setattr(load, "SCALES", {"small": PEOPLE})
    assert loaded("2027-01-08T14:00") == whole
