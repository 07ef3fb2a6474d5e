"""Boxed expressions 方框表达式: what a decision, an entry or a function is computed by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from yizhan.workflow.dmn.faults import Place

HitPolicy: TypeAlias = Literal["UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]


@dataclass(frozen=True, slots=True)
class Node:
    """An element of the model."""

    place: Place


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its type; the type is empty where none is said."""

    name: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class LiteralBox(Node):
    """A text of FEEL 文字表达式."""

    text: str


@dataclass(frozen=True, slots=True)
class ForeignBox(Node):
    """What another language than FEEL would compute: null, since nothing of another program is run."""

    language: str


@dataclass(frozen=True, slots=True)
class InputClause(Node):
    """A column of conditions: what is looked at, and the allowed values as tests."""

    expression: LiteralBox
    type: str
    values: str
    label: str


@dataclass(frozen=True, slots=True)
class OutputClause(Node):
    """A column of results: allowed values in order of priority, and what holds when no rule does."""

    name: str
    type: str
    values: str
    default: LiteralBox | None


@dataclass(frozen=True, slots=True)
class Rule(Node):
    """A row: a test for each input, an expression for each output, and notes for people."""

    when: tuple[LiteralBox, ...]
    then: tuple[LiteralBox, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableBox(Node):
    """A decision table 决策表; ``notes`` are the headings of the notes of its rules."""

    policy: HitPolicy
    aggregation: Literal["", "SUM", "COUNT", "MIN", "MAX"]
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """An entry of a context; without a name it is the context's result."""

    variable: Named | None
    body: Box


@dataclass(frozen=True, slots=True)
class ContextBox(Node):
    """A context 上下文: later entries see earlier ones."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ListBox(Node):
    """A list 列表."""

    items: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class RelationBox(Node):
    """A relation 关系: a list of contexts, written as a table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class FunctionBox(Node):
    """A function 函数: parameters and what is computed with them."""

    parameters: tuple[Named, ...]
    body: Box


@dataclass(frozen=True, slots=True)
class InvocationBox(Node):
    """A call 调用 of a function by its name, with named arguments."""

    function: str
    bindings: tuple[tuple[str, Box], ...]


@dataclass(frozen=True, slots=True)
class ConditionalBox(Node):
    """If, then, else 条件."""

    condition: Box
    then: Box
    otherwise: Box


@dataclass(frozen=True, slots=True)
class FilterBox(Node):
    """Those entries of a list that match 筛选."""

    source: Box
    match: Box


@dataclass(frozen=True, slots=True)
class IteratorBox(Node):
    """For, some, every 逐项: a body for each entry of a list."""

    word: Literal["for", "some", "every"]
    variable: str
    source: Box
    body: Box


Box: TypeAlias = (
    LiteralBox
    | ForeignBox
    | TableBox
    | ContextBox
    | ListBox
    | RelationBox
    | FunctionBox
    | InvocationBox
    | ConditionalBox
    | FilterBox
    | IteratorBox
)
