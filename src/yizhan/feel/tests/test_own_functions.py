"""Functions that packs write, names of several words, and types with their inner types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan import feel
from yizhan.feel import LimitFault, SyntaxFault
from yizhan.feel.tests.asking import reasons, value


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("(function(x, y) x - y)(5, 2)", "3"),
        ("(function(x, y) x - y)(y: 5, x: 2)", "-3"),
        ("(function(x) function(y) x + y)(1)(2)", "3"),
        ("{add: function(a, b) a + b, c: add(1, 2)}.c", "3"),
        ("{lib: {twice: function(n) 2 * n}, c: lib.twice(4)}.c", "8"),
        ("{rate: 3, f: function(n) n * rate, c: for rate in [10] return f(2)}.c[1]", "6"),
        ("(function(n: number) n + 1)([4])", "5"),
        ("(function(l: list<number>) count(l))(4)", "1"),
        ("(function() 7)()", "7"),
        ("sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"),
        ('sort([{a: 2, b: "x"}, {a: 1}, {a: 2, b: "y"}], function(x, y) x.a < y.a).a', "[1, 2, 2]"),
        ("sort(precedes: function(x, y) x < y, list: [2, 1])", "[1, 2]"),
        ("list replace([2, 4, 7], function(item, new) item < new, 5)", "[5, 5, 7]"),
        ("(function(f, x) f(x))(sqrt, 9)", "3"),
        ("{f: [function(x) x + 1][1], c: f(1)}.c", "2"),
        ("{monthly income: 100, yearly: monthly income * 12}.yearly", "1200"),
        ("{pre-tax rate: 2, net: 10 * pre-tax rate}.net", "20"),
        ("{a+b: 1, a: 5, b: 7, c: a+b}.c", "1"),
        ("{a+b: 1, a: 5, b: 7, c: b+a}.c", "12"),
        ("{step 2: 4, c: step 2 + 1}.c", "5"),
        ("{a: {last name: 5}, b: a.last name + 1}.b", "6"),
        ("for one member in [1, 2] return one member + 1", "[2, 3]"),
        ("(function(first number, b) first number / b)(6, 2)", "3"),
    ],
)
def test_a_function_of_the_packs_own_gives(source, same):
    assert value(source) == value(same) is not None


@pytest.mark.parametrize(
    ("source", "zh"),
    [
        ("(function(x) x)(1, 2)", "function：参数的数目或名称不对"),
        ("(function(x) x)(y: 1)", "function：参数的数目或名称不对"),
        ('(function(x: number) x)("a")', "function：参数 x 应为数"),
        ("{a: 1, b: a(2)}", "a：数不是函数，不能调用"),
        ("{a: 1, b: a(2)}.b", "a：数不是函数，不能调用"),
        ("sort([2, 1], function(x, y) x)", "sort：给出的函数应得出 true 或 false"),
        ("sort([2, 1], function(x) true)", "sort：参数的数目或名称不对"),
        ("list replace([1], function(x, y) null, 2)", "list replace：给出的函数应得出 true 或 false"),
    ],
)
def test_a_call_that_does_not_fit_is_null_with_a_reason(source, zh):
    assert zh in reasons(source)


@pytest.mark.parametrize(
    ("source", "position", "zh"),
    [
        ('function(x) external {java: {class: "a"}}', 12, "不能调用外部程序的函数"),
        ("function(x, x) x", 12, "参数 x 出现两次"),
        ("{f: function(n) f(n)}", 16, "没有函数 f"),
        ("{a+: 1", 6, "结尾处缺少 }"),
        ("{+a: 1}", 1, "此处不应出现 +"),
        ('{a "b": 1}', 1, "此处不应出现 a"),
        ("1(2)", 1, "此处不应出现 ("),
        ("function(1) 2", 9, "此处不应出现 1"),
        ("x instance of list<numbr>", 19, "没有类型 numbr，是否应为 number？"),
        ("x instance of context<number>", 22, "此处不应出现 number"),
        ("x instance of list<number", 25, "结尾处缺少 >"),
    ],
)
def test_what_is_no_function_and_no_type_is_refused_at_its_place(source, position, zh):
    with pytest.raises(SyntaxFault) as found:
        feel.expression(source)
    assert (found.value.position, found.value.zh) == (position, zh)


@pytest.mark.parametrize(
    "source",
    [
        "(function(f) f(f))(function(f) f(f))",
        "(function(f) f(f) + f(f))(function(f) f(f) + f(f))",
        "(function(f, n) f(f, n + 1))(function(f, n) [f(f, n + 1)], 0)",
        "sort(for i in 1..5000 return -i, function(x, y) sum(for n in 1..100 return n) > x)",
        "sort([1, 2], function(x, y) (function(f) f(f))(function(f) some n in [1] satisfies f(f)))",
    ],
)
def test_calls_without_an_end_come_to_one(source):
    with pytest.raises(LimitFault):
        value(source)


def test_a_function_that_is_handed_itself_may_count_down():
    countdown = "(function(f, n) f(f, n))(function(f, n) if n = 0 then 0 else n + f(f, n - 1), 5)"
    assert value(countdown) == 15


def test_facts_may_have_names_of_several_words_and_may_be_functions():
    known = ["Monthly Salary", "pre-tax rate", "add up", "plus"]
    facts = {"Monthly Salary": 100, "pre-tax rate": 2, "add up": value("function(a, b) a + b")}
    assert value("add up(Monthly Salary * 12, pre-tax rate)", known, **facts) == 1202
    assert feel.expression("plus(Monthly Salary)", frozenset(known)).names == {"plus", "Monthly Salary"}
    assert feel.compile_tests("> Monthly Salary", frozenset(known)).match(101, facts).value is True


def test_what_a_function_takes_from_outside_is_known():
    assert feel.expression("function(x) x + y").names == {"y"}
    assert feel.expression("sort(list, function(x, y) x.a < limit.b)").paths == {"list", "limit.b"}


def test_a_function_has_a_text_and_equals_only_itself():
    assert value("string(function(a, b) a)") == "function(a, b)"
    assert value("{f: function() 1, same: f = f, other: f = (function() 1)}")["same"] is True
    assert value("(function() 1) = (function() 1)") is False


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("[1, null] instance of list<number>", True),
        ("[[1], []] instance of list<list<number>>", True),
        ("1 instance of list<Any>", False),
        ('{a: "x", b: 1} instance of context<a: string>', True),
        ("{a: 1} instance of context<a: string>", False),
        ("{} instance of context<a: string>", False),
        ("{a: {b: 1}} instance of context<a: context<b: number>>", True),
        ("[1..3] instance of range<number>", True),
        ("[1..3] instance of range<string>", False),
        ("(function(a) a) instance of function<number> -> Any", True),
        ("(function(a) a) instance of function<> -> Any", False),
        ("(function(a) a) instance of function", True),
        ("null instance of list<Any>", False),
        ("null instance of null", True),
    ],
)
def test_types_have_inner_types(source, answer):
    assert value(source) is answer


@given(st.lists(st.integers(-50, 50), max_size=30))
def test_sorting_by_a_function_is_sorting(numbers):
    assert list(value("sort(list, function(x, y) x < y)", list=numbers)) == sorted(numbers)
