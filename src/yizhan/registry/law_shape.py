"""What ``laws/*.yaml`` of a pack says of a law or policy 法规政策: its data and where they were read, never its text."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from yizhan.registry import laws
from yizhan.registry.models import Law
from yizhan.releases.words import KEY_PATTERN, Amiss, Shape, Text

KIND = "law"


class Title(Shape):
    """The full title 全称; in English where there is one."""

    zh: str = Field(min_length=1, max_length=200)
    en: str = Field(default="", max_length=300)


class Article(Shape):
    """What an article is about 条款提要, in our own words."""

    article: Text
    about: Text


class LawDefinition(Shape):
    """A law, regulation, rule, document or policy 法规政策."""

    code: Annotated[str, Field(pattern=KEY_PATTERN)]
    kind: str = Field(description="law, regulation, party_regulation, local_regulation, department_rule, local_rule, "
                      "normative, policy or standard")  # fmt: skip
    title: Title
    issuer: str = Field(default="", max_length=200)
    number: str = Field(default="", max_length=100)
    issued_on: date | None = None
    in_force_on: date | None = None
    revised_on: date | None = Field(default=None, description="the last revision")
    valid_until: date | None = Field(default=None, description="the last day of a document's validity")
    repealed_on: date | None = Field(default=None, description="the first day on which it is no more")
    successor: str = Field(default="", max_length=60, description="the code of what replaced it")
    articles: list[Article] = Field(default_factory=list, max_length=400)
    read_at: str = Field(default="", max_length=300, description="where it was read")
    read_on: date | None = None
    verified: bool = False

    @model_validator(mode="after")
    def _can_be_so(self) -> LawDefinition:
        try:
            laws.check(self.code, self.columns())
        except laws.Amiss as amiss:
            at = {"title_zh": "title.zh", "title_en": "title.en"}.get(amiss.column, amiss.column)
            near = ", ".join(Law.Kind.values) if amiss.column == "kind" else ""
            raise Amiss(
                str(amiss), at=at, suggestion=_("可用：%(words)s") % {"words": near} if near else ""
            ) from None
        return self

    def columns(self) -> dict[str, Any]:
        """As the register keeps it."""
        told = {name: getattr(self, name) for name in laws.COLUMNS if name not in _OTHERWISE}
        articles = [
            {"article": one.article.zh, "article_en": one.article.en, "zh": one.about.zh, "en": one.about.en}
            for one in self.articles
        ]
        return {**told, "title_zh": self.title.zh, "title_en": self.title.en, "articles": articles}


_OTHERWISE = {"title_zh", "title_en", "articles"}
