"""The same seed gives the same district: offices, people, cases, and every step of them."""

from __future__ import annotations

from random import Random

import pytest

import conftest
from yizhan import clock
from yizhan.demo import cases, families, load, peopling, population, restaurants, rights, settling
from yizhan.demo.tests.content import digests
from yizhan.identity import scope
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

pytestmark = pytest.mark.long
PEOPLE = 900
PACKS = (
    "elderly_allowance", "small_restaurant", "outdoor_sign", "subsistence_allowance", "register_objection",
    "data_protection",
)  # fmt: skip


@pytest.fixture
def tiny(monkeypatch, settings, tmp_path):
    """A demo of few people, and of each kind the first stories."""
    settings.DEMO, settings.FILES = True, tmp_path / "files"
    monkeypatch.setattr(load, "SCALES", {"small": PEOPLE})
    monkeypatch.setattr(cases, "STORIES", cases.STORIES[:2])
    monkeypatch.setattr(restaurants, "OPENINGS", restaurants.OPENINGS[:3])
    monkeypatch.setattr(families, "FAMILIES", families.FAMILIES[:3])
    monkeypatch.setattr(settling, "subdistricts", lambda: ["440104001000", "440104003000"])
    monkeypatch.setattr(cases.payroll, "plan", lambda *_given: None)
    monkeypatch.setattr(cases.unfinished, "plan", lambda *_given: None)
    monkeypatch.setattr(cases.payroll, "RECIPIENTS", 0)
    monkeypatch.setattr(cases.unfinished, "DRAFTS", 0)
    streets = population.subdistricts
    monkeypatch.setattr(population, "subdistricts", lambda: streets()[:3])
    everybody = peopling.people
    monkeypatch.setattr(peopling, "people", lambda _many: everybody(PEOPLE))


@pytest.fixture
def empty(committed):
    """Empty the house between two loadings, as the owner does."""
    return conftest._empty_all_tables


def loaded(moment):
    with clock.standing_at(moment):
        for pack in PACKS:
            publish(shipped(pack), by="test")
        load.ensure("small")
    with scope.service():
        return digests()


def test_another_seed_is_another_district(db):
    def first_people(seed):
        return list(population.people(Random(seed), population.Numbers(), 50))

    with clock.standing_at("2026-11-20T09:30"):
        assert first_people(1) == first_people(1)
        assert first_people(1) != first_people(2)


def test_loaded_twice_it_is_the_same_even_cut_off_and_gone_on_in_another_month(tiny, empty, monkeypatch):
    """People and cases that come later are as old as they would have been, and have the numbers of nobody else."""
    whole = loaded("2026-11-20T09:30:05")
    under_way = sum(one.days_ago is not None for one in families.FAMILIES)
    assert whole["people"][0] > PEOPLE
    assert whole["buildings"][0] == 21 * 12
    assert whole["facilities"][0] == 21 + 2 * 4
    assert whole["cases"][0] == 3 + len(restaurants.OPENINGS) + under_way + len(rights.STORIES)
    empty()
    monkeypatch.setattr(peopling, "_BATCH", PEOPLE // 3)
    monkeypatch.setattr(load, "SCALES", {"small": PEOPLE // 3})
    with monkeypatch.context() as without_cases:
        without_cases.setattr(load, "_cases", lambda: pytest.fail("cut off here"))
        with pytest.raises(pytest.fail.Exception, match="cut off here"):
            loaded("2026-11-20T09:30:05")
    monkeypatch.setattr(load, "SCALES", {"small": PEOPLE})
    assert loaded("2027-01-08T14:00") == whole
