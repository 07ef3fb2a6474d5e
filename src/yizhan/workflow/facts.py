"""Facts 事实: typed values that decisions and conditions stand on, whoever gathered them.

Facts come from forms and registers as JSON or Python values. A declared type makes them FEEL's: a text
``2026-11-20`` becomes a date, ``"1200.50"`` a number. What does not fit is unknown, with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from yizhan import feel
from yizhan.workflow.words import Words

FactType: TypeAlias = Literal[
    "string", "number", "integer", "boolean", "date", "date_time", "duration", "list", "context", "any"
]
TITLES: dict[FactType, Words] = {
    "string": Words(zh="文本", en="text"),
    "number": Words(zh="数", en="number"),
    "integer": Words(zh="整数", en="whole number"),
    "boolean": Words(zh="是或否", en="yes or no"),
    "date": Words(zh="日期", en="date"),
    "date_time": Words(zh="日期时间", en="date and time"),
    "duration": Words(zh="时长", en="duration"),
    "list": Words(zh="列表", en="list"),
    "context": Words(zh="对象", en="object"),
    "any": Words(zh="任意值", en="any value"),
}


def typed(value: Any, wanted: FactType) -> tuple[feel.Value, Words | None]:
    """A value as its declared type, or null and why it does not fit; null itself always fits."""
    try:
        known = feel.feel_value(value)
    except feel.ValueFault as fault:
        return None, Words.of(fault)
    if known is None:
        return None, None
    found = _READERS[wanted](known)
    if found is None:
        title = TITLES[wanted]
        return None, Words(zh=f"值不是{title.zh}", en=f"the value is no {title.en}")
    return found, None


def fits(value: feel.Value, wanted: FactType) -> bool:
    """Whether a value has a type already, without any reading."""
    return value is None or _READERS[wanted](value) == value


def plain(value: feel.Value) -> Any:
    """A value as JSON can keep it: dates, durations and fractions as text, which ``typed`` reads again."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() and abs(value) < 2**53
        return int(value) if whole else feel.text_of(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return feel.text_of(value)


def _reader(kind: type) -> Callable[[feel.Value], feel.Value]:
    return lambda value: value if type(value) is kind else None


def _number(value: feel.Value) -> Decimal | None:
    if isinstance(value, str):
        value = feel.expression("number(text)").run({"text": value}).value
    return value if isinstance(value, Decimal) else None


def _integer(value: feel.Value) -> Decimal | None:
    number = _number(value)
    return number if number is not None and number == number.to_integral_value() else None


def _literal(*kinds: type) -> Callable[[feel.Value], feel.Value]:
    def read(value: feel.Value) -> feel.Value:
        found = feel.literal(value) if isinstance(value, str) else value
        return found if type(found) in kinds else None

    return read


_READERS: Mapping[FactType, Callable[[feel.Value], feel.Value]] = {
    "string": _reader(str),
    "number": _number,
    "integer": _integer,
    "boolean": _reader(bool),
    "date": _literal(date),
    "date_time": _literal(datetime),
    "duration": _literal(feel.Months, timedelta),
    "list": _reader(tuple),
    "context": _reader(dict),
    "any": lambda value: value,
}
