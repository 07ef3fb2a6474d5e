"""Gaps and overlaps 缺漏与重叠: cases for which no rule holds, or several do; for tables of either notation.

Columns whose cells hold nothing but written values are explored by trying: between every two neighbouring
values that any cell names, the table answers the same, so one value from each stretch stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, pairwise, product

from yizhan import feel
from yizhan.workflow.facts import FactType
from yizhan.workflow.tables.literals import written

MOST_COMBINATIONS = 20_000
MOST_SHOWN = 5
_OTHER_TEXT = "…"


@dataclass(frozen=True, slots=True)
class Condition:
    """A column of conditions: its name, its type, the cells of all rules, its allowed values as tests."""

    name: str
    type: FactType
    cells: Sequence[feel.Tests]
    allowed: feel.Tests | None
    may_be_unknown: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A combination of inputs for which too few or too many rules hold."""

    inputs: tuple[tuple[str, feel.Value], ...]
    rules: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Whether no rule holds."""
        return not self.rules

    @property
    def shown(self) -> str:
        """The inputs as people read them."""
        return ", ".join(f"{name} = {feel.text_of(value)}" for name, value in self.inputs)


def findings(
    conditions: Sequence[Condition], rules: Sequence[str], *, gaps: bool, overlaps: bool
) -> list[Finding]:
    """Examples of gaps and overlaps, a few of each; nothing where a column is too clever to explore.

    The cells must be free of errors; ``rules`` are their names.
    """
    columns = [_Column(condition) for condition in conditions]
    size = 1
    for column in columns:
        size *= len(column.samples)
    if not size or size > MOST_COMBINATIONS:
        return []
    found = list(_explored(conditions, columns, rules))
    return [
        *islice((one for one in found if one.is_gap), MOST_SHOWN if gaps else 0),
        *islice((one for one in found if not one.is_gap), MOST_SHOWN if overlaps else 0),
    ]


def _explored(
    conditions: Sequence[Condition], columns: list[_Column], names: Sequence[str]
) -> Iterator[Finding]:
    """Every combination with no rule, or the first with each set of several rules."""
    seen: set[int] = set()
    everything = (1 << len(names)) - 1
    for chosen in product(*(column.samples for column in columns)):
        rules = everything
        for sample in chosen:
            rules &= sample.rules
        several = rules & (rules - 1)
        if (rules and not several) or (rules and rules in seen):
            continue
        seen.add(rules)
        inputs = tuple((one.name, sample.value) for one, sample in zip(conditions, chosen, strict=True))
        yield Finding(inputs, tuple(name for number, name in enumerate(names) if rules >> number & 1))


@dataclass(frozen=True, slots=True)
class _Sample:
    """A value that stands for a stretch, and the rules whose cell it passes, as bits."""

    value: feel.Value
    rules: int


class _Column:
    """A column of conditions, ready to be explored; without samples if that cannot be done."""

    def __init__(self, column: Condition) -> None:
        cells, allowed = column.cells, column.allowed
        self.samples: list[_Sample] = []
        marks = [written(cell) for cell in (*cells, *([allowed] if allowed else []))]
        if not all(mark.is_simple for mark in marks):
            return
        values: set[feel.Value] = {
            value for mark in marks for value in mark.values if isinstance(value, Decimal | str | date)
        }
        for value in (*_representatives(column.type, values), *((None,) if column.may_be_unknown else ())):
            if allowed is None or value is None or allowed.match(value).value is True:
                passing = (1 << place for place, cell in enumerate(cells) if cell.match(value).value is True)
                self.samples.append(_Sample(value, sum(passing)))


def _representatives(type_: FactType, values: set[feel.Value]) -> Iterable[feel.Value]:
    if type_ == "boolean":
        return (True, False)
    if type_ == "string":
        return (*sorted(str(value) for value in values), _OTHER_TEXT)
    if type_ in {"number", "integer"}:
        return _numbers(sorted(value for value in values if isinstance(value, Decimal)), type_ == "integer")
    if type_ == "date":
        return _days(sorted(value for value in values if type(value) is date))
    return ()


def _numbers(marks: list[Decimal], whole: bool) -> Iterable[feel.Value]:
    around = {mark + step for mark in marks for step in (-1, 0, 1)} or {Decimal(0)}
    if whole:
        return [value for value in sorted(around) if value == value.to_integral_value()]
    middles = {(one + other) / 2 for one, other in pairwise(marks)}
    outside = {marks[0] - 1, marks[-1] + 1} if marks else {Decimal(0)}
    return sorted({*marks, *middles, *outside})


def _days(marks: list[date]) -> Iterable[feel.Value]:
    inner = [mark for mark in marks if date.min < mark < date.max]
    return sorted({mark + timedelta(days=step) for mark in inner for step in (-1, 0, 1)})
