"""The language benchmark asks all engines the same, and a process of an engine says what it took."""

import sys

import pytest

from tests.benchmarks.rig.languages import questions
from tests.benchmarks.rig.languages.peers import Engine


def test_our_own_engine_answers_and_takes_time():
    with Engine("feel", sys.executable) as own:
        assert {question.name for question in questions.UNARY} < set(own.works)
        said = own.answers("range of numbers")
        assert said == [60 <= age < 80 for age in questions.UNARY[0].inputs]
        assert own.answers("table, first") == own.answers("DMN table, unique")
        assert 0 < own.seconds("range of numbers", 3) < 0.01


def test_the_rules_of_the_table_never_hold_together():
    for case in questions.CASES:
        within = [place for place in range(questions.RULES) if place <= case["age"] < place + 1]
        assert len(within) <= 1


def test_an_engine_that_ends_is_told(tmp_path):
    with pytest.raises(AssertionError, match="ended"):
        Engine("unheard", sys.executable)
