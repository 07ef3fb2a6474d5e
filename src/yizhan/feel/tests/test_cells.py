"""The conditions in the cells of decision tables."""

from datetime import date

import pytest

from yizhan import feel


@pytest.mark.parametrize(
    ("tests", "passing", "failing"),
    [
        ("70", [70], [71]),
        (">= 70", [70, 71], [69]),
        ("[60..80), >= 90", [60, 79, 90], [59, 80, 89]),
        ("]60..80[", [61], [60, 80]),
        ('"a", "b"', ["a", "b"], ["c"]),
        ('not("a", "b")', ["c"], ["a", "b"]),
        ("not(null)", [1], [None]),
        ("null", [None], [1]),
        ("true", [True], [False]),
        ("-", [None, 1, "a"], []),
        ("? > 3 and ? < 6", [4], [3, 6]),
        ("not(? > 3) or ? > 10", [1, 11], [5]),
        ('contains(?, "社区")', ["北京社区"], ["北京街"]),
        ("[1, 2, [5..7]]", [1, 6], [3]),
        ('>= date("2026-01-01")', [date(2026, 1, 1)], [date(2025, 12, 31)]),
        ('@"2026-01-01"', [date(2026, 1, 1)], [date(2026, 1, 2)]),
        ("!= 5", [4], [5]),
        ("-5", [-5], [5]),
        ("count(?) > 1", [[1, 2]], [[1]]),
        ("[1, 2]", [[1, 2]], [[3]]),
    ],
)
def test_cells(tests, passing, failing):
    cell = feel.compile_tests(tests)
    assert [cell.match(value).value for value in passing] == [True] * len(passing)
    assert [cell.match(value).value for value in failing] == [False] * len(failing)


def test_a_missing_value_is_neither_in_nor_out():
    outcome = feel.compile_tests("not(>= 70)").match(None)
    assert outcome.value is None
    assert outcome.reasons[0].zh == "缺少值，无法比较"


def test_a_cell_may_use_other_facts():
    cell = feel.compile_tests("> limit * 2")
    assert cell.names == {"limit"}
    assert cell.match(21, {"limit": 10}).value is True


def test_a_condition_must_be_true_or_false():
    assert feel.compile_tests("? + 1").match(1).value is None


def test_a_question_mark_in_an_inner_test_means_the_inner_value():
    cell = feel.compile_tests("5 in (? > 3)")
    assert [cell.match(True).value, cell.match(False).value] == [True, False]


def test_a_dash_is_recognised():
    assert feel.compile_tests("-").is_anything
    assert not feel.compile_tests("-1").is_anything
