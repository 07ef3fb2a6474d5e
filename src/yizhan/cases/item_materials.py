"""The materials of an item 申请材料: which are wanted when, and which the repository holds already."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from yizhan.forms.sheet import FieldPath
from yizhan.releases.words import Key, Shape, Text


class Material(Shape):
    """One material 申请材料."""

    key: Key
    title: Text
    form: Literal["paper", "electronic", "either"] = "either"
    copies: int = Field(default=1, ge=0, le=20)
    original: bool = True
    need: Literal["required", "optional", "later"] = "required"
    source: Literal["applicant", "government", "other"] = "applicant"
    waived_by: Text | None = Field(default=None, description="what of ours makes it unnecessary to hand in")
    notes: Text | None = None
    when: Annotated[str, Field(min_length=1, max_length=2000)] | None = Field(
        default=None, description="FEEL over the form's answers and facts: wanted only where it is true"
    )
    condition: Text | None = Field(default=None, description="`when` in words, for the guide")
    held_by: Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+){1,3}$")] | None = Field(
        default=None, description="a fact of the registers: where it has a value, nothing is handed in"
    )
    at: FieldPath | None = Field(default=None, description="the question of the form that takes its files")

    @model_validator(mode="after")
    def _condition_in_words(self) -> Material:
        if (self.when is None) != (self.condition is None):
            raise ValueError(_("提交条件（when）须同时用文字写明（condition），反之亦然"))
        if self.waived_by is not None and (self.held_by is not None or self.at is not None):
            raise ValueError(_("一律免提交（waived_by）的材料，不再写库内证照（held_by）或上传位置（at）"))
        return self
