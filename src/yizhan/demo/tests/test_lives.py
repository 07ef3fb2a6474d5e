"""What is said of invented people hangs together: nobody works as a child, couples name each other."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from random import Random

import pytest

from yizhan.codes import loading as codes_loading
from yizhan.demo import lives, population
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.fitting import PARTICULARS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def households(monkeypatch):
    codes_loading.load()
    people = population.people(Random(1), population.Numbers(), 600)
    dice = Random(2)
    yield [
        lives.furnish(dice, list(members), TODAY)
        for _book, members in groupby(people, lambda one: one.book_number)
    ]


def test_the_same_dice_tell_the_same_lives():
    codes_loading.load()

    def told():
        people = list(population.people(Random(1), population.Numbers(), 60))
        return lives.furnish(Random(2), people[:4], TODAY)

    assert told() == told()


def test_most_fields_are_known_of_somebody(households):
    known = {name for home in households for one in home for name, value in one.particulars.items() if value}
    unknown = set(PARTICULARS) - known
    assert len(unknown) < 15, sorted(unknown)
    assert {one.column for one in CATALOGUE.values() if one.key.startswith("marriage.")} <= known


def test_lives_hang_together(households):
    records = {one.source_record: one for home in households for one in home}
    for one in records.values():
        age = TODAY.year - one.born_on.year
        said = one.particulars
        assert age >= 15 or not said.get("employment_status")
        assert not said.get("graduated_on") or said["graduated_on"] > one.born_on
        for other, kind, _since in one.relatives:
            back = {what for who, what, _since in records[other].relatives if who == one.source_record}
            assert {"spouse": "spouse", "parent": "child", "child": "parent"}[kind] in back
            if kind == "spouse":
                assert said["spouse_name"] == records[other].name
                assert records[other].particulars["married_on"] == said["married_on"] > one.born_on
            if kind == "parent":
                assert records[other].born_on < one.born_on
        for _kind, on, _other, _detail in one.happened:
            assert one.born_on <= on <= TODAY
