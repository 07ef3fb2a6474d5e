from decimal import Decimal

import pytest
from django.utils.translation import override

from yizhan.ui import numbers


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (986, "986", "986"),
        (1286, "1,286", "1.3k"),
        (427_000, "42.7万", "427k"),
        (230_000_000, "2.3亿", "230m"),
    ],
)
def test_tiles_shorten_numbers_as_each_language_counts(value, chinese, english):
    with override("zh-hans"):
        assert numbers.compact(value) == chinese
    with override("en"):
        assert numbers.compact(value) == english


def test_money_always_shows_the_fen():
    with override("zh-hans"):
        assert numbers.money(Decimal("1286")) == "1,286.00 元"
    with override("en"):
        assert numbers.money(Decimal("0.5")) == "¥0.50"


def test_halves_go_up_as_people_reckon():
    assert numbers.number(2.5) == "3"
    assert numbers.number(1.005, places=2) == "1.01"
    assert numbers.percent(0.9955) == "99.6%"


def test_sizes_of_files():
    assert numbers.file_size(820) == "820 B"
    assert numbers.file_size(128_000) == "125 KB"
    assert numbers.file_size(1_300_000) == "1.2 MB"


def test_what_is_not_known_is_a_dash():
    assert {f(None) for f in (numbers.number, numbers.compact, numbers.money, numbers.percent)} == {"—"}
