"""How a decision table is written 决策表定义: ``decisions/*.table.yaml``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from yizhan.releases.words import Key, Shape, Text
from yizhan.workflow.facts import FactType


def _cell(value: Any) -> Any:
    """A number or truth written bare in YAML is the FEEL text of it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


Cell = Annotated[str, BeforeValidator(_cell), Field(min_length=1, max_length=4096)]
Verdicts = Literal["decided", "no_rule", "conflict", "missing", "faulty"]


class InputDefinition(Shape):
    """A column of conditions 条件列.

    Without an expression its value is the fact of its own name. A required input that is unknown leaves the
    matter undecided; otherwise rules are asked and a condition on the unknown value does not hold.
    """

    name: Key
    label: Text
    type: FactType
    expression: str | None = Field(default=None, min_length=1, max_length=4096)
    values: Cell | None = Field(default=None, description='allowed values as tests, such as "a", "b"')
    required: bool = True


class OutputDefinition(Shape):
    """A column of results 结果列."""

    name: Key
    label: Text
    type: FactType
    values: Cell | None = Field(default=None, description='allowed values as tests, such as "a", "b"')
    required: bool = Field(default=True, description="false: null is a result too")


class RuleDefinition(Shape):
    """A rule 规则: one test for each input, one expression for each output, and why."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")
    when: list[Cell] = Field(max_length=40)
    then: list[Cell] = Field(max_length=40)
    because: Text


class ExampleDefinition(Shape):
    """A worked example 示例, tried whenever the pack is checked."""

    title: Text | None = None
    given: dict[Key, Any]
    verdict: Verdicts = "decided"
    expect: dict[Key, Any] = Field(default_factory=dict)


class TableDefinition(Shape):
    """A decision table 决策表.

    Hit policy: ``U`` exactly one rule holds, ``F`` the first that holds decides, ``C`` the results of all
    that hold are collected, or with an aggregation become one number.
    """

    key: Key
    title: Text
    hit_policy: Literal["U", "F", "C"] = "U"
    aggregation: Literal["sum", "min", "max", "count"] | None = None
    facts: dict[Key, FactType] = Field(default_factory=dict, description="facts that expressions use")
    inputs: list[InputDefinition] = Field(min_length=1, max_length=40)
    outputs: list[OutputDefinition] = Field(min_length=1, max_length=40)
    rules: list[RuleDefinition] = Field(min_length=1, max_length=2000)
    examples: list[ExampleDefinition] = Field(default_factory=list, max_length=500)

    @property
    def all_facts(self) -> dict[str, FactType]:
        """Every fact that the table needs, with its type."""
        own = {column.name: column.type for column in self.inputs if column.expression is None}
        return {**own, **self.facts}
