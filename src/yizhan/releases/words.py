"""Small shapes that all packs share: a text in two languages, a legal basis."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo

from yizhan.ui.language import in_english

KEY_PATTERN = r"^[a-z][a-z0-9_]{0,59}$"
Key = Annotated[str, Field(pattern=KEY_PATTERN)]


class Shape(BaseModel):
    """The base of every definition: unknown keys are errors, nothing is converted silently.

    What reads a definition is built when the first is read: most processes never read a pack.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, defer_build=True)


def fields_of(shape: type[BaseModel]) -> dict[str, FieldInfo]:
    """Its fields by name, with their true types: one that names a type further down knows it once it is built."""
    shape.model_rebuild()
    return shape.model_fields


class Amiss(ValueError):
    """What a shape finds wrong in one of its parts ``at`` (such as ``text.zh``), with a suggestion."""

    def __init__(self, message: str, *, at: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.at, self.suggestion = at, suggestion


class Text(Shape):
    """A text in both languages 双语文本. ``str()`` gives the one of the present page."""

    zh: str = Field(min_length=1, max_length=4000)
    en: str = Field(min_length=1, max_length=4000)

    def __str__(self) -> str:
        """The text in the active language."""
        return self.en if in_english() else self.zh


CITED = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$"


class Basis(Shape):
    """A legal basis 法律依据: law, article, and where it was read, or ``verified: false`` (待核实).

    ``law`` is the full title, or the code by which the register of laws knows it; a release keeps both (:mod:`citing`).
    """

    law: Text
    code: Annotated[str, Field(pattern=CITED)] | None = None
    article: Text | None = None
    by_analogy: bool = Field(default=False, description="the law is not about it; the item follows its rule")
    read_at: str = Field(default="", max_length=300, description="where the text was read")
    read_on: date | None = None
    verified: bool = False

    @model_validator(mode="before")
    @classmethod
    def _cited_by_code(cls, written: Any) -> Any:
        if isinstance(written, dict) and isinstance(code := written.get("law"), str):
            if not re.fullmatch(CITED, code):
                raise Amiss(_("须写法律法规的代码，或写全称 {zh: …, en: …}"), at="law")
            return {**written, "law": {"zh": code, "en": code}, "code": code}
        return written

    @model_validator(mode="after")
    def _seen_if_verified(self) -> Basis:
        if self.verified and not (self.read_at and self.read_on):
            raise ValueError(_("已核实的依据须写明在哪里（read_at）、何时（read_on）读过"))
        return self

    def __str__(self) -> str:
        """Law and article, in the language of the page."""
        words = f"{self.law} {self.article}" if self.article else str(self.law)
        return _("比照%(law)s") % {"law": words} if self.by_analogy else words
