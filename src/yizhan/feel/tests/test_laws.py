"""Laws of the language: three-valued logic, order, arithmetic, and values that are read as they are written."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan import feel
from yizhan.feel.tests.asking import value

TRUTHS = (True, False, None)
NUMBERS = st.decimals(Decimal("-1e9"), Decimal("1e9"), places=4)
DAYS = st.dates()
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
LENGTHS = st.timedeltas(timedelta(days=-9999), timedelta(days=9999))
MONTHS = st.integers(-99_999, 99_999).map(feel.Months)
ORDERED = st.one_of(
    st.tuples(NUMBERS, NUMBERS, NUMBERS),
    st.tuples(DAYS, DAYS, DAYS),
    st.tuples(TEXTS, TEXTS, TEXTS),
    st.tuples(LENGTHS, LENGTHS, LENGTHS),
    st.tuples(MONTHS, MONTHS, MONTHS),
)
calm = settings(max_examples=150, deadline=None, database=None)


def asked(source, **facts):
    return value(source, **facts)


@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
@pytest.mark.parametrize("c", TRUTHS)
def test_three_valued_logic_has_its_laws(a, b, c):
    facts = {"a": a, "b": b, "c": c}
    for one, other in [
        ("a and b", "b and a"),
        ("a or b", "b or a"),
        ("(a and b) and c", "a and (b and c)"),
        ("(a or b) or c", "a or (b or c)"),
        ("a and (b or c)", "(a and b) or (a and c)"),
        ("a or (b and c)", "(a or b) and (a or c)"),
        ("not(a and b)", "not(a) or not(b)"),
        ("not(a or b)", "not(a) and not(b)"),
        ("not(not(a))", "a"),
        ("a and a", "a"),
        ("a or (a and b)", "a"),
        ("all([a, b, c])", "a and b and c"),
        ("any([a, b, c])", "a or b or c"),
        ("every x in [a, b, c] satisfies x", "a and b and c"),
        ("some x in [a, b, c] satisfies x", "a or b or c"),
    ]:
        assert asked(one, **facts) is asked(other, **facts), (one, other)


@calm
@given(ORDERED)
def test_an_order_is_total_within_a_type(three):
    facts = dict(zip("abc", three, strict=True))
    assert [asked(f"a {sign} b", **facts) for sign in ("<", "=", ">")].count(True) == 1
    assert asked("a <= b", **facts) is asked("not(a > b)", **facts)
    assert asked("a != b", **facts) is asked("not(a = b)", **facts)
    assert asked("a < b", **facts) is asked("b > a", **facts)
    if asked("a <= b and b <= c", **facts):
        assert asked("a <= c", **facts) is True
        assert asked("b in [a..c]", **facts) is True
        assert asked("b between a and c", **facts) is True
    assert (
        asked(
            "[min(a, b, c), max(a, b, c)] = [sort([a, b, c], function(x, y) x < y)[1], sort([a, b, c], "
            "function(x, y) x < y)[3]]",
            **facts,
        )
        is True
    )


@calm
@given(NUMBERS, NUMBERS, NUMBERS)
def test_numbers_are_exact_decimals(a, b, c):
    facts = {"a": a, "b": b, "c": c}
    assert asked("a + b", **facts) == a + b
    assert asked("a * b", **facts) == a * b
    assert asked("(a + b) + c = a + (b + c) and a * (b + c) = a * b + a * c", **facts) is True
    assert asked("a - b + b = a and -(-a) = a", **facts) is True
    assert asked("floor(a) <= a and a < floor(a) + 1 and ceiling(a) = -floor(-a)", **facts) is True
    if b:
        assert asked("b * floor(a / b) + modulo(a, b) = a", **facts) is True


@calm
@given(st.recursive(NUMBERS | DAYS | MONTHS | LENGTHS | st.booleans() | st.none(), st.lists, max_leaves=8))
def test_a_value_is_read_as_it_is_written(given_value):
    """Numbers, truths and lists are written as sources; days and durations stand between @"…"."""
    wanted = feel.feel_value(given_value)
    assert feel.expression(source_of(wanted)).evaluate({}).value == wanted


def source_of(known):
    if isinstance(known, tuple):
        return f"[{', '.join(map(source_of, known))}]"
    if isinstance(known, date | timedelta | feel.Months):
        return f'@"{feel.text_of(known)}"'
    return feel.text_of(known)


@calm
@given(TEXTS, TEXTS)
def test_texts_are_cut_and_joined_without_loss(one, other):
    facts = {"one": one, "other": other}
    assert asked("one + other", **facts) == one + other
    assert asked("string length(one + other) = string length(one) + string length(other)", **facts) is True
    assert asked("starts with(one + other, one) and ends with(one + other, other)", **facts) is True
    assert asked("contains(one + other, other)", **facts) is True
    assert asked('string join(split(one, ";"), ";") = one', **facts) is True


@calm
@given(DAYS, MONTHS)
def test_months_are_added_as_the_calendar_has_them(day, months):
    moved = value("day + months", day=day, months=months)
    back = value("years and months duration(day, moved)", day=day, moved=moved)
    assert abs(back.count - months.count) <= 1
    assert value("moved.day <= day.day", day=day, moved=moved) is True
