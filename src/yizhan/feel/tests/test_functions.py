"""The functions of DMN 1.5: lists by place, statistics, relations of ranges, contexts, calendar names."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan import feel
from yizhan.feel.tests.asking import value

NUMBERS = st.lists(st.integers(-1000, 1000), min_size=2, max_size=20)


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("sublist([1, 2, 3], 2)", "[2, 3]"),
        ("sublist([1, 2, 3], -2, 1)", "[2]"),
        ("insert before([1, 2], 1, 0)", "[0, 1, 2]"),
        ("remove([1, 2, 3], -1)", "[1, 2]"),
        ("list replace([1, 2, 3], 2, 4)", "[1, 4, 3]"),
        ("list replace(position: 2.5, newItem: 4, list: [1, 2, 3])", "[1, 4, 3]"),
        ("union([1, 2], [2, 3])", "[1, 2, 3]"),
        ("count(5)", "1"),
        ('upper case(["a"])', '"A"'),
        ("product([2, 3, 4])", "24"),
        ("median(8, 2, 5, 3, 4)", "4"),
        ("median([6, 1, 2, 3])", "2.5"),
        ("round half up(stddev([2, 4, 7, 5]), 6)", "2.081666"),
        ("mode([6, 1, 9, 6, 1])", "[1, 6]"),
        ("mode([])", "[]"),
        ("sqrt(16)", "4"),
        ("round half up(exp(log(10)), 20)", "10"),
        ("[even(-2), odd(3), even(3)]", "[true, true, false]"),
        ('context([{key: "a", value: 1}])', "{a: 1}"),
        ("context merge([{a: 1, b: 2}, {b: 3}])", "{a: 1, b: 3}"),
        ('context put({x: 1, y: {a: 0}}, ["y", "b"], 2)', "{x: 1, y: {a: 0, b: 2}}"),
        ('get value({y: {a: 5}}, ["y", "a"])', "5"),
        ('month of year(@"2026-11-20")', '"November"'),
        ('week of year(@"2027-01-01")', "53"),
        ('range("[1..3)")', "[1..3)"),
        ('range("[-2..3]")', "[-2..3]"),
        ('range("(@\\"2026-01-01\\"..date(\\"2026-02-01\\")]")', '(@"2026-01-01"..@"2026-02-01"]'),
    ],
)
def test_a_function_gives(source, same):
    assert value(source) == value(same) is not None


@pytest.mark.parametrize(
    "source",
    [
        "sublist([1, 2], 3)",
        "sublist([1, 2], 1, 3)",
        "remove([1, 2], 0)",
        "insert before([1], 2, 0)",
        "product([])",
        'median(["a"])',
        "stddev([1])",
        "sqrt(-1)",
        "log(0)",
        "exp(100000)",
        "even(1.5)",
        "product([1e6000, 1e6000])",
        "stddev([1e6000, -1e6000])",
        'context([{key: "a", value: 1}, {key: "a", value: 2}])',
        'context put({y: 1}, ["y", "a"], 2)',
        "context put({}, [], 2)",
        'range("[3..1]")',
        'range("[1..]")',
        'range("[date(now)..2]")',
        'range("")',
        'before(1, @"2026-01-01")',
        "before(true, false)",
        "meets([1..2], 2)",
    ],
)
def test_what_cannot_be_is_null_with_a_reason(source):
    outcome = feel.expression(source).evaluate({})
    assert outcome.value is None
    assert outcome.reasons


@pytest.mark.parametrize(
    ("relation", "yes", "no"),
    [
        ("before", ["1, 2", "1, (1..3]", "[1..2), [2..3]"], ["2, 2", "1, [1..3]", "[1..2], [2..3]"]),
        ("after", ["2, 1", "(1..3], 1", "[3..4], [1..3)"], ["1, [1..3]", "[3..4], [1..3]"]),
        ("meets", ["[1..5], [5..10]"], ["[1..5), [5..10]", "[1..5], (5..10]"]),
        ("met by", ["[5..10], [1..5]"], ["(5..10], [1..5]"]),
        ("overlaps", ["[1..5], [5..8]", "[3..8], [1..5]"], ["[1..5), [5..8]", "[1..2], [3..4]"]),
        ("overlaps before", ["[1..5], [3..8]", "[1..5], (1..5]"], ["[3..8], [1..5]", "[1..5), [5..8]"]),
        ("overlaps after", ["[3..8], [1..5]"], ["[1..5], [3..8]"]),
        ("finishes", ["10, [1..10]", "[5..10], [1..10]"], ["10, [1..10)", "[5..10), [1..10]"]),
        ("finished by", ["[1..10], (5..10]"], ["[1..10], 9"]),
        ("includes", ["[1..10], 1", "[1..10], (1..10)"], ["(1..10], 1", "(1..10), [1..10]"]),
        ("during", ["5, [1..10]", "[2..3], [1..10]"], ["0, [1..10]"]),
        ("starts", ["1, [1..10]", "[1..5], [1..10]"], ["1, (1..10]", "[1..10], [1..5]"]),
        ("started by", ["[1..10], [1..5)"], ["[1..10], (1..5]"]),
        ("coincides", ["3, 3", "[1..5), [1..5)"], ["3, 4", "[1..5], [1..5)"]),
        ("includes", ["(>= 60), 70", "(< 60), [1..2]"], ["(>= 60), 59", "[1..2], (< 60)"]),
    ],
)
def test_ranges_and_points_lie_to_each_other(relation, yes, no):
    assert [value(f"{relation}({pair})") for pair in yes] == [True] * len(yes)
    assert [value(f"{relation}({pair})") for pair in no] == [False] * len(no)


@pytest.mark.parametrize(
    ("pair", "answer"),
    [
        ("1, 1.0", True),
        ('1, "1"', False),
        ("null, null", True),
        ('@"23:00:50Z", @"23:00:50+00:00"', True),
        ('@"20:00:50+00:00", @"21:00:50+01:00"', False),
        ('@"P0Y", @"P0D"', False),
    ],
)
def test_is_asks_for_the_same_value_of_the_same_type(pair, answer):
    assert value(f"is({pair})") is answer


@given(NUMBERS)
def test_statistics_agree_with_what_is_known_of_them(numbers):
    facts = {"list": numbers}
    half = Decimal(len(numbers)) / 2
    median = value("median(list)", **facts)
    assert sum(number < median for number in numbers) <= half >= sum(number > median for number in numbers)
    assert value("stddev(list) >= 0", **facts) is True
    assert max(map(numbers.count, numbers)) == numbers.count(value("mode(list)[1]", **facts))


@given(NUMBERS, st.integers(1, 20))
def test_what_is_put_in_at_a_place_can_be_taken_out_again(numbers, place):
    facts = {"list": numbers, "place": min(place, len(numbers))}
    assert value("remove(insert before(list, place, 7), place) = list", **facts) is True


@given(*[st.integers(0, 4)] * 4, *[st.booleans()] * 4)
def test_a_relation_and_its_converse_agree(a, b, c, d, one, two, three, four):
    first, second = feel.Range(min(a, b), max(a, b), one, two), feel.Range(min(c, d), max(c, d), three, four)
    facts = {"a": first, "b": second}
    for relation, converse in [("before", "after"), ("meets", "met by"), ("includes", "during")]:
        assert value(f"{relation}(a, b)", **facts) is value(f"{converse}(b, a)", **facts)
    assert value("overlaps(a, b)", **facts) is not value("before(a, b) or after(a, b)", **facts)
