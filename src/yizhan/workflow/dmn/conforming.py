"""Types of a model 数据类型: whether a value has one, and the few conversions that the standard knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import cast

from yizhan import feel
from yizhan.feel.eras import DAY_TYPES, Day
from yizhan.feel.values import KINDS
from yizhan.feel.zones import midnight
from yizhan.workflow.dmn import wording
from yizhan.workflow.dmn.faults import DmnFault, Place
from yizhan.workflow.dmn.tree import ItemDefinition, Library, Model
from yizhan.workflow.dmn.type_names import item_of, types_of

MOST_STEPS = 64
"""From a type to what it is made of."""


def _is(*names: str) -> frozenset[type]:
    return frozenset(kind for kind, name in KINDS.items() if name in names)


BASIC: Mapping[str, frozenset[type]] = {
    "Any": _is(*KINDS.values()),
    "number": _is("number"),
    "string": _is("string"),
    "boolean": _is("boolean"),
    "date": _is("date"),
    "time": _is("time"),
    "date and time": _is("date and time"),
    "dateTime": _is("date and time"),
    "days and time duration": _is("days and time duration"),
    "dayTimeDuration": _is("days and time duration"),
    "years and months duration": _is("years and months duration"),
    "yearMonthDuration": _is("years and months duration"),
    "duration": _is("days and time duration", "years and months duration"),
    "list": _is("list"),
    "context": _is("context"),
}
"""What a value of each type is in Python."""


class Types:
    """The item definitions of a model, and those of models that it imports, as ``name.type``.

    Attributes:
        surely: by name of a type of the language, the types in Python whose values need no conversion.
    """

    def __init__(self, model: Model, library: Library, names: wording.Names) -> None:
        self._model, self._library, self._names = model, library, names
        self.surely = {name: kinds for name, kinds in BASIC.items() if item_of(model, library, name) is None}
        self._items: dict[str, tuple[Types, ItemDefinition] | None] = {}

    @cached_property
    def named(self) -> feel.NamedTypes:
        """The types as texts of the model can name them."""
        return types_of(self._model, self._library)

    def allowed(self, type_: str) -> str:
        """The allowed values of a type as they are written; empty if all are."""
        found = self._found(type_)
        return found[1].values if found else ""

    def _found(self, type_: str) -> tuple[Types, ItemDefinition] | None:
        """A type, with those among which it was written."""
        if type_ not in self._items:
            found = item_of(self._model, self._library, type_)
            types = self if found is None or found[0] is self._model else None
            types = types or (found and Types(found[0], self._library, self._names))
            self._items[type_] = (types, found[1]) if types and found else None
        return self._items[type_]

    def conformed(self, value: feel.Value, type_: str, place: Place, run: feel.Evaluation) -> feel.Value:
        """The value as the type; null when it is none.

        A list of one becomes its entry where no list is wanted, and a single value a list where one is.

        Raises:
            DmnFault: there is no such type, types stand in a circle, or their allowed values are no FEEL.
        """
        return self._as(value, type_, place, run, 0)

    def _as(
        self, value: feel.Value, type_: str, place: Place, run: feel.Evaluation, depth: int
    ) -> feel.Value:
        if value is None or not type_:
            return value
        if found := self._found(type_):
            return found[0]._as_item(value, found[1], run, depth + 1)
        kinds = BASIC.get(type_)
        if kinds is None:
            raise DmnFault(place, zh=f"没有类型 {type_}", en=f"there is no type {type_}")
        if type_ == "list" and not isinstance(value, tuple):
            return (value,)
        if type(value) not in kinds and isinstance(value, tuple) and len(value) == 1:
            value = value[0]
        if type_ in {"date and time", "dateTime"} and type(value) in DAY_TYPES:
            value = midnight(cast(Day, value))
        return value if type(value) in kinds else None

    def _as_item(
        self, value: feel.Value, item: ItemDefinition, run: feel.Evaluation, depth: int
    ) -> feel.Value:
        if depth > MOST_STEPS:
            raise DmnFault(item.place, zh="类型循环定义", en="types stand in a circle")
        if item.is_function:
            return value if isinstance(value, feel.Function) else None
        if not item.is_list:
            if isinstance(value, tuple) and len(value) == 1 and not self._is_list(item.base):
                value = value[0]
            return self._as_one(value, item, run, depth)
        entries = value if isinstance(value, tuple) else (value,)
        found = tuple(self._as_one(entry, item, run, depth) for entry in entries)
        lost = any(new is None and old is not None for new, old in zip(found, entries, strict=True))
        return None if lost or not self._holds(item.constraint, found, item, run) else found

    def _is_list(self, type_: str) -> bool:
        types = self
        for _step in range(MOST_STEPS):
            found = types._found(type_)
            if found is None or found[1].is_list:
                return found is not None or type_ == "list"
            types, type_ = found[0], found[1].base
        return False

    def _as_one(
        self, value: feel.Value, item: ItemDefinition, run: feel.Evaluation, depth: int
    ) -> feel.Value:
        if value is None:
            return None
        if item.components:
            value = self._as_context(value, item, run, depth)
        elif item.base:
            value = self._as(value, item.base, item.place, run, depth)
        tests = [item.values] if item.is_list else [item.values, item.constraint]
        return value if all(self._holds(one, value, item, run) for one in tests) else None

    def _holds(self, text: str, value: feel.Value, item: ItemDefinition, run: feel.Evaluation) -> bool:
        """Whether a value passes the tests of its type; null needs to pass none."""
        if value is None or not text:
            return True
        try:
            tests = feel.compile_tests(text, self._names.known(text, frozenset()), self.named)
        except feel.SyntaxFault as fault:
            raise DmnFault.of(item.place, fault) from fault
        return tests.within(run, {"?": value}) is True

    def _as_context(
        self, value: feel.Value, item: ItemDefinition, run: feel.Evaluation, depth: int
    ) -> feel.Value:
        if not isinstance(value, dict):
            return None
        found = dict(value)
        for component in item.components:
            key = component.name
            found[key] = self._as_item(value.get(key), component, run, depth + 1) if key in value else None
            if found[key] is None and value.get(key) is not None:
                return None
        return found
