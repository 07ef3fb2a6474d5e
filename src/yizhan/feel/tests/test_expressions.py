"""What expressions mean, as people in packs will write them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from yizhan import feel
from yizhan.feel import Months, Range
from yizhan.feel.tests import asking

FACTS = {
    "age": 72,
    "name": "陈婆婆",
    "born": date(1954, 3, 1),
    "今天": date(2026, 11, 20),
    "unknown": None,
    "amounts": [100, 200, 50],
    "household": [{"name": "甲", "age": 81, "income": 1200}, {"name": "乙", "age": 12, "income": 0}],
}


def value(source, **facts):
    return asking.value(source, **{**FACTS, **facts})


def reasons(source, **facts):
    return asking.reasons(source, **{**FACTS, **facts})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 ** 3 ** 2", 64),
        ("-2 ** 2", 4),
        ("10 - 2 - 3", 5),
        ("0.1 + 0.2", Decimal("0.3")),
        ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
        ("1.2e3", 1200),
        (".5 + .5", 1),
        ("12345678901234567890 * 10000000000000", Decimal("12345678901234567890E13")),
    ],
)
def test_numbers_are_decimal_and_operators_bind_as_the_standard_says(source, expected):
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("true and unknown", None),
        ("false and unknown", False),
        ("true or unknown", True),
        ("false or unknown", None),
        ("not(unknown)", None),
        ("not(false)", True),
        ("unknown = null", True),
        ("age = null", False),
        ("unknown > 5", None),
        ("if unknown then 1 else 2", 2),
        ("all([true, null])", None),
        ("all([false, null])", False),
        ("any(null, true)", True),
        ("any([])", False),
        ("all([])", True),
    ],
)
def test_what_is_unknown_stays_unknown_unless_it_does_not_matter(source, expected):
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("years and months duration(born, 今天).years", 72),
        ('years and months duration(date("1954-11-21"), 今天).years', 71),
        ('years and months duration(date("1954-11-20"), 今天).years', 72),
        ("years and months duration(今天, born).years", -72),
        ('born + duration("P70Y") <= 今天', True),
        ('date("2024-02-29") + duration("P1Y")', date(2025, 2, 28)),
        ('date("2024-01-31") + @"P1M"', date(2024, 2, 29)),
        ("今天 - born", timedelta(days=26562)),
        ("(今天 - born).days", 26562),
        ('@"2026-11-20" = 今天', True),
        ("date(2026, 11, 20) = 今天", True),
        ("今天.weekday", 5),
        ("day of week(今天)", "Friday"),
        ('@"2026-11-20T09:30:00" + duration("PT15H")', datetime.fromisoformat("2026-11-21T00:30:00")),
        ('@"P1Y2M" * 2', Months(28)),
        ('duration("P1D") < duration("PT25H")', True),
        ('@"10:30:00" - @"09:00:00"', timedelta(minutes=90)),
        ('time("23:00:00") + duration("PT2H") = time("01:00:00")', True),
    ],
)
def test_dates_and_ages(source, expected):
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("household[age >= 80].name", ("甲",)),
        ("household[1].income", 1200),
        ("household[-1].name", "乙"),
        ("sum(household.income) / count(household)", 600),
        ("amounts[item > 60]", (100, 200)),
        ("amounts[count(amounts)]", 50),
        ("max(amounts) - min(amounts)", 150),
        ("sum(1, 2, 3)", 6),
        ("mean([1, 2])", Decimal("1.5")),
        ('sum([@"P1D", @"P2D"])', timedelta(days=3)),
        ("some p in household satisfies p.age < 18", True),
        ("every p in household satisfies p.age < 18", False),
        ("for p in household return p.age", (81, 12)),
        ("for i in 1..3, j in 1..i return i * j", (1, 2, 4, 3, 6, 9)),
        ("for i in 3..1 return i", (3, 2, 1)),
        ("for i in 1..5 return if i = 1 then 1 else i * partial[-1]", (1, 2, 6, 24, 120)),
        ("list contains(amounts, 50)", True),
        ("concatenate(amounts, [1])", (100, 200, 50, 1)),
        ("append([], 1, 2)", (1, 2)),
        ('distinct values([1, 2, 1, "1"])', (1, 2, "1")),
        ("flatten([1, [2, [3]]])", (1, 2, 3)),
        ("reverse([1, 2])", (2, 1)),
        ("index of([1, 2, 1], 1)", (1, 3)),
        ("{limit: 60, over: age - limit}.over", 12),
        ('get value({a: 1}, "a")', 1),
        ("get entries({a: 1})", ({"key": "a", "value": 1},)),
        ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
    ],
)
def test_lists_and_contexts(source, expected):
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('starts with(name, "陈")', True),
        ('ends with(name, "陈")', False),
        ('contains(name, "婆")', True),
        ("string length(name)", 3),
        ("substring(name, 2)", "婆婆"),
        ("substring(name, -1, 1)", "婆"),
        ("substring(start position: 1, length: 1, string: name)", "陈"),
        ('substring before("2026年", "年")', "2026"),
        ('substring after("粤A123", "粤")', "A123"),
        ('upper case("ab") + lower case("CD")', "ABcd"),
        ('string join(["甲", "乙"], "、")', "甲、乙"),
        ("string(1.50)", "1.5"),
        ('string(@"P1Y2M")', "P1Y2M"),
        ('string([1, "a", {b: null}])', '[1, "a", {b: null}]'),
        ('number("1,200.50", ",", ".")', Decimal("1200.50")),
        ('"\\u9648\\t\\"" + "\\uD83D\\uDE00"', '陈\t"😀'),
    ],
)
def test_texts(source, expected):
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("floor(-1.5)", -2),
        ("ceiling(-1.5)", -1),
        ("floor(12.36, 1)", Decimal("12.3")),
        ("decimal(2.5, 0)", 2),
        ("round half up(2.5, 0)", 3),
        ("round half down(2.5, 0)", 2),
        ("round up(1.01, 1)", Decimal("1.1")),
        ("round down(-1.09, 1)", Decimal("-1.0")),
        ("abs(-3)", 3),
        ("modulo(-5, 3)", 1),
        ("modulo(5, -3)", -1),
    ],
)
def test_rounding(source, expected):
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("age in [70..80)", True),
        ("age in (72..80)", False),
        ("age in (<18, >=70)", True),
        ("age in (60, 72)", True),
        ("age between 72 and 73 and true", True),
        ("6 in (>= 5)", True),
        ("[1..3[.end included", False),
        ("age instance of number", True),
        ("今天 instance of date and time", False),
        ("unknown instance of Any", False),
        ("[1..3]", Range(1, 3, low_closed=True, high_closed=True)),
    ],
)
def test_ranges_and_types(source, expected):
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("age + name", "数与文本不能用 +"),
        ("age > name", "数与文本不能比较大小"),
        ("age = name", "数与文本不能相比"),
        ("1 / 0", "结果无法表示（除以零、溢出或时区不同）"),
        ("0 ** -1", "结果无法表示（除以零、溢出或时区不同）"),
        ("10 ** 6000 * 10 ** 6000", "结果无法表示（除以零、溢出或时区不同）"),
        ("today", "没有名为 today 的事实"),
        ("unknown + 1", "缺少值，无法计算"),
        ("household[3]", "列表没有这个位置"),
        ("今天.hour", "日期没有 hour"),
        ('date("2026-02-30")', "date：日期应如 2026-11-20"),
        ("date(2026, 2, 30)", "date：没有这一天"),
        ("string length(5)", "string length：参数 string 应为文本"),
        ("floor()", "floor：参数的数目或名称不对"),
        ("-name", "文本不能取负"),
        ("age and true", "数不是真假"),
        ('date("999999999-12-31") + @"P1Y"', "结果无法表示（除以零、溢出或时区不同）"),
        ('@"09:00:00Z" < @"09:00:00"', "时间与时间不能比较大小"),
        ("sum([])", "sum：列表是空的"),
        ('sum("a")', "sum：只能求数或时长之和"),
        ("substring(name, 9)", "substring：起始位置或长度不对"),
        ('number("十")', "number：“十”不是数"),
        ("for i in 1..1.5 return i", "只能在整数、日期之间循环"),
    ],
)
def test_what_cannot_be_computed_is_null_and_says_why(source, reason):
    assert value(source) is None
    assert reason in reasons(source)


def test_a_reason_says_where_and_speaks_english_too():
    (reason,) = feel.expression("1 + (age + name)").evaluate(FACTS).reasons[:1]
    assert reason.position == len("1 + (age ")
    assert reason.en == "+ does not join a number and a string"


def test_an_expression_tells_which_facts_it_needs():
    asked = feel.expression(
        "for p in household, q in p.cars return p.age + q + 限额.year"
        " + count(list[flag and owner.name = x]) + {y: z, w: y}.w + partial[1]"
    )
    assert asked.names == {"household", "限额", "list", "z"}
    assert feel.expression("applicant.birth.year > 今天.year").paths == {"applicant.birth.year", "今天.year"}


def test_names_inside_a_filter_can_be_facts_too():
    assert value("amounts[item > floor_]", floor_=150) == (200,)


def test_comments_and_line_breaks_are_blank():
    assert value("age // of the applicant\n  >= /* limit\n */ 70") is True


def test_the_same_text_is_compiled_once():
    assert feel.expression("age >= 70") is feel.expression("age >= 70")
