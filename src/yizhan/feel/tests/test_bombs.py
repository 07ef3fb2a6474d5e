"""Sources that would take the machine down: each ends within a second, with an answer or a clear fault."""

import time
from itertools import pairwise

import pytest

from yizhan import feel

DOUBLED = "abcdefghijklmnopqrstuvwxyz"


def doubling(first, step):
    """A context whose every entry is made of the one before."""
    entries = [
        f"a: {first}",
        *(f"{new}: {step.format(old)}" for old, new in pairwise(DOUBLED)),
    ]
    return f"{{{', '.join(entries)}}}"


NESTED = [
    "(" * 2000 + "1" + ")" * 2000,
    "[" * 4000,
    "{a:" * 1000 + "1" + "}" * 1000,
    "-" * 4000 + "1",
    "- " * 2000 + "1",
    "not(" * 800 + "true" + ")" * 800,
    "if true then " * 300 + "1",
    "+".join("1" * 2000),
    "a" + ".b" * 2000,
    "a" + "[1]" * 1300,
    "f" + "(1)" * 1300,
    "1 in " * 800 + "1",
    "function(x) " * 300 + "x",
    "for i in [1] return " * 200 + "i",
    "x instance of " + "list<" * 800 + "number" + ">" * 800,
    "/*" * 2000,
    "@" * 4000,
    '"' * 4000 + "x",
    "1 and " * 800 + "true",
    "..".join("1" * 2000),
    "a b " * 1000,
    "{" + "a:1," * 900 + "z:1}",
]
ENDLESS = [
    "for i in 1..999999999 return i",
    "for i in -999999999..999999999 return i",
    "count(for i in 1..100000000000000 return i)",
    "count(for i in 1..9999, j in 1..9999 return 1)",
    "some i in 1..9999, j in 1..9999 satisfies i + j < 0",
    "every i in 1..9999, j in 1..9999 satisfies i < 10000",
    'for d in @"-999999999-01-01"..@"999999999-12-31" return d',
    "for i in 1..9999 return for j in 1..9999 return [i, j]",
    "for i in 1..9999 return partial",
    "(for i in 1..9999 return i)[some j in 1..9999 satisfies j > item + 9999]",
    "sort(for i in 1..9999 return i, function(x, y) x > y)",
    "distinct values(for i in 1..9999 return i)",
    "(function(f) f(f))(function(f) f(f))",
    "(function(f, n) f(f, n + 1))(function(f, n) f(f, n + 1), 0)",
    "for i in 1..9999 return (function(f) f(f))(function(f) 1)",
    "flatten(for i in 1..999 return for j in 1..999 return [j])",
    "list replace(for i in 1..9999 return i, function(x, y) count(for j in 1..9999 return j) > 0, 1)",
]
GROWING = [
    doubling('"0123456789"', "{0} + {0}"),
    doubling("[1, 2]", "concatenate({0}, {0})"),
    doubling("[1, 2]", "[{0}, {0}]"),
    doubling("{x: 1}", "{{x: {0}, y: {0}}}"),
    f"string({doubling('[1, 2]', '[{0}, {0}]')})",
    f"({doubling('[1, 2]', '[{0}, {0}]')}).z = ({doubling('[1, 2]', '[{0}, {0}]')}).z",
    doubling('"aa"', 'replace({0}, "a", {0})'),
    doubling('"aa"', "string join(for i in 1..100 return {0})"),
    doubling("9", "{0} ** {0}"),
    doubling("1.0000001", "{0} * {0}"),
    doubling('@"P999999999D"', "{0} + {0}"),
    doubling('@"P999999999Y"', "{0} * 1000"),
    'for i in 1..60 return if i = 1 then "xxxxxxxxxxxxxxxx" else partial[-1] + partial[-1]',
]
NUMBERS = [
    "9 ** 9 ** 9 ** 9",
    "1.0000001 ** 1e30",
    "1.0000000000000000000000001 ** 1e6000",
    "0.5 ** 0.3333333333333333333333333333333333",
    "exp(1e6000)",
    "exp(-1e6000)",
    "exp(14000.5)",
    "log(1e-6000)",
    "sqrt(9.999999999999999999999999999999999e6144)",
    "modulo(1e6000, 3)",
    "decimal(1 / 3, 6176)",
    "round up(1e6144, -6111)",
    "string(1e6144) + string(1e-6143)",
    "number(string(1e6144))",
    "1e999999999999999999999999",
    "even(1e6144)",
    "odd(1e6144)",
    'substring("a", 1e6000)',
    "[1][1e6000]",
    "sublist([1], 1, 1e6000)",
    "for i in 1..1e6000 return i",
    "stddev(for i in 1..999 return 10 ** (6 * i))",
    "date(1e6000, 1, 1)",
    "time(1, 1, 1e6000)",
    '@"P1D" * 1e6000',
    '@"P1Y" / 1e-6000',
    '@"2026-01-01" + @"P999999999Y" + @"P999999999Y"',
]


@pytest.mark.parametrize("source", [*NESTED, *ENDLESS, *GROWING, *NUMBERS])
def test_a_bomb_ends_within_a_second(source):
    began = time.process_time()
    for compiler in (feel.expression, feel.compile_tests):
        try:
            outcome = compiler(source).evaluate({"a": {"b": 1}, "?": 1, "f": None, "x": 1})
        except feel.Fault as fault:
            assert len(fault.zh) < 6000
            assert fault.en
        else:
            assert len(feel.text_of(outcome.value)) <= 200_000
    assert time.process_time() - began < 1


@pytest.mark.parametrize("source", [*ENDLESS[:8], *GROWING[:3]])
def test_what_goes_too_far_says_so(source):
    with pytest.raises(feel.LimitFault):
        feel.expression(source).evaluate({})
