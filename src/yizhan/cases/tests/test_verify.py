"""An answer bound with ``mode: verify`` may be changed, and is set beside what the register says."""

from __future__ import annotations

import pytest

from yizhan.cases import dossier
from yizhan.cases.comparison import Answered
from yizhan.cases.tests.conftest import Town
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.journal import access
from yizhan.registry import persons

FILE = "forms/application.ui.yaml"
TYPED = "13800001234"  # as ``filled`` types it


def registered(town: Town, phone: str | None) -> None:
    """The register says that this is her phone."""
    with scope.service(), access.watching(HOUSE.viewer()):
        persons.correct(
            town.subjects["chen"], "phone", phone, source="police", because="测试更正", by="house"
        )


def contradicted(town: Town, number: str) -> list[Answered]:
    with town.acting("clerk") as actor:
        compared = dossier.open_(number, by=actor).application.compared
    assert compared is not None
    return compared.answers


@pytest.fixture
def verified(town: Town) -> Town:
    """The telephone is to be verified."""
    was = "source: contact, fact: contact.phone, mode: suggest"
    town.republish(FILE, was, "source: person, fact: person.phone, mode: verify")
    return town


def test_staff_see_what_was_typed_and_what_is_registered(verified):
    registered(verified, "13900009999")
    (one,) = contradicted(verified, verified.apply("chen", other_allowance=True))
    assert (one.question, one.answer, one.registered) == ("联系电话", TYPED, "13900009999")
    assert one.source


@pytest.mark.parametrize("phone", [TYPED, None])
def test_what_agrees_or_is_not_registered_contradicts_nobody(verified, phone):
    if phone:
        registered(verified, phone)
    assert contradicted(verified, verified.apply("chen", other_allowance=True)) == []


def test_it_is_compared_with_what_the_register_says_now(verified):
    registered(verified, "13900009999")
    number = verified.apply("chen", other_allowance=True)
    registered(verified, TYPED)
    assert contradicted(verified, number) == []


def test_a_suggestion_is_not_compared(town):
    registered(town, "13900009999")
    assert contradicted(town, town.apply("chen", other_allowance=True)) == []
