"""Closures that run a part many times 循环: for, some, every, filters.

Each turn costs as many steps as its part has nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import cast

from yizhan.feel import arithmetic, comparing, eras, tree
from yizhan.feel.compile import Code, compiled
from yizhan.feel.evaluation import Evaluation
from yizhan.feel.values import Range, Scope, Value, kind

_FARTHEST = 10**9  # where a range may lead; the steps run out long before


class _Each:
    """``x in list`` or ``x in 1..5``, ready to run."""

    def __init__(self, node: tree.Each) -> None:
        self.name, self.at = node.name, node.at
        self._source = compiled(node.source)
        self._end = compiled(node.end) if node.end is not None else None

    def items(self, scope: Scope, run: Evaluation) -> Iterable[Value] | None:
        """What to walk over, or nothing and a reason."""
        source = self._source(scope, run)
        if self._end is not None:
            return self._numbers(source, self._end(scope, run), run)
        if isinstance(source, Range):
            return self._within(source, run)
        if isinstance(source, tuple):
            return source
        return None if source is None else (source,)

    def _within(self, source: Range, run: Evaluation) -> Iterable[Value] | None:
        """The whole numbers or days of a range, without the ends that do not belong to it."""
        low, high = source.low, source.high
        one: Value = Decimal(1) if isinstance(low, Decimal) else timedelta(days=1)
        if low is not None and not source.low_closed:
            low = arithmetic.calculate("+", low, one, run, self.at)
        if high is not None and not source.high_closed:
            high = arithmetic.calculate("-", high, one, run, self.at)
        if low is None or high is None or comparing.compare("<=", low, high, run, self.at) is not True:
            run.null(
                self.at, zh="区间为空或没有端点，无法循环", en="the range is empty or has no end to walk to"
            )
            return None
        return self._numbers(low, high, run)

    def _numbers(self, first: Value, last: Value, run: Evaluation) -> Iterable[Value] | None:
        if isinstance(first, Decimal) and isinstance(last, Decimal):
            whole = first == first.to_integral_value() and last == last.to_integral_value()
            if whole:
                run.spend(_FARTHEST if max(abs(first), abs(last)) > _FARTHEST else 0)
                start, end = int(first), int(last)
                step = 1 if start <= end else -1
                return (Decimal(number) for number in range(start, end + step, step))
        if kind(first) == kind(last) == "date":
            start, end = (eras.ordinal(cast(eras.Day, day)) for day in (first, last))
            step = 1 if start <= end else -1
            return map(eras.from_ordinal, range(start, end + step, step))
        run.null(self.at, zh="只能在整数、日期之间循环", en="only whole numbers and days can be walked over")
        return None


def _scopes(each: list[_Each], scope: Scope, run: Evaluation, cost: int, at: int) -> Iterator[Scope | None]:
    """Every combination of the variables; None where there is nothing to walk over."""
    if not each:
        run.spend(cost)
        yield scope
        return
    first, *rest = each
    items = first.items(scope, run)
    if items is None:
        run.null(at, zh="没有可循环的列表", en="there is no list to walk over")
        yield None
        return
    for item in items:
        run.spend(1)
        yield from _scopes(rest, {**scope, first.name: item}, run, cost, at)


@compiled.register
def _for(node: tree.For) -> Code:
    each, body, at = [_Each(one) for one in node.iterators], compiled(node.body), node.at
    cost = sum(1 for _ in tree.walk(node.body))
    wants_partial = any(
        isinstance(part, tree.Name) and part.name == "partial" for part in tree.walk(node.body)
    )

    def collect(scope: Scope, run: Evaluation) -> Value:
        results: list[Value] = []
        for inner in _scopes(each, scope, run, cost, at):
            if inner is None:
                return None
            run.spend(len(results) if wants_partial else 0)
            so_far: Scope = {"partial": tuple(results)} if wants_partial else {}
            result = body({**inner, **so_far}, run)
            results.append(run.measured(result) if wants_partial else result)  # it may nest deeper each turn
        return tuple(results)

    return collect


@compiled.register
def _quantified(node: tree.Quantified) -> Code:
    each, condition, at = [_Each(one) for one in node.iterators], compiled(node.condition), node.at
    cost = sum(1 for _ in tree.walk(node.condition))
    join = comparing.some if node.word == "some" else comparing.every

    def test(scope: Scope, run: Evaluation) -> Value:
        def answers() -> Iterator[bool | None]:
            for inner in _scopes(each, scope, run, cost, at):
                value = None if inner is None else condition(inner, run)
                yield value if isinstance(value, bool) else None

        return join(answers())

    return test


@compiled.register
def _filter(node: tree.Filter) -> Code:
    source, condition, at = compiled(node.source), compiled(node.condition), node.at
    cost = sum(1 for _ in tree.walk(node.condition))
    may_compute_place = not isinstance(
        node.condition, tree.Comparison | tree.Logic | tree.In | tree.Between | tree.Quantified
    )

    def pick(scope: Scope, run: Evaluation) -> Value:
        value = source(scope, run)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        if may_compute_place:
            run.spend(cost)
            known = len(run.reasons)
            computed = condition(scope, run)
            if isinstance(computed, Decimal):
                return _at_place(items, computed, run, at)
            del run.reasons[known:]  # it was a condition about entries, not about this scope
        found: list[Value] = []
        for item in items:
            run.spend(cost)
            fields = item if isinstance(item, dict) else {}
            if condition({**scope, "item": item, **fields}, run) is True:
                found.append(item)
        return tuple(found)

    return pick


def _at_place(items: tuple[Value, ...], place: Decimal, run: Evaluation, at: int) -> Value:
    """The entry at a place counted from 1, or from the end when negative."""
    if place != place.to_integral_value() or not 1 <= abs(place) <= len(items):
        return run.null(at, zh="列表没有这个位置", en="the list has no such place")
    return items[int(place) - 1 if place > 0 else int(place)]
