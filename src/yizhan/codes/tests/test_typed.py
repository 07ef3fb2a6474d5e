"""Names as people see them."""

from __future__ import annotations

import pytest

from yizhan.codes.typed import shown


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王\u202e小\u2066明\u200b", "王小明"),
        ("\u202e\u200b\ufeff", ""),
        (" 张\t三\0 ", "张三"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("𠮷𬱖\U000e0100", "𠮷𬱖\U000e0100"),
    ],
)
def test_what_nobody_sees_is_no_part_of_a_name(typed, name):
    assert shown(typed) == name
