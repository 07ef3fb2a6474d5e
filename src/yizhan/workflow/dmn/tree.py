"""What a DMN model is made of 模型树: plain values, each with its place in the file."""

from __future__ import annotations

from collections.abc import Mapping
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
class InputClause(Node):
    """A column of conditions: what is looked at, and the allowed values as tests."""

    expression: LiteralBox
    type: str
    values: str


@dataclass(frozen=True, slots=True)
class OutputClause(Node):
    """A column of results: allowed values in order of priority, and what holds when no rule does."""

    name: str
    type: str
    values: str
    default: LiteralBox | None


@dataclass(frozen=True, slots=True)
class Rule(Node):
    """A row: a test for each input, an expression for each output."""

    when: tuple[LiteralBox, ...]
    then: tuple[LiteralBox, ...]


@dataclass(frozen=True, slots=True)
class TableBox(Node):
    """A decision table 决策表."""

    policy: HitPolicy
    aggregation: Literal["", "SUM", "COUNT", "MIN", "MAX"]
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]


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


@dataclass(frozen=True, slots=True)
class ItemDefinition(Node):
    """A type 数据类型: components, or another type with allowed values; perhaps a list of it.

    Attributes:
        values: tests of every entry, if it is a list.
        constraint: tests of the list as a whole.
        parameters: the types of the parameters of a function.
    """

    name: str
    base: str
    components: tuple[ItemDefinition, ...]
    values: str
    constraint: str
    is_list: bool
    is_function: bool
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputData(Node):
    """What is handed in 输入数据."""

    variable: Named


@dataclass(frozen=True, slots=True)
class Decision(Node):
    """A decision 决策: what it needs (hrefs), its type and its logic, if it has any."""

    name: str
    variable: Named
    needs: tuple[str, ...]
    body: Box | None


@dataclass(frozen=True, slots=True)
class Knowledge(Node):
    """A business knowledge model 业务知识模型: a function that decisions call."""

    name: str
    variable: Named
    needs: tuple[str, ...]
    function: FunctionBox | None


@dataclass(frozen=True, slots=True)
class Service(Node):
    """A decision service 决策服务: decisions asked together; the caller gives input decisions and inputs."""

    name: str
    outputs: tuple[str, ...]
    given: tuple[str, ...]
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Import(Node):
    """Another model 引用的模型: the name that its parts go by here, and its namespace."""

    name: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Model(Node):
    """A whole model 模型: elements by id, types by name."""

    name: str
    namespace: str
    imports: tuple[Import, ...]
    types: dict[str, ItemDefinition]
    elements: dict[str, InputData | Decision | Knowledge | Service]


Library: TypeAlias = Mapping[str, Model]
"""Models by namespace."""
