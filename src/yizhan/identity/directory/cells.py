"""What a cell may hold, and what it means then."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from yizhan.codes import uscc
from yizhan.identity import phone as numbers
from yizhan.identity.directory.report import Words
from yizhan.identity.faults import Refused


class CellRefused(Exception):
    """A cell holds what it must not; ``words`` say why."""

    def __init__(self, words: Words) -> None:
        self.words = words


def text(most: int) -> Callable[[str], str]:
    """A text of at most so many characters."""

    def read(cell: str) -> str:
        if len(cell) > most:
            raise CellRefused(Words.of(gettext_lazy("超过 %(n)s 个字"), n=most))
        return cell

    return read


def matching(pattern: str, why: Promise) -> Callable[[str], str]:
    """A text of a certain form."""

    def read(cell: str) -> str:
        if cell and re.fullmatch(pattern, cell) is None:
            raise CellRefused(Words.of(why))
        return cell

    return read


def one_of(choices: type[TextChoices]) -> Callable[[str], str]:
    """One of some choices, by its code or by its heading in either language."""

    def read(cell: str) -> str:
        known: dict[str, str] = {}
        for language in ("zh-hans", "en"):
            with override(language):
                known |= {str(label).lower(): code for code, label in choices.choices}
        known |= {code: code for code in choices.values}
        if cell and cell.lower() not in known:
            raise CellRefused(
                Words.of(gettext_lazy("应为其中之一：%(codes)s"), codes=", ".join(choices.values))
            )
        return known[cell.lower()] if cell else ""

    return read


def day(cell: str) -> date | None:
    """A date as 2026-11-20, 2026/11/20 or 20261120."""
    if not cell:
        return None
    parts = re.fullmatch(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})", cell)
    try:
        return date(*(int(part) for part in parts.groups())) if parts else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise CellRefused(Words.of(gettext_lazy("不是有效日期，请写成 2026-11-20")))


def whole_number(cell: str) -> int:
    """A whole number; nothing is 0."""
    if not cell:
        return 0
    if re.fullmatch(r"-?\d{1,9}", cell) is None:
        raise CellRefused(Words.of(gettext_lazy("应为整数")))
    return int(cell)


def yes_or_no(cell: str) -> bool:
    """是 or 否, in the usual ways of writing it; nothing is no."""
    yes, no = Words.of(gettext_lazy("是")), Words.of(gettext_lazy("否"))
    if cell.lower() in {yes.zh, yes.en, "y", "1", "true"}:
        return True
    if cell.lower() in {no.zh, no.en, "n", "0", "false", ""}:
        return False
    raise CellRefused(Words.of(gettext_lazy("应为“是”或“否”")))


def social_credit_code(cell: str) -> str:
    """A unified social credit code with the right checks, or nothing."""
    if not cell:
        return ""
    found = uscc.read(cell)
    if not found.ok:
        raise CellRefused(Words.of(gettext_lazy("统一社会信用代码不正确，请对照证照核对")))
    return found.code


def phone(cell: str) -> str:
    """A phone number in its one form, or nothing."""
    try:
        return numbers.normal(cell) if cell else ""
    except Refused as refused:
        raise CellRefused(Words.of(gettext_lazy("手机号不正确"))) from refused


def email(cell: str) -> str:
    """An address of e-mail, or nothing."""
    try:
        if cell:
            validate_email(cell)
    except ValidationError as fault:
        raise CellRefused(Words.of(gettext_lazy("电子邮箱地址不正确"))) from fault
    return cell
