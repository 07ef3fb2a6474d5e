"""Searching in everyday words: what fits comes first, and what has but a character in common stays away."""

from __future__ import annotations

import pytest

from yizhan.cases import catalogue
from yizhan.identity import roles
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

OLD, SIGN, MEAL, POOR = "elderly_allowance", "outdoor_sign", "small_restaurant", "subsistence_allowance"


@pytest.fixture
def published(standing):
    standing(_publish)


def _publish():
    roles.publish_platform()
    for code in (OLD, SIGN, MEAL, POOR):
        publish(shipped(code), by="test")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("老人津贴", [OLD]),
        ("给妈妈办老人津贴", [OLD]),
        ("爷爷奶奶补贴", [OLD]),
        ("我想开一家餐馆", [MEAL]),
        ("开饭馆", [MEAL]),  # single characters alone, and nothing better
        ("招牌", [SIGN]),
        ("门口挂个牌子", [SIGN, MEAL]),  # nobody can tell which is meant
        ("牌", [SIGN]),
        ("贫困户补助", [POOR, OLD]),  # both share a word with it
        ("restaurant", [MEAL]),
        ("护照", []),
        ("，。！", []),
    ],
)
def test_what_fits_is_found_and_no_weak_tail(published, words, found):
    assert [entry.code for entry in catalogue.search(words)] == found


def test_for_whom_is_asked_before_what_is_the_best(published):
    assert [entry.code for entry in catalogue.search("老人津贴", "entity")] == []
    assert [entry.code for entry in catalogue.search("老人津贴", "person")] == [OLD]
