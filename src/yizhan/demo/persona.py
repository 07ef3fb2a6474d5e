"""What is told of a person one can be 可试用的身份."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yizhan.demo.organisation import Place
from yizhan.releases.words import Text


@dataclass(frozen=True)
class Persona:
    """One person one can be."""

    key: str
    name: str
    who: Text
    todo: Text


@dataclass(frozen=True)
class Resident(Persona):
    """A resident with an account; known by name, or still to be."""

    phone: str
    age: int
    woman: bool
    committee: str
    known: bool = True
    comes_with: Literal["people", "companies", "families"] = "people"
    """With which part of the demo the person is entered; the first loading of a district knew the people only."""


@dataclass(frozen=True)
class Official(Persona):
    """A member of staff in a post."""

    place: Place
    comes_with: Literal[
        "people", "restaurants", "families", "reviewers", "registers", "rights", "laws", "seals"
    ] = "people"
    """With which part of the demo the official is employed; the first loading of a district knew the people only."""
