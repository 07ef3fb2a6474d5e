"""The cells of a column as an index 条件索引: which rules a value passes, found without asking every cell again.

Between every two neighbouring values that any cell names, cells that hold nothing but written values answer the
same. So a value's stretch is looked up, and each stretch is worked out once. Cells that look at other facts are
asked every time. Rules are bits of a whole number: the first rule is the lowest one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from yizhan import feel
from yizhan.feel import tree
from yizhan.workflow.tables.literals import written

ASKED = "?"
_ORDERED = frozenset({Decimal, str, date, timedelta, feel.Months})
_FEW = frozenset({bool, type(None)})
_NONE: Callable[[str], bool] = frozenset[str]().__contains__


class Answer(NamedTuple):
    """The rules whose cell a value passes, those of which that cannot be known, and the reasons told on the way."""

    holding: int
    unknown: int
    reasons: tuple[feel.Reason, ...] = ()


class Index:
    """A column of conditions, compiled."""

    def __init__(self, cells: Sequence[feel.Tests], is_own: Callable[[str], bool] = _NONE) -> None:
        """Make the index.

        Args:
            cells: the tests of every rule.
            is_own: whether a function of a name may be another than FEEL's where the cells are asked.
        """
        by_text: dict[str, tuple[feel.Tests, int]] = {}
        for place, cell in enumerate(cells):
            before = by_text.get(cell.source)
            by_text[cell.source] = cell, (before[1] if before else 0) | 1 << place
        self._always = sum(rules for cell, rules in by_text.values() if cell.is_anything)
        asked = [(cell, rules, written(cell)) for cell, rules in by_text.values() if not cell.is_anything]
        self._fixed = [
            (cell, rules) for cell, rules, said in asked if said.is_simple and calls_none_of(cell, is_own)
        ]
        fixed = {cell.source for cell, _ in self._fixed}
        self._others = [(cell, rules) for cell, rules, _ in asked if cell.source not in fixed]
        values = {value for cell, _, said in asked if cell.source in fixed for value in _flat(said.values)}
        self._marks: dict[type, list[Any]] = {
            kind: sorted(value for value in values if type(value) is kind) for kind in _ORDERED
        }
        self._known: dict[tuple[type, Any], Answer] = {}

    def ask(self, value: feel.Value, scope: feel.Scope, run: feel.Evaluation) -> Answer:
        """Which rules a value passes; the scope holds the facts that cells look at besides.

        Raises:
            feel.LimitFault: a cell takes too many steps or grows too large.
        """
        kind = type(value)
        key: Any = None
        if kind in _ORDERED:
            marks = self._marks[kind]
            place = bisect_left(marks, value)
            key = 2 * place + (place < len(marks) and marks[place] == value)
        elif kind in _FEW:
            key = value
        else:
            return self._with_others(self._of(self._fixed, {ASKED: value}, run), value, scope, run)
        found = self._known.get((kind, key))
        if found is None:
            found = self._known[kind, key] = self._of(self._fixed, {ASKED: value}, run)
        elif found.reasons:
            run.repeat(found.reasons)
        return self._with_others(found, value, scope, run) if self._others else found

    def _of(self, cells: Iterable[tuple[feel.Tests, int]], scope: feel.Scope, run: feel.Evaluation) -> Answer:
        before, holding, unknown = len(run.reasons), self._always, 0
        for cell, rules in cells:
            answer = cell.within(run, scope)
            if answer is True:
                holding |= rules
            elif answer is not False:
                unknown |= rules
        return Answer(holding, unknown, tuple(run.reasons[before:]))

    def _with_others(
        self, found: Answer, value: feel.Value, scope: feel.Scope, run: feel.Evaluation
    ) -> Answer:
        more = self._of(self._others, {**scope, ASKED: value}, run)
        return Answer(
            found.holding | more.holding, found.unknown | more.unknown, found.reasons + more.reasons
        )


def _flat(values: Iterable[feel.Value]) -> Iterable[feel.Value]:
    return (value for value in values if type(value) in _ORDERED)


def calls_none_of(cell: feel.Expression, is_own: Callable[[str], bool]) -> bool:
    """Whether a cell calls only functions that are FEEL's."""
    calls = (node for node in tree.walk(cell.tree) if isinstance(node, tree.Call))
    return not any(is_own(call.function) for call in calls)


def places(rules: int) -> Iterable[int]:
    """The places of the rules in a set, ascending."""
    while rules:
        lowest = rules & -rules
        yield lowest.bit_length() - 1
        rules ^= lowest
