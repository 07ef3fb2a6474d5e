"""Answers to what an action asks 填写内容: read, checked and made plain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from yizhan.workflow.facts import plain, typed
from yizhan.workflow.processes.parts import Ask
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.words import Words

LONGEST_TEXT = 4000
MOST_FILES = 20
_MOST_MONEY = Decimal("1e12")


def read_answers(asks: Iterable[Ask], given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as JSON, empty ones left out.

    Raises:
        NotPossible: ``answers_wrong``, with every wrong answer and why.
    """
    asked = {ask.key: ask for ask in asks}
    wrong = {key: Words(zh="没有这一项", en="this is not asked") for key in given.keys() - asked.keys()}
    read: dict[str, Any] = {}
    for key, ask in asked.items():
        value = given.get(key)
        if value is None or value in ("", []):
            if ask.required:
                wrong[key] = Words(zh=f"请填写{ask.title.zh}", en=f"{ask.title.en} is required")
            continue
        read[key], problem = _read(ask, value)
        if problem:
            wrong[key] = problem
    if wrong:
        message = "填写内容有误，请更正后重新提交", "some answers are wrong; correct them and submit again"
        raise NotPossible("answers_wrong", *message, answers=wrong)
    return read


def _read(ask: Ask, value: Any) -> tuple[Any, Words | None]:
    if ask.kind == "money":
        return _money(value)
    if ask.kind == "date":
        day, problem = typed(value, "date")
        return plain(day), Words(
            zh="日期应如 2026-11-20", en="a date looks like 2026-11-20"
        ) if problem else None
    if ask.kind == "file":
        return _files(value)
    if not isinstance(value, str):
        return None, Words(zh="应为文本", en="a text is expected")
    if ask.kind == "choice" and value not in {choice.value for choice in ask.choices}:
        return None, Words(zh="请从选项中选择", en="choose one of the options")
    if "\0" in value:
        return None, Words(zh="含有无效字符", en="it holds an invalid character")
    if len(value) > LONGEST_TEXT:
        return None, Words(zh=f"超过 {LONGEST_TEXT} 字", en=f"longer than {LONGEST_TEXT} characters")
    return value, None


def _files(value: Any) -> tuple[Any, Words | None]:
    """The keys of stored files, as whoever keeps files gave them."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None, Words(zh="应为文件", en="files are expected")
    if len(value) > MOST_FILES:
        return None, Words(zh=f"最多 {MOST_FILES} 个文件", en=f"at most {MOST_FILES} files")
    return list(value), None


def _money(value: Any) -> tuple[Any, Words | None]:
    """An amount of yuan with at most two decimals, never negative."""
    amount, problem = typed(value, "number")
    sane = isinstance(amount, Decimal) and 0 <= amount < _MOST_MONEY and amount == round(amount, 2)
    if problem or not sane:
        return None, Words(
            zh="金额应为不小于零的数，最多两位小数", en="an amount from zero with at most two decimals"
        )
    return plain(amount), None
