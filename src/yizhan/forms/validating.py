"""What is wrong with a form's data as a whole 校验. One mistake a question, in the order of the form."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import jsonschema_rs

from yizhan.forms import limits, messages
from yizhan.forms.faults import Fault
from yizhan.forms.formats import looks_mistyped
from yizhan.forms.layout import Layout
from yizhan.forms.paths import Data, get, text_of
from yizhan.forms.placing import Facts, Place, Placement, fails, place
from yizhan.forms.prefill import Prefill, with_locked

logger = logging.getLogger(__name__)
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def validate(form: Layout, data: Data, facts: Facts, prefill: Prefill) -> list[Fault]:
    """Every mistake; answers to questions that are not asked are left out of account."""
    excess = limits.look(data)
    if excess:
        return [excess]
    return list(of_placement(form, place(form, with_locked(form, data, prefill), facts), prefill))


def of_placement(form: Layout, placed: Placement, prefill: Prefill) -> Iterator[Fault]:
    """The mistakes of data whose questions are placed already: the form's own, then each question's.

    A locked value is what its source says, even where the schema would have it otherwise: nobody who fills in
    the form could mend it, so nobody is stopped by it.
    """
    found: dict[str, Fault] = {}
    for asked in placed.places.values():
        if asked.required and _is_missing(asked, get(placed.data, asked.path)):
            found[asked.path] = messages.missing(asked)
    for fault in _against_schema(form, placed, found):
        found.setdefault(fault.path, fault)
    for rule, condition in form.rules:
        if rule.at in placed.places and rule.at not in found and fails(condition, placed.context):
            found[rule.at] = Fault(rule.at, str(rule.words))
    for path in _locked(found, prefill):
        logger.warning("the locked value at %s is not what the schema wants", path)
        del found[path]
    if "" in found:
        yield found[""]
    yield from (found[path] for path in placed.places if path in found)


def _locked(paths: Iterable[str], prefill: Prefill) -> list[str]:
    locked = [path for path, given in prefill.items() if given.locked]
    return [path for path in paths if any(path == here or path.startswith(f"{here}.") for here in locked)]


def doubts(placed: Placement) -> Iterator[Fault]:
    """Answers that may be mistyped and are right all the same: to be confirmed, never refused."""
    for asked in placed.places.values():
        if asked.field.schema.get("format") == "bank-account" and looks_mistyped(
            get(placed.data, asked.path)
        ):
            yield messages.mistyped_account(asked)


def _is_missing(asked: Place, value: object) -> bool:
    return value in _EMPTY or (value is False and asked.field.sheet.widget == "statement")


def _against_schema(form: Layout, placed: Placement, found: dict[str, Fault]) -> Iterator[Fault]:
    if form.validator.is_valid(placed.data):
        return
    for error in form.validator.iter_errors(placed.data):
        fault = _of_error(error, placed, found)
        if fault is not None:
            yield fault


def _of_error(
    error: jsonschema_rs.ValidationError, placed: Placement, found: dict[str, Fault]
) -> Fault | None:
    path, detail = list(error.instance_path), error.kind.as_dict()
    keyword = error.kind.name
    if keyword == "additionalProperties":
        return messages.unexpected([text_of((*path, name)) for name in detail["unexpected"]])
    if keyword == "required":
        path.append(detail["property"])
    asked = _question(path, placed)
    if asked is None:
        return None if _has_fault_within(path, found) else messages.contradictory()
    if keyword == "required":
        return messages.missing(asked)
    return messages.wrong(asked, keyword, detail, error.instance)


def _question(path: Sequence[str | int], placed: Placement) -> Place | None:
    """The question at a place, or around it: a wrong entry of a list is its question's mistake."""
    return next(
        (
            placed.places[text]
            for end in range(len(path), 0, -1)
            if (text := text_of(tuple(path[:end]))) in placed.places
        ),
        None,
    )


def _has_fault_within(path: Sequence[str | int], found: dict[str, Fault]) -> bool:
    """An object is missing or incomplete because of a question inside it, which has its own words."""
    start = text_of(tuple(path)) + "." if path else ""
    return any(fault.startswith(start) for fault in found if fault)
