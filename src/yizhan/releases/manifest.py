"""``pack.yaml``: what a pack says about itself."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from yizhan.releases.words import Key, Shape, Text


class Contact(Shape):
    """Who answers for a pack."""

    name: Text
    phone: str = Field(default="", max_length=40)


class Manifest(Shape):
    """The head of a pack 应用包."""

    code: Key
    title: Text
    unit: str = Field(min_length=1, max_length=60, description="code of the unit that owns the matter")
    contact: Contact | None = None
    depends: list[Key] = Field(default_factory=list, description="packs whose definitions this one uses")
    grade: Literal["bronze", "silver", "gold", "platinum"] = "bronze"
