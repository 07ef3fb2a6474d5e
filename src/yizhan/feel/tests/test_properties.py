"""Whatever is thrown at the language: it answers, refuses in our words, and never hangs."""

import time
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan import feel
from yizhan.feel import Months, feel_value, text_of
from yizhan.feel.eras import add_months, months_between
from yizhan.feel.temporal import literal

WORDS = [
    *("a", "b", "年龄", "item", "partial", "?", "-", "+", "*", "/", "**", "=", "!=", "<", "<=", ">", ">="),
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ".",
        "..",
        "@",
        "//",
        "/*",
        "not",
        "and",
        "or",
        "if",
        "then",
        "else",
    ),
    *(
        "for",
        "in",
        "some",
        "every",
        "satisfies",
        "return",
        "between",
        "instance",
        "of",
        "number",
        "true",
        "null",
    ),
    *(
        "0",
        "1",
        "2.5",
        "1e30",
        '"x"',
        '"2026-01-01"',
        '@"P1Y"',
        '@"P3D"',
        "[1,2]",
        "{a:1}",
        "1..9",
        "1..1000000",
    ),
    *("sum(", "count(", "max(", "string(", "substring(", "date(", "floor(", "flatten(", "concatenate("),
    *("list contains(", "duration(", "years and months duration("),
    *(
        "function",
        "function(x)",
        "function(x, y)",
        "external",
        "sort(",
        "list replace(",
        "(function(f) f(f))",
    ),
    *("list<", "context<a:", "range<", "function<", "->", "today()", "context put(", "range(", "stddev("),
    *(
        "overlaps(",
        "during(",
        '@"2026-01-01T24:00:00"',
        '@"09:00:00@Asia/Shanghai"',
        "a b",
        "a b:",
        "exp(",
        "mode(",
    ),
]
LEAVES = [
    "a",
    "b",
    "i",
    "x",
    "年龄",
    "1",
    "0",
    "2.5",
    "1e30",
    "null",
    "true",
    '"x"',
    '@"P1Y"',
    '@"P9D"',
    "abs",
    "f",
]
SIGNS = ["+", "-", "*", "/", "**", "=", "<", ">=", "and", "or", "in"]
FACTS = {"a": [1, "x", None, {"b": 2}], "b": Decimal("1e6000"), "年龄": date(9999, 12, 31)}
calm = settings(max_examples=400, deadline=None, database=None)


def answered(source):
    for compiled in (feel.expression, feel.compile_tests):
        began = time.perf_counter()
        try:
            outcome = compiled(source).evaluate({**FACTS, "?": 5})
            text_of(outcome.value)
        except feel.Fault as fault:
            assert fault.zh
            assert fault.en
        assert time.perf_counter() - began < 5


@calm
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_any_row_of_words(source):
    answered(source)


@calm
@given(st.text(max_size=200))
def test_any_text(source):
    answered(source)


def grown(inner):
    two = st.tuples(inner, inner)
    return st.one_of(
        st.builds("({0[0]} {1} {0[1]})".format, two, st.sampled_from(SIGNS)),
        st.builds("[{0[0]}, {0[1]}]".format, two),
        st.builds("[{0[0]}..{0[1]})".format, two),
        st.builds("for i in {0[0]} return {0[1]}".format, two),
        st.builds("({0[0]})[{0[1]}]".format, two),
        st.builds("some x in {0[0]} satisfies {0[1]}".format, two),
        st.builds("{{a: {0[0]}, c: {0[1]}}}".format, two),
        st.builds("(function(i) {0[0]})({0[1]})".format, two),
        st.builds("(function(f, x) f(f, {0[0]}))(function(f, x) {0[1]}, a)".format, two),
        st.builds("sort({0[0]}, function(x, i) {0[1]})".format, two),
        st.builds("if {0[0]} then {0[1]} else a".format, two),
        st.builds(
            "{1}({0})".format,
            inner,
            st.sampled_from(["sum", "string", "flatten", "abs", "duration", "floor"]),
        ),
        st.builds(
            "{1}({0[0]}, {0[1]})".format, two, st.sampled_from(["append", "modulo", "decimal", "concatenate"])
        ),
        st.builds("({0}).years".format, inner),
        st.builds("- {0}".format, inner),
    )


@calm
@given(st.recursive(st.sampled_from(LEAVES), grown))
def test_any_expression_that_is_grammatical(source):
    answered(source)


def reference(order, left, right):
    return {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
        "=": left == right,
    }[order]


@calm
@given(
    st.sampled_from(["<", "<=", ">", ">=", "="]),
    *[st.decimals(allow_nan=False, allow_infinity=False, places=2)] * 2,
)
def test_cells_compare_as_numbers_do(order, left, right):
    assert feel.compile_tests(f"{order} {right:f}").match(left).value is reference(order, left, right)


@calm
@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50), st.booleans(), st.booleans())
def test_ranges_hold_what_lies_between(value, low, high, closed_low, closed_high):
    source = f"{'[' if closed_low else '('}{low}..{high}{']' if closed_high else ')'}"
    inside = (low < value or (closed_low and low == value)) and (
        value < high or (closed_high and value == high)
    )
    assert feel.compile_tests(source).match(value).value is inside


THREE = st.sampled_from([True, False, None])
IN_FEEL = {True: "true", False: "false", None: "null"}


@calm
@given(st.lists(THREE, min_size=1, max_size=5))
def test_logic_is_that_of_kleene(truths):
    rank = {False: 0, None: 1, True: 2}
    texts = [IN_FEEL[truth] for truth in truths]
    assert feel.expression(" and ".join(texts)).evaluate({}).value is min(truths, key=rank.get)
    assert feel.expression(" or ".join(texts)).evaluate({}).value is max(truths, key=rank.get)


@calm
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_full_months_are_the_most_that_fit(start, end):
    start, end = sorted((start, end))
    months = months_between(start, end)
    assert add_months(start, months) <= end
    # a month without the day, such as February for the 31st, is not full before its next month
    assert add_months(start, months + 1) > end or start.day > end.day
    assert months_between(end, start) == -months


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9),
    st.text(max_size=10),
    st.dates(),
)


@calm
@given(
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    )
)
def test_a_value_equals_itself_when_it_comes_as_a_fact(given_value):
    assert feel.expression("x = y").evaluate({"x": given_value, "y": given_value}).value is True
    assert feel_value(feel_value(given_value)) == feel_value(given_value)


@calm
@given(
    st.one_of(
        st.dates(),
        st.integers(-(10**6), 10**6).map(Months),
        st.timedeltas(timedelta(days=-(10**6)), timedelta(days=10**6)),
        st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2100-01-01")).map(
            lambda moment: moment.replace(microsecond=0)
        ),
    )
)
def test_dates_and_durations_are_read_as_they_are_written(value):
    assert literal(text_of(value)) == value
