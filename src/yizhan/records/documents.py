"""Definitions of papers 文书模板: ``documents/<key>.yaml`` beside ``documents/<key>.typ`` in a pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, field_validator, model_validator

from yizhan.records.models import Paper
from yizhan.releases.words import Basis, Key, Shape, Text

LONGEST_TEXT = 4000
MOST_ROWS = 500
ENGLISH = "en"
"""Where a paper in both languages keeps the English among its data."""
_SLOT = re.compile(r"\{([^{}]*)\}")


class WrongData(ValueError):
    """A paper was asked for with data that its definition does not allow; all faults at once."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(_("文书数据有误：%(faults)s") % {"faults": _("；").join(faults)})


@dataclass(frozen=True)
class English:
    """What a paper says in English beneath the Chinese: the same data, and the issuer's name."""

    data: Mapping[str, Any]
    issuer: str


class Wanted(Shape):
    """One thing that a template reads from ``data`` 数据项.

    ``example`` is what the template is tried with when its pack is checked; ``example_en`` the same in English, where
    the paper has English and the value is other than the Chinese.
    """

    key: Key
    meaning: Text
    type: Literal["text", "date", "number", "money", "list"] = "text"
    required: bool = True
    example: str | int | list[str]
    example_en: str | int | list[str] | None = None

    def read(self, value: Any) -> Any:
        """The value as the template gets it: dates in ISO form, money with two decimals, nothing as None.

        Raises:
            ValueError: it is none of that kind.
        """
        if value is None or value in ("", []):
            if self.required:
                raise ValueError(_("缺少“%(what)s”") % {"what": self.meaning})
            return None
        try:
            return _READ[self.type](value)
        except (ValueError, TypeError, InvalidOperation) as fault:
            raise ValueError(
                _("“%(what)s”不能是“%(value)s”") % {"what": self.meaning, "value": str(value)[:60]}
            ) from fault

    @model_validator(mode="after")
    def _example_fits(self) -> Wanted:
        self.read(self.example)
        if self.example_en is not None:
            self.read(self.example_en)
        return self


SEALS = ("official", "approval", "notice", "certificate")
"""The kinds of seals that a paper may bear: 公章, and 行政审批、业务、证照专用章."""


class Document(Shape):
    """A paper that a pack can issue 文书.

    ``number`` is the rule of its numbers, such as ``云民高龄〔{year}〕{serial}号``: serials have no gap, and
    begin with 1 every year where the rule has the year in it. ``mark`` in it is the mark of the office and of the matter
    for which it is issued, for documents that many offices share; each mark has its own serials.
    ``english``: the template, a letter, sets the English beneath the Chinese where whoever issues the paper asks for both.
    ``seal`` is the kind of the issuer's seal that comes
    over its name and date; a paper never leaves without one. ``signed_by`` is the role of who signs it beside
    that seal: whoever takes the step that issues it must hold that role in the issuer, and her signature stamp comes on it.
    """

    title: Text
    kind: Literal[*Paper.Kind.values]  # type: ignore[valid-type] # one list of kinds, in the model
    language: Literal["zh", "en"] = "zh"
    english: bool = False
    number: str = Field(min_length=8, max_length=100)
    seal: Literal[*SEALS] = "official"  # type: ignore[valid-type] # one list of seals
    signed_by: str = Field(default="", max_length=80, description="whose signature stamp comes on it: a role")
    basis: list[Basis] = Field(default_factory=list, description="what its own words rest on")
    data: list[Wanted] = Field(default_factory=list)

    @field_validator("number")
    @classmethod
    def _slots_are_known(cls, number: str) -> str:
        slots = _SLOT.findall(number)
        if slots.count("serial") != 1 or not set(slots) <= {"serial", "year", "mark"}:
            raise ValueError(_("文号规则须有且仅有一个 {serial}，另可有 {year}、{mark}"))
        return number

    @model_validator(mode="after")
    def _keys_are_different(self) -> Document:
        keys = [wanted.key for wanted in self.data]
        if ENGLISH in keys:
            raise ValueError(_("数据项不能叫 %(key)s") % {"key": ENGLISH})
        if double := next((key for key in keys if keys.count(key) > 1), None):
            raise ValueError(_("数据项 %(key)s 出现两次") % {"key": double})
        return self

    @model_validator(mode="after")
    def _english_beneath_chinese(self) -> Document:
        if self.english and self.language != "zh":
            raise ValueError(_("english 只用于中文文书（language: zh）"))
        return self

    @property
    def heading(self) -> str:
        """The title in the paper's own language."""
        return self.title.en if self.language == "en" else self.title.zh

    def read(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The data as the template gets them, every wanted key among them.

        Raises:
            WrongData: something is missing, unknown or of another kind.
        """
        known = {wanted.key for wanted in self.data}
        faults = [_("没有数据项 %(key)s") % {"key": key} for key in data if key not in known]
        found = {}
        for wanted in self.data:
            try:
                found[wanted.key] = wanted.read(data.get(wanted.key))
            except ValueError as fault:
                faults.append(str(fault))
        if faults:
            raise WrongData(faults)
        return found

    def example(self, *, both: bool = False) -> dict[str, Any]:
        """All examples together; ``both`` with the English ones."""
        found = {wanted.key: wanted.read(wanted.example) for wanted in self.data}
        if not both:
            return found
        english = {
            one.key: found[one.key] if one.example_en is None else one.read(one.example_en)
            for one in self.data
        }
        return self.in_both(found, English(english, "Example Bureau"))

    def in_both(self, read: Mapping[str, Any], english: English) -> dict[str, Any]:
        """Data that were read, with the English beside them under ``en``: title, issuer, data.

        Raises:
            WrongData: the English are not what is wanted.
        """
        said = {"title": self.title.en, "issuer": english.issuer, "data": self.read(english.data)}
        return {**read, ENGLISH: said}


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError("no text, or too long")
    return value


def _date(value: Any) -> str:
    return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()[:10]


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("no whole number")
    return value


def _money(value: Any) -> str:
    """Yuan and fen, written with commas: 12,345.60."""
    if isinstance(value, float):
        raise ValueError("money is never a float")
    amount = Decimal(value)
    if amount != round(amount, 2):
        raise ValueError("money ends with fen")
    return f"{amount:,.2f}"


def _list(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > MOST_ROWS:
        raise ValueError("no list, or too long")
    return [_text(item) for item in value]


_READ = {"text": _text, "date": _date, "number": _number, "money": _money, "list": _list}
