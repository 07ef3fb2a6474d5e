"""Texts that are no FEEL are refused with the place and, where one is near, the right word."""

import pytest

from yizhan import feel
from yizhan.feel import LimitFault, Limits, SyntaxFault, ValueFault


def fault(source):
    with pytest.raises(SyntaxFault) as found:
        feel.expression(source)
    return found.value


@pytest.mark.parametrize(
    ("source", "position", "zh"),
    [
        ("", 0, "表达式未写完"),
        ("1 +", 3, "表达式未写完"),
        ("age ＞ 70", 4, "“＞”是全角符号，请改用半角 >"),
        ("“a”", 0, '““”是全角符号，请改用半角 "'),
        ("max(1, 2", 8, "结尾处缺少 )"),
        ("max(1,)", 6, "此处不应出现 )"),
        ("strings with(1)", 0, "没有函数 strings with，是否应为 starts with？"),
        ("flor(1)", 0, "没有函数 flor，是否应为 floor？"),
        ("1 < 2 < 3", 6, "比较不能连写，请用 x in [a..b]"),
        ("'a'", 0, "文本请用双引号"),
        ("a && b", 2, "请用 and、or、not(…)"),
        ('"abc', 0, "文本缺少右引号"),
        ('"a\\u0000"', 0, "文本里有无效字符"),
        ('"\\ud800"', 0, "文本里有无效字符"),
        ("if a then b", 11, "结尾处缺少 else"),
        ('@"2026-13-01"', 1, "“2026-13-01”不是日期、时间或时长，应如 2026-11-20、P1Y6M"),
        ("{a: 1, a: 2}", 7, "键 a 出现两次"),
        ('substring(string: "a", 1)', 23, "参数要么都写名称，要么都不写"),
        ("1e9999", 0, "数过大"),
        ("70岁", 0, "名称不能以数字开头"),
        ("x in (1) * 3", 9, "in 之后的值请加括号"),
        ("x instance of numbr", 14, "没有类型 numbr，是否应为 number？"),
        ("a b", 2, "此处不应出现 b"),
        ("/* a", 0, "此处不应出现 /"),
    ],
)
def test_where_and_what(source, position, zh):
    found = fault(source)
    assert found.zh.startswith(zh)
    assert found.position == position
    assert found.said("en") == found.en != found.zh


def test_the_mark_stands_under_the_place_even_behind_chinese():
    found = fault("true and\n年龄 ＞ 70")
    assert (found.line, found.column) == (2, 4)
    assert found.caret == "年龄 ＞ 70\n　　 ^"
    assert found.caret in str(found)


@pytest.mark.parametrize(
    "source",
    [
        "1+" * 3000 + "1",
        "(" * 200 + "1" + ")" * 200,
        "-" * 500 + "1",
        "1" + "+1" * 500,
        "a" + ".b" * 500,
        "[" * 300,
        "if true then 1 else " * 120 + "1",
        "not(" * 150 + "true" + ")" * 150,
        "x in (" * 100 + "1" + ")" * 100,
        "for " + ", ".join(f"x{n} in [1]" for n in range(11)) + " return 1",
    ],
)
def test_what_is_too_long_or_too_deep_is_refused_before_it_runs(source):
    assert fault(source).zh


@pytest.mark.parametrize(
    "source",
    [
        "string({deep}[-1])",
        "{{a: {deep}[-1], same: a = a}}.same",
        "{deep}",
        "flatten({deep}[-1])",
        "for i in 1..400 return {{a: partial[-1]}}",
        "for i in 1..400 return [partial[-1], partial[-1]]",
    ],
)
def test_values_that_nest_ever_deeper_end_at_a_limit(source):
    deep = "(for i in 1..400 return [partial[-1]])"
    with pytest.raises(LimitFault):
        feel.expression(source.format(deep=deep)).evaluate({})


def test_a_long_list_of_alternatives_is_fine():
    source = " or ".join(f'code = "{n:04}"' for n in range(200))
    assert feel.expression(source).evaluate({"code": "0199"}).value is True


@pytest.mark.parametrize(
    "source",
    [
        "for i in 1..1000000 return i",
        "for a in 1..100, b in 1..100, c in 1..100 return a",
        "count(for a in 1..400 return for b in 1..400 return b)",
        "{a: [1, 1]"
        + "".join(f", {chr(98 + n)}: concatenate({chr(97 + n)}, {chr(97 + n)})" for n in range(24))
        + "}",
        "{a: [1, 1]" + "".join(f", {chr(98 + n)}: [{chr(97 + n)}, {chr(97 + n)}]" for n in range(24)) + "}",
        "string({a: [1, 1]"
        + "".join(f", {chr(98 + n)}: [{chr(97 + n)}, {chr(97 + n)}]" for n in range(24))
        + "})",
        '{a: "aaaaaaaaaa"'
        + "".join(f", {chr(98 + n)}: {chr(97 + n)} + {chr(97 + n)}" for n in range(24))
        + "}",
        "some i in 1..100000000 satisfies i < 0",
    ],
)
def test_what_grows_without_end_is_stopped(source):
    with pytest.raises(LimitFault):
        feel.expression(source).evaluate({})


def test_limits_can_be_narrower():
    asked = feel.expression("for i in 1..100 return i")
    assert len(asked.evaluate({}).value) == 100
    with pytest.raises(LimitFault, match="50"):
        asked.evaluate({}, limits=Limits(steps=50))


@pytest.mark.parametrize("given", [float("nan"), float("inf"), object(), {1, 2}, b"bytes"])
def test_facts_that_feel_does_not_know_are_refused(given):
    with pytest.raises(ValueFault):
        feel.expression("x").evaluate({"x": given})


def test_a_fact_that_is_not_asked_for_is_not_looked_at():
    assert feel.expression("x").evaluate({"x": 1, "y": object()}).value == 1


def test_facts_nested_too_deeply_are_refused():
    given = []
    for _ in range(40):
        given = [given]
    with pytest.raises(ValueFault):
        feel.expression("x").evaluate({"x": given})


def test_nothing_of_python_can_be_reached():
    for source in ("x.__class__", "x.__class__()", "x.upper()", "[1].count(1)", "(abs).invoke(1)"):
        assert feel.expression(source).evaluate({"x": "text"}).value in (None, (None,))
    for source in ('__import__("os")', 'eval("1")', "lambda: 1"):
        assert fault(source)


def test_of_a_long_line_only_what_stands_around_the_place_is_shown():
    text = fault("(" * 1500 + "1" + ")" * 1500).caret
    assert max(map(len, text.split("\n"))) <= 122
    short = fault("1 +" + " " * 300 + ")").caret.split("\n")
    assert short[0].startswith("…")
    assert short[0][short[1].index("^")] == ")"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("count(for a in 1..1000, b in 1..1000, c in 1..1000 return a) > 1", "步数"),
        ("{f: function(g, x) g(g, x), r: f(f, 1)}.r = 1", "过深"),
        ('string length({a: "xxxxxxxxxx"' + "".join(f", {chr(98 + i)}: {chr(97 + i)} + {chr(97 + i)}" for i in range(24))
         + "}.y)", "文本超过"),
    ],
)  # fmt: skip
def test_what_never_comes_to_an_end_is_found_without_any_facts(source, words):
    found = feel.endless(feel.expression(source))
    assert found is not None
    assert words in found.zh


def test_what_only_waits_for_facts_comes_to_an_end():
    assert feel.endless(feel.expression("some m in members satisfies m.age < 18")) is None
