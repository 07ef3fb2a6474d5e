"""Gaps and overlaps 缺漏与重叠: cases for which no rule holds, or several do.

Columns whose cells hold nothing but written values are explored by trying: between every two neighbouring
values that any cell names, the table answers the same, so one value from each stretch stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, pairwise, product

from yizhan import feel
from yizhan.workflow.tables.definition import InputDefinition, TableDefinition
from yizhan.workflow.tables.literals import written

MOST_COMBINATIONS = 20_000
MOST_SHOWN = 5
_OTHER_TEXT = "…"


@dataclass(frozen=True, slots=True)
class Finding:
    """A combination of inputs for which too few or too many rules hold."""

    inputs: tuple[tuple[InputDefinition, feel.Value], ...]
    rules: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Whether no rule holds."""
        return not self.rules


def findings(definition: TableDefinition) -> list[Finding]:
    """Examples of gaps and overlaps, a few of each; nothing where a column is too clever to explore.

    The definition must be free of errors.
    """
    columns = [_Column(definition, number) for number in range(len(definition.inputs))]
    size = 1
    for column in columns:
        size *= len(column.samples)
    if not size or size > MOST_COMBINATIONS:
        return []
    found = list(_explored(definition, columns))
    gaps = islice((one for one in found if one.is_gap), MOST_SHOWN)
    overlaps = islice((one for one in found if not one.is_gap), MOST_SHOWN)
    wants_all = definition.hit_policy != "C"
    return [*(gaps if wants_all else ()), *(overlaps if definition.hit_policy == "U" else ())]


def _explored(definition: TableDefinition, columns: list[_Column]) -> Iterator[Finding]:
    """Every combination with no rule, or the first with each set of several rules."""
    seen: set[int] = set()
    everything = (1 << len(definition.rules)) - 1
    for chosen in product(*(column.samples for column in columns)):
        rules = everything
        for sample in chosen:
            rules &= sample.rules
        several = rules & (rules - 1)
        if (rules and not several) or (rules and rules in seen):
            continue
        seen.add(rules)
        inputs = tuple(zip(definition.inputs, (sample.value for sample in chosen), strict=True))
        ids = tuple(rule.id for number, rule in enumerate(definition.rules) if rules >> number & 1)
        yield Finding(inputs, ids)


@dataclass(frozen=True, slots=True)
class _Sample:
    """A value that stands for a stretch, and the rules whose cell it passes, as bits."""

    value: feel.Value
    rules: int


class _Column:
    """A column of conditions, ready to be explored; without samples if that cannot be done."""

    def __init__(self, definition: TableDefinition, number: int) -> None:
        column = definition.inputs[number]
        cells = [feel.compile_tests(rule.when[number]) for rule in definition.rules]
        allowed = feel.compile_tests(column.values) if column.values else None
        self.samples: list[_Sample] = []
        marks = [written(cell) for cell in (*cells, *([allowed] if allowed else []))]
        if not all(mark.is_simple for mark in marks):
            return
        values: set[feel.Value] = {
            value for mark in marks for value in mark.values if isinstance(value, Decimal | str | date)
        }
        for value in (*_representatives(column, values), *(() if column.required else (None,))):
            if allowed is None or value is None or allowed.match(value).value is True:
                passing = (1 << place for place, cell in enumerate(cells) if cell.match(value).value is True)
                self.samples.append(_Sample(value, sum(passing)))


def _representatives(column: InputDefinition, values: set[feel.Value]) -> Iterable[feel.Value]:
    if column.type == "boolean":
        return (True, False)
    if column.type == "string":
        return (*sorted(str(value) for value in values), _OTHER_TEXT)
    if column.type in {"number", "integer"}:
        return _numbers(
            sorted(value for value in values if isinstance(value, Decimal)), column.type == "integer"
        )
    if column.type == "date":
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
