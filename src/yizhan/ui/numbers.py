"""How numbers, amounts and sizes are written 数字."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from yizhan.ui.dates import MISSING
from yizhan.ui.language import in_english, in_language

STEPS = {"zh": ((100_000_000, "亿"), (10_000, "万")), "en": ((1_000_000, "m"), (1_000, "k"))}
YUAN = ("{:,} 元", "¥{:,}")


def number(value: int | float | Decimal | None, places: int = 0) -> str:
    """With thousands separators: 1,286."""
    return MISSING if value is None else f"{_rounded(value, places):,}"


def compact(value: float | None) -> str:
    """Short, for tiles: 42.7万 from ten thousand on, or 427k from one thousand on in English."""
    if value is None:
        return MISSING
    for size, sign in STEPS["en" if in_english() else "zh"]:
        if abs(value) >= size:
            return f"{_rounded(value / size, 1):,}".removesuffix(".0") + sign
    return number(value)


def money(yuan: Decimal | int | None) -> str:
    """An amount in yuan, always with fen: 1,286.00 元, or ¥1,286.00."""
    if yuan is None:
        return MISSING
    return in_language(YUAN).format(_rounded(yuan, 2))


def percent(share: float | Decimal | None, places: int = 1) -> str:
    """A share between 0 and 1: 99.6%."""
    return MISSING if share is None else f"{_rounded(Decimal(str(share)) * 100, places)}%"


def file_size(count: int) -> str:
    """Bytes as people read them: 820 B, 12 KB, 1.2 MB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024**2:
        return f"{_rounded(count / 1024, 0)} KB"
    return f"{_rounded(count / 1024**2, 1)} MB"


def _rounded(value: float | Decimal, places: int) -> Decimal:
    """Half away from zero, as people reckon; floats are read as they are printed."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
