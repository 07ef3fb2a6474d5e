"""What people are told when nothing is found: in their language, and what to do."""

from __future__ import annotations

import pytest
from django.utils import translation

from yizhan.registry.finding import Match, Outcome


def test_who_is_found_needs_no_words():
    assert Outcome.FOUND.words == ""
    assert Match(Outcome.FOUND, "person:1")
    assert not Match(Outcome.NONE)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.FOUND])
def test_every_other_outcome_is_said_in_both_languages(outcome):
    with translation.override("zh-hans"):
        chinese = outcome.words
    with translation.override("en"):
        english = outcome.words
    assert chinese.endswith("。")
    assert english.endswith(".")
