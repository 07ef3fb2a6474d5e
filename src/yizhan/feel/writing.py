"""Values as people read them 值的写法."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from yizhan.feel import eras
from yizhan.feel.eras import Day, FarDate, FarMoment, Moment
from yizhan.feel.values import Function, Months, Range, Value
from yizhan.feel.zones import name_of


def text_of(value: Value) -> str:
    """A value as people read it and as FEEL's ``string()`` gives it; ``null`` for no value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Months):
        return _months_text(value)
    if isinstance(value, timedelta):
        return _duration_text(value)
    if isinstance(value, date | time | FarDate | FarMoment):
        return _calendar_text(value)
    return _nested_text(value)


def number_text(number: Decimal) -> str:
    """A number in plain digits without idle zeros: ``1.50`` is ``1.5``, ``1E+2`` is ``100``."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _nested_text(value: tuple[Value, ...] | dict[str, Value] | Range | Function) -> str:
    if isinstance(value, Function):
        return f"{value.name}({', '.join(value.parameters)})"
    if isinstance(value, tuple):
        return f"[{', '.join(_quoted(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_quoted(item)}' for key, item in value.items())}}}"
    if value.sign:
        return f"({value.sign} {_quoted(value.low)})"
    low, high = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
    if value.low is None or value.high is None:
        sign = ">" if value.high is None else "<"
        closed = value.low_closed if value.high is None else value.high_closed
        return f"({sign}{'=' if closed else ''} {_quoted(value.low if value.high is None else value.high)})"
    return f"{low}{_quoted(value.low)}..{_quoted(value.high)}{high}"


def _calendar_text(value: Day | Moment | time) -> str:
    near = value if isinstance(value, time) else eras.near(value)
    zone = name_of(near.tzinfo) if isinstance(near, datetime | time) else None
    text = near.isoformat() if isinstance(value, time) else eras.text_of(value)
    if zone and isinstance(near, datetime | time):
        clock = near.replace(tzinfo=None).isoformat()
        return f"{text[: len(text) - len(near.isoformat()) + len(clock)]}@{zone}"
    return text.replace("+00:00", "Z")


def _quoted(value: Value) -> str:
    return f'"{value}"' if isinstance(value, str) else text_of(value)


def _months_text(value: Months) -> str:
    sign, count = "-" if value.count < 0 else "", abs(value.count)
    years, months = divmod(count, 12)
    return f"{sign}P{f'{years}Y' if years else ''}{f'{months}M' if months or not years else ''}"


def _duration_text(value: timedelta) -> str:
    sign, value = ("-", -value) if value < timedelta() else ("", value)
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{value.microseconds:06}".rstrip("0") if value.microseconds else ""
    parts = [f"{hours}H" if hours else "", f"{minutes}M" if minutes else ""]
    parts.append(f"{seconds}{fraction}S" if seconds or fraction else "")
    clock = "".join(parts)
    days = f"{value.days}D" if value.days else ""
    return f"{sign}P{days}{f'T{clock}' if clock else ''}" if days or clock else "PT0S"
