"""A compiled decision table: facts in, a decision with its reasons out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhan import feel
from yizhan.workflow.facts import FactType
from yizhan.workflow.tables.asking import Asking
from yizhan.workflow.tables.columns import InputColumn, OutputColumn
from yizhan.workflow.tables.decision import Decision
from yizhan.workflow.tables.definition import TableDefinition
from yizhan.workflow.tables.index import Index
from yizhan.workflow.tables.literals import constant


class Table:
    """A decision table, compiled once and asked often; it never changes.

    Attributes:
        definition: as it was written.
        facts: every fact it needs, with its type.
        conditions, results: its columns.
        indexes: for each column of conditions, which rules a value passes.
        cells: for each rule its results as expressions.
        written: for each rule its results, if it says nothing but values that can stand.
    """

    def __init__(self, definition: TableDefinition) -> None:
        """Compile.

        Raises:
            feel.SyntaxFault: an expression is no FEEL; checking the definition tells all such places at once.
        """
        self.definition = definition
        self.facts: Mapping[str, FactType] = definition.all_facts
        self.conditions = [InputColumn(column) for column in definition.inputs]
        self.results = [OutputColumn(column) for column in definition.outputs]
        self.indexes = [
            Index([feel.compile_tests(rule.when[number]) for rule in definition.rules])
            for number in range(len(definition.inputs))
        ]
        self.cells = [[feel.expression(cell) for cell in rule.then] for rule in definition.rules]
        self.written = [self._written_out(then) for then in self.cells]

    def _written_out(self, then: list[feel.Expression]) -> dict[str, feel.Value] | None:
        """The results of a rule that says nothing but values that can stand."""
        run, results = feel.Evaluation(), dict[str, feel.Value]()
        for column, expression in zip(self.results, then, strict=True):
            known, value = constant(expression.tree)
            if not known or column.problems(value, run):
                return None
            results[column.definition.name] = value
        return results

    @property
    def outputs(self) -> Mapping[str, FactType]:
        """What it gives, with the types; under ``C`` without aggregation a list of each."""
        is_list = self.definition.hit_policy == "C" and self.definition.aggregation is None
        return {one.name: "list" if is_list else one.type for one in self.definition.outputs}

    @property
    def key(self) -> str:
        """The table's key."""
        return self.definition.key

    def decide(self, facts: Mapping[str, Any]) -> Decision:
        """Decide on these facts. Nothing is raised: whatever goes wrong is a verdict with reasons."""
        return Asking(self, facts).decision()
