"""The sheet 表单布局, ``forms/<key>.ui.yaml``: sections, pages and fields in order, in words for people."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field, field_validator

from yizhan.releases.words import Key, Shape, Text

Condition = Annotated[str, Field(min_length=1, max_length=2000)]
Fact = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=120)]
FieldPath = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,7}$", max_length=120)]
Mode = Literal["locked", "suggest", "verify"]
WidgetName = Literal[
    "text",
    "textarea",
    "number",
    "money",
    "date",
    "radios",
    "checkboxes",
    "select",
    "identity_number",
    "credit_code",
    "phone",
    "bank_account",
    "address",
    "file",
    "yes_no",
    "statement",
    "group",
]


class Option(Shape):
    """One answer to choose 选项; ``value`` is what the schema's ``enum`` says."""

    value: str = Field(min_length=1, max_length=120)
    label: Text
    hint: Text | None = None


class Bind(Shape):
    """Where a value comes from instead of being asked 预填.

    ``locked``: shown, never read from the browser. ``suggest``: filled in, may be changed. ``verify``: filled
    in, may be changed, and set beside what the register says on the page of the case, where the two differ.
    """

    source: Key
    fact: Fact
    mode: Mode


class WantedFact(Shape):
    """A fact that conditions use although nobody fills it in, such as the applicant's age."""

    name: Key
    source: Key
    fact: Fact


class FieldSheet(Shape):
    """One question 填写项.

    Attributes:
        path: where the answer lies in the data; inside a group, from the row on.
        visible: FEEL; the question is asked only while it is true.
        required: FEEL; beyond what the schema demands always.
        wrong: what to say when the schema's ``pattern`` does not match.
        accept: endings of files that are taken.
        largest: megabytes that one file may have. How many files: the schema's ``maxItems``.
        fields: the questions of one row of a group 可增行.
        row: what one row is called, such as 家庭成员.
    """

    path: FieldPath
    label: Text
    hint: Text | None = None
    widget: WidgetName = "text"
    width: Literal["short", "medium", "long", "full"] | None = None
    autocomplete: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9 -]{0,60}$")
    visible: Condition | None = None
    required: Condition | None = None
    bind: Bind | None = None
    wrong: Text | None = None
    options: list[Option] = Field(default_factory=list, max_length=300)
    accept: list[Literal["pdf", "ofd", "jpg", "png", "docx", "xlsx", "mp4"]] = Field(default_factory=list)
    largest: int | None = Field(default=None, ge=1, le=200)
    fields: list[FieldSheet] = Field(default_factory=list, max_length=60)
    row: Text | None = None

    @field_validator("required", mode="before")
    @classmethod
    def _always_is_said_by_the_schema(cls, given: object) -> object:
        if isinstance(given, bool):
            raise ValueError(_("这里只写 FEEL 条件；一律必填的项，请写进 schema 的 required"))
        return given


class Page(Shape):
    """One thing asked at a time 页."""

    key: Key
    title: Text
    intro: Text | None = None
    visible: Condition | None = None
    fields: list[FieldSheet] = Field(min_length=1, max_length=60)


class Section(Shape):
    """Pages that belong together 部分: an entry of the task list, a frame on the clerk's page."""

    key: Key
    title: Text
    intro: Text | None = None
    visible: Condition | None = None
    pages: list[Page] = Field(min_length=1, max_length=30)


class Rule(Shape):
    """Something that must hold between answers 核对规则; ``at`` is the question that shows the words."""

    at: FieldPath
    must: Condition
    words: Text


class Sheet(Shape):
    """The whole sheet."""

    title: Text
    intro: Text | None = None
    facts: list[WantedFact] = Field(default_factory=list, max_length=60)
    sections: list[Section] = Field(min_length=1, max_length=30)
    rules: list[Rule] = Field(default_factory=list, max_length=60)
    print_order: list[Key] = Field(default_factory=list, description="keys of sections; empty: as asked")
