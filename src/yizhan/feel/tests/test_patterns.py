"""Regular expressions as XPath writes them: what they match, what is refused, and that none hangs."""

import time

import pytest

from yizhan import feel
from yizhan.feel.tests.asking import outcome, value


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "answer"),
    [
        ("foobar", "^fo*b", "", True),
        ("foobar", "^o", "", False),
        ("FOOBAR", "fo", "i", True),
        ("a\nb", "^b$", "m", True),
        ("a\nb", "^b$", "", False),
        ("a\nb", "a.b", "", False),
        ("a\nb", "a.b", "s", True),
        ("ab", "a b", "x", True),
        ("a.b", "a.b", "q", True),
        ("axb", "a.b", "q", False),
        ("abcz", "^[a-z-[aeiou]]+$", "", False),
        ("bcz", "^[a-z-[aeiou]]+$", "", True),
        ("bcz", "^[^aeiou-[z]]+$", "", False),
        ("440103", "^\\d{6}$", "", True),
        ("４４", "^\\d+$", "", True),
        ("_a-1", "^\\i\\c*$", "", True),
        ("1a", "^\\i", "", False),
        ("张三", "^\\p{Lo}+$", "", True),
        ("张三", "^\\p{IsCJKUnifiedIdeographs}+$", "", True),
        ("a张", "^\\P{IsBasicLatin}", "", False),
        ("张三", "^\\P{Lo}+$", "", False),
        ("a b", "^\\w+$", "", False),
        ("a-b", "^[\\w-]+$", "", True),
        ("", "^$", "", True),
        ("aXb", "[\\s\\S]X", "", True),
    ],
)
def test_a_pattern_matches_a_part(text, pattern, flags, answer):
    assert value("matches(t, p, f)", t=text, p=pattern, f=flags) is answer


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('replace("440199200001010014", "^(\\d{6})\\d+(\\d{4})$", "$1********$2")', "440199********0014"),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
        ('replace("ab", "(a)", "$12")', "a2b"),
        ('replace("a", "a", "\\$1")', "$1"),
        ('replace("a+b", "+", "$0", "q")', "a$0b"),
        ('split("a；b；；", "；")', '["a", "b", "", ""]'),
        ('split("", ";")', '[""]'),
        ('split(delimiter: "\\s+", string: "越秀 区")', '["越秀", "区"]'),
    ],
)
def test_parts_are_replaced_and_split(source, text):
    assert feel.text_of(value(source)) == text


@pytest.mark.parametrize(
    "call",
    [
        'matches("a", "[")',
        'matches("a", "a{")',
        'matches("a", "[b-a]")',
        'matches("a", "(a")',
        'matches("a", "*")',
        'matches("a", "\\y")',
        'matches("a", "\\p{Xx}")',
        'matches("a", "\\p{IsNowhere}")',
        'matches("aa", "(a)\\1")',
        'matches("a", "a", "z")',
        'matches("a", "(?=a)a")',
        'matches("a", "a{2000}")',
        'replace("a", "a*", "b")',
        'replace("a", "a", "$")',
        'replace("a", "a", "\\d")',
        'split("abc", "")',
        'split("abc")',
    ],
)
def test_what_is_no_pattern_is_null_with_a_reason(call):
    found = outcome(call)
    assert found.value is None
    assert found.reasons[0].zh
    assert found.reasons[0].en


@pytest.mark.parametrize(
    "pattern",
    ["(a*)*b", "(a|a)*b", "(a+)+$x", "(x+x+)+y", "(.*a){20}b", "((a{0,30}){0,30})b", "(.*)(.*)(.*)[0-9]{9}"],
)
def test_no_pattern_hangs(pattern):
    began = time.perf_counter()
    try:
        assert value("matches(t, p)", t="a" * 60_000, p=pattern) in {False, None}
    except feel.LimitFault as fault:
        assert "100000" in fault.zh
    assert time.perf_counter() - began < 1


def test_a_text_that_grows_beyond_its_limit_is_refused():
    with pytest.raises(feel.LimitFault):
        value('replace(replace(t, "a", r), "a", r)', t="a" * 100, r="a" * 600)


def test_half_a_character_is_no_text_to_search():
    assert outcome('matches(t, "a")', t="a\ud83d").reasons[0].zh == "matches：文本里有无效字符"
