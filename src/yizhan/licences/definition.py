"""What a pack says of a kind of licence 证照类型: ``licences/<kind>.yaml``."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field, field_validator, model_validator

from yizhan.codes import uscc
from yizhan.releases.words import Key, Shape, Text

KIND = "licence"
FACT = r"^[a-z_]+(\.[a-z_]+){1,3}$"
_SLOT = re.compile(r"\{([^{}]*)\}")
_SLOTS = {"year", "serial", "case"}

# What the house itself gives to every licence's paper.
GIVEN = (
    "holder", "holder_code", "licence_number", "identifier", "issuer", "valid_from", "valid_to", "issued_on",
    "version", "change",
)  # fmt: skip


class Shown(Shape):
    """One thing that the licence says of its holder 登载事项; ``fact`` is where the register says it."""

    key: Key
    title: Text
    fact: Annotated[str, Field(pattern=FACT)]


class IssuedBy(Shape):
    """Who issues it: a unit of the district, and the code by which identifiers name it where the unit has none on record."""

    unit: str = Field(min_length=1, max_length=40)
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{2,18}$")]


class LicenceType(Shape):
    """A kind of licence.

    Attributes:
        holder: who holds it.
        type_code: its code in identifiers: the definer's credit code and three digits. ``verified`` says that somebody
            has read it in the catalogue of licences.
        issuer: which unit issues it; none for what offices outside the district issue.
        number: the rule of its numbers; ``{case}`` are the digits of the case's number.
        template: the pack's document that shows it; none where the house issues none.
        validity: years; none for as long as nobody revokes it.
        shows: what it says besides holder, number and days.
        told: of these, what a stranger is told who asks with number and name.
        form: how it lies in the wallet, and on paper.
    """

    title: Text
    holder: Literal["person", "entity"]
    type_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}[0-9]{3}$")]
    verified: bool = False
    issuer: IssuedBy | None = None
    number: str | None = Field(default=None, min_length=6, max_length=60)
    template: Key | None = None
    validity: int | None = Field(default=None, ge=1, le=99)
    shows: list[Shown] = Field(default_factory=list, max_length=20)
    told: list[Key] = Field(default_factory=list)
    form: Literal["landscape", "card"] = "landscape"

    @field_validator("type_code")
    @classmethod
    def _definer_is_right(cls, code: str) -> str:
        if not uscc.read(code[:18]).ok:
            raise ValueError(_("类型代码前 18 位须是定义机构的统一社会信用代码，校验不符"))
        return code

    @field_validator("number")
    @classmethod
    def _slots_are_known(cls, number: str | None) -> str | None:
        slots = _SLOT.findall(number or "")
        if number is not None and (not set(slots) <= _SLOTS or len({"serial", "case"} & set(slots)) != 1):
            raise ValueError(_("编号规则须有 {serial} 或 {case} 之一，另可有 {year}"))
        return number

    @model_validator(mode="after")
    def _whole(self) -> LicenceType:
        keys = [one.key for one in self.shows]
        if double := next((key for key in keys if keys.count(key) > 1 or key in GIVEN), None):
            raise ValueError(_("登载事项 %(key)s 重复，或与系统自有的同名") % {"key": double})
        if strange := set(self.told) - set(keys):
            raise ValueError(_("可公开的 %(key)s 不在登载事项里") % {"key": min(strange)})
        if self.template is not None and (self.issuer is None or self.number is None):
            raise ValueError(_("由本区核发的证照须写明核发单位（issuer）和编号规则（number）"))
        return self
