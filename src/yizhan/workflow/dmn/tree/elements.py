"""What stands in a model 模型元素: inputs, decisions, functions, services, types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from yizhan.workflow.dmn.tree.boxes import Box, FunctionBox, Named, Node


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
