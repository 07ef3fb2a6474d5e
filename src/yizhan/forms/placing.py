"""Which questions are asked now 显隐: conditions are looked at once, in the order of the form.

A condition may use answers that come before it, so one pass is enough and nothing can turn in a circle. An
answer to a question that is not asked is dropped, and no later condition sees it.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.forms.field import Field, Page
from yizhan.forms.layout import Layout
from yizhan.forms.paths import Data, drop, get, put

Facts = Mapping[str, Any]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """One question that is asked, at its place in the data.

    Attributes:
        field: the question.
        path: ``members.0.name``.
        page: the page that asks it.
        context: what its conditions can see.
        row: the group and the number of the row, from 1, that it stands in.
    """

    field: Field
    path: str
    page: str
    context: dict[str, Any]
    row: tuple[Field, int] | None = None

    @property
    def title(self) -> str:
        """The question's words, with its row's where it stands in one."""
        if self.row is None:
            return self.field.label
        group, number = self.row
        words = {"row": group.sheet.row or group.label, "n": number, "label": self.field.label}
        return _("%(row)s %(n)s 的%(label)s") % words

    @property
    def required(self) -> bool:
        """Whether an answer is demanded."""
        condition = self.field.required
        return self.field.demanded or (condition is not None and holds(condition, self.context))


@dataclass
class Placement:
    """All questions that are asked, in order, their pages, and the data without hidden answers."""

    data: Data
    context: dict[str, Any]
    places: dict[str, Place] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)


def place(form: Layout, data: Data, facts: Facts) -> Placement:
    """Which questions are asked, given these answers and facts."""
    context = blank(field for page in form.pages for field in page.fields)
    context |= {wanted.name: facts.get(wanted.name) for wanted in form.facts}
    found = Placement(copy.deepcopy(data), context)
    for page in form.pages:
        open_ = all(holds(condition, context) for condition in page.visible)
        asker = _Asker(found, page.key)
        for asked in page.fields:
            asker.ask(asked, asked.sheet.path, context, open_=open_)
        if asker.asked:
            found.pages.append(page)
    _set_demanded_objects(form, found.data)
    return found


def _set_demanded_objects(form: Layout, data: Data) -> None:
    """An object of which nothing is filled in is left out; one that the schema demands stands there empty."""
    for path in form.objects:
        around, _dot, _name = path.rpartition(".")
        if get(data, path) is None and (not around or isinstance(get(data, around), dict)):
            put(data, path, {})


class _Asker:
    """Asks the questions of one page, and lets each see the answers before it."""

    def __init__(self, found: Placement, page: str) -> None:
        self.found, self.page, self.asked = found, page, 0

    def ask(
        self,
        asked: Field,
        path: str,
        context: dict[str, Any],
        *,
        open_: bool = True,
        row: tuple[Field, int] | None = None,
    ) -> None:
        if not open_ or (asked.visible is not None and not holds(asked.visible, context)):
            drop(self.found.data, path)
            return
        self.asked += 1
        self.found.places[path] = Place(asked, path, self.page, context, row)
        value = get(self.found.data, path)
        if asked.fields and isinstance(value, list):
            value = [self._row(asked, path, number, context) for number in range(len(value))]
        put(context, asked.sheet.path, _seen(asked, value))

    def _row(self, group: Field, path: str, number: int, context: dict[str, Any]) -> dict[str, Any]:
        own = blank(group.fields)
        inner = {**context, **own}
        for asked in group.fields:
            self.ask(asked, f"{path}.{number}.{asked.sheet.path}", inner, row=(group, number + 1))
        return {name: inner[name] for name in own}


def blank(fields: Iterable[Field]) -> dict[str, Any]:
    """A context in which every answer of these questions is null."""
    empty: dict[str, Any] = {}
    for asked in fields:
        put(empty, asked.sheet.path, None)
    return empty


def _seen(asked: Field, value: Any) -> Any:
    """An answer as conditions see it: days as days; what was typed and could not be read, not at all."""
    types = asked.widget.types
    if asked.sheet.widget == "date":
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return None
    expected = {"string": str, "boolean": bool, "array": list}.get(types[0], (int, float))
    return value if isinstance(value, expected) else None


def holds(condition: feel.Expression, context: Mapping[str, Any]) -> bool:
    """Whether a condition is true. One that cannot be worked out counts as true: rather ask than miss."""
    try:
        return condition.evaluate(context).value is True
    except feel.Fault as fault:
        logger.warning("condition %s could not be worked out: %s", condition.source, fault)
        return True


def fails(rule: feel.Expression, context: Mapping[str, Any]) -> bool:
    """Whether a rule is broken; one about answers that are not there yet is not."""
    try:
        return rule.evaluate(context).value is False
    except feel.Fault as fault:
        logger.warning("rule %s could not be worked out: %s", rule.source, fault)
        return True
