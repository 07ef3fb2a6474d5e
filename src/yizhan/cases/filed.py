"""What was filed, as a form is given it again 申报当时: what conditions see, and the answers that were locked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from yizhan.cases import household
from yizhan.cases.application_form import HELD
from yizhan.forms.form import Form
from yizhan.forms.prefill import Given, Prefill
from yizhan.releases.words import Text

ENDED = "ended"
"""Marks the fact of a licence that held no more when something was filed again; its value stays as it was filed."""


def conditions(form: Form, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The registers' facts of that moment, by the names by which the form's conditions know them."""
    known = {wanted.name: facts.get(wanted.fact, {}) for wanted in form.facts}
    return {
        name: None if name.startswith(HELD) and fact.get(ENDED) else fact.get("value")
        for name, fact in known.items()
    }


def ended(facts: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    """The same facts, those of licences that hold no more marked: they stand in the place of no material."""
    return {key: {**fact, ENDED: True} if key in keys else fact for key, fact in facts.items()}


def prefill(form: Form, facts: Mapping[str, Any]) -> Prefill:
    """The locked answers as they were filed, with their source and day."""
    given: dict[str, Given] = household.prefill(form, household.filed(facts))
    for binding in form.bindings():
        fact = facts.get(binding.fact)
        if binding.mode == "locked" and fact and fact["value"] is not None and fact["source"]:
            given[binding.path] = Given(
                fact["value"],
                Text(**fact["source"]),
                datetime.fromisoformat(fact["as_of"]).date() if fact["as_of"] else None,
                locked=True,
            )
    return given
