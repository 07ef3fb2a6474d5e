"""Corners of the standard: ranges of one value, names with signs, and what means nothing."""

import pytest

from yizhan import feel
from yizhan.feel.tests.asking import outcome, reasons, value

TYPES = feel.NamedTypes(
    {
        "tPerson": feel.Type(
            "context", (feel.Type("string"), feel.Type("number")), ("name", "age"), is_plain=False
        ),
        "t person list": feel.Type("list", (feel.Type("number"),), is_plain=False),
    }
)


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("(=10) = (=10)", True),
        ("(=10) = [10..10]", False),
        ("(!=10) = (!=10)", True),
        ("(!=10) = (=10)", False),
        ("10 in (=10)", True),
        ("(=10).end included", True),
        ("(!=10).start included", False),
        ("9 in (!=10)", True),
        ("10 in [(!=10)]", False),
        ("floor(1.5, 0) = 1 and floor(n: 1.5) = 1", True),
        ("floor(1.5, null)", None),
        ("ceiling(n: 1.5, scale: null)", None),
        ("is(value1: 1)", False),
        ("is(value2: null)", True),
        ("is(1)", None),
    ],
)
def test_the_standard_says(source, answer):
    assert value(source) is answer


def test_a_range_of_one_value_is_written_as_it_was_read():
    assert feel.text_of(value('[(=10), (!= "a")]')) == '[(= 10), (!= "a")]'


def test_names_hold_signs_and_pictures():
    facts = {"Teacher's mark": 90, "pre-tax rate": 3, "🐎": 7, "a·b": 1}
    assert value("Teacher's mark + pre-tax rate + 🐎 + a·b", facts, **facts) == 101
    assert value("{a.b: 1, it's: 2, sum: a.b + it's}.sum") == 3
    assert value("function(x-y: number) x-y + 1")
    assert value("(function(x-y: number) x-y + 1)(x-y: 2)") == 3
    assert feel.text_of(value("for pre-tax in [1, 2] return pre-tax * 2")) == "[2, 4]"


def test_texts_between_single_marks_are_advised_against():
    with pytest.raises(feel.SyntaxFault, match="双引号"):
        feel.expression("'a'")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("unheard things(1, 2)", "没有函数 unheard things"),
        ("unheard(1)", "没有函数 unheard"),
        ("{a: 1, a: 2}", "键 a 出现两次"),
        ('@"2026-13-01"', "“2026-13-01”不是日期、时间或时长，应如 2026-11-20、P1Y6M"),
        ("1 instance of tUnheard", "没有类型 tUnheard"),
    ],
)
def test_what_means_nothing_is_refused_or_null(source, reason):
    with pytest.raises(feel.SyntaxFault, match=reason[:5]):
        feel.expression(source)
    found = feel.expression(source, lenient=True).evaluate({})
    assert found.value is None
    assert [one.zh for one in found.reasons] == [reason]
    assert feel.expression(f"[{source}, 1][2]", lenient=True).evaluate({}).value == 1


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ('{name: "a", age: 1} instance of tPerson', True),
        ('{name: "a", age: 1, more: 2} instance of tPerson', True),
        ('{name: "a"} instance of tPerson', False),
        ('{name: "a", age: "b"} instance of tPerson', False),
        ("[1, 2] instance of t person list", True),
        ('[1, "a"] instance of t person list', False),
        ('[{name: "a", age: 1}] instance of list<tPerson>', True),
    ],
)
def test_types_of_a_model_are_known_to_instance_of(source, answer):
    assert feel.expression(source, types=TYPES).evaluate({}).value is answer


def test_a_day_stands_for_its_midnight_where_a_moment_is_wanted():
    assert feel.text_of(value('date and time(@"2026-11-20", @"08:00:00")')) == "2026-11-20T08:00:00"
    assert feel.text_of(value('date and time(date and time(@"2026-11-20"), "Asia/Shanghai")')) == (
        "2026-11-20T08:00:00@Asia/Shanghai"
    )
    assert reasons("time(5)") == ["time：参数 from 应为文本"] or outcome("time(5)").value is None
