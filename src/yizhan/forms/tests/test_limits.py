"""No form is endless, and no data is kept that the database would refuse."""

from __future__ import annotations

import math

import pytest

from yizhan.forms import limits


def deep(levels):
    data = {}
    for _level in range(levels):
        data = {"a": data}
    return data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "JSON 对象"),
        (None, "JSON 对象"),
        (deep(12), "嵌套超过 12 层"),
        (deep(50_000), "嵌套超过 12 层"),
        ({"a": list(range(2_001))}, "超过 2000 项"),
        ({"a": [{}] * 100_000}, "超过 2000 项"),
        ({"a": "长" * 700_000}, "超过 2 MB"),
        ({"a": "\0"}, "无法保存"),
        ({"a": "\ud800"}, "无法保存"),
        ({"\0": 1}, "无法保存"),
        ({1: 1}, "无法保存"),
        ({"a": math.nan}, "无法保存"),
        ({"a": math.inf}, "无法保存"),
        ({"a": object()}, "无法保存"),
    ],
)
def test_too_much_or_too_strange_is_said(data, words):
    fault = limits.look(data)
    assert fault is not None
    assert fault.path == ""
    assert words in fault.message


def test_an_ordinary_form_is_within(good):
    assert limits.look(good) is None
    assert limits.look({"a": ["x"] * 1_900, "b": deep(8)}) is None


def test_a_form_beyond_the_limits_is_told_so_and_looked_at_no_further(form):
    assert [fault.message for fault in form.validate({"remarks": "长" * 700_000})] == ["填写的内容超过 2 MB"]
