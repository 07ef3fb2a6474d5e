"""Types of a model 数据类型: whether a value has one, and the few conversions that the standard knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from yizhan import feel
from yizhan.workflow.dmn import wording
from yizhan.workflow.dmn.faults import DmnFault, Place
from yizhan.workflow.dmn.tree import ItemDefinition, Library, Model

MOST_STEPS = 64
"""From a type to what it is made of."""
_Check = Callable[[feel.Value], bool]


def _is(*kinds: type) -> _Check:
    return lambda value: type(value) in kinds


_BASIC: Mapping[str, _Check] = {
    "Any": lambda _value: True,
    "number": _is(Decimal),
    "string": _is(str),
    "boolean": _is(bool),
    "date": _is(date),
    "time": _is(time),
    "date and time": _is(datetime),
    "dateTime": _is(datetime),
    "days and time duration": _is(timedelta),
    "dayTimeDuration": _is(timedelta),
    "years and months duration": _is(feel.Months),
    "yearMonthDuration": _is(feel.Months),
    "duration": _is(timedelta, feel.Months),
    "list": _is(tuple),
    "context": _is(dict),
}


class Types:
    """The item definitions of a model, and those of models that it imports, as ``name.type``."""

    def __init__(self, model: Model, library: Library, names: wording.Names) -> None:
        self._model, self._library, self._names = model, library, names

    def allowed(self, type_: str) -> str:
        """The allowed values of a type as they are written; empty if all are."""
        found = self._found(type_)
        return found[1].values if found else ""

    def _found(self, type_: str) -> tuple[Types, ItemDefinition] | None:
        """A type, with those among which it was written."""
        if type_ in self._model.types:
            return self, self._model.types[type_]
        for one in self._model.imports:
            model = self._library.get(one.namespace)
            if model is not None and type_.startswith(f"{one.name}."):
                return Types(model, self._library, self._names)._found(type_.removeprefix(f"{one.name}."))
        return None

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
        check = _BASIC.get(type_)
        if check is None:
            raise DmnFault(place, zh=f"没有类型 {type_}", en=f"there is no type {type_}")
        if not check(value) and isinstance(value, tuple) and len(value) == 1:
            value = value[0]
        if type_ in {"date and time", "dateTime"} and type(value) is date:
            value = datetime.combine(value, time(), UTC)
        return value if value is None or check(value) else None

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
        return None if lost else found

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
        if value is None or not item.values:
            return value
        try:
            tests = feel.compile_tests(item.values, self._names.known(item.values, ()))
        except feel.SyntaxFault as fault:
            raise DmnFault.of(item.place, fault) from fault
        return value if tests.within(run, {"?": value}) is True else None

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
