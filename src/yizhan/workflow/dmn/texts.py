"""The texts of a model, compiled once and kept 编译后的文字: expressions, cells, and tables as indexes."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from yizhan import feel
from yizhan.feel.tree import Name
from yizhan.workflow.dmn.conforming import Types
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.dmn.tree import InputClause, LiteralBox, OutputClause, TableBox
from yizhan.workflow.dmn.wording import Names
from yizhan.workflow.tables.index import Index, calls_none_of
from yizhan.workflow.tables.literals import constant

_NO_KINDS: frozenset[type] = frozenset()


class Column(NamedTuple):
    """A column of conditions: what it looks at, its allowed values as an index of one rule, its cells as an index.

    Attributes:
        name: the name that the expression is, if it is nothing but one.
        kinds: the types in Python whose values are surely of the clause's type.
    """

    clause: InputClause
    name: str
    kinds: frozenset[type]
    expression: feel.Expression | None
    allowed: Index | None
    when: Index


class Plan(NamedTuple):
    """A table, compiled: its columns, and the results of the rules that say nothing but values of their types."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[feel.Value, ...] | None, ...]


class Texts:
    """All that a model says in FEEL, by text and by the names with a dot that are visible there."""

    def __init__(self, names: Names, types: Types) -> None:
        self.names, self.types = names, types
        self._expressions: dict[tuple[str, frozenset[str]], feel.Expression] = {}
        self._plans: dict[tuple[int, frozenset[str]], Plan] = {}

    def expression(self, box: LiteralBox, visible: Container[str]) -> feel.Expression:
        """The expression of a text.

        Raises:
            DmnFault: it is no FEEL.
        """
        key = box.text, self.names.dotted(visible)
        found = self._expressions.get(key)
        if found is None:
            try:
                found = feel.expression(box.text, self.names.known(*key), self.types.named, lenient=True)
            except feel.SyntaxFault as fault:
                raise DmnFault.of(box.place, fault) from fault
            self._expressions[key] = found
        return found

    def plan(self, table: TableBox, visible: Container[str]) -> Plan:
        """A table, compiled.

        Raises:
            DmnFault: a condition is no FEEL.
        """
        key = id(table), self.names.dotted(visible)
        found = self._plans.get(key)
        if found is None:
            columns = tuple(
                self._column(clause, tuple(rule.when[place] for rule in table.rules), visible)
                for place, clause in enumerate(table.inputs)
            )
            rows = tuple(self._row(table.outputs, rule.then, visible) for rule in table.rules)
            found = self._plans[key] = Plan(columns, rows)
        return found

    def _row(
        self, outputs: tuple[OutputClause, ...], cells: tuple[LiteralBox, ...], visible: Container[str]
    ) -> tuple[feel.Value, ...] | None:
        """The results of a rule if they are written out; what is faulty is told when the rule holds."""
        row: list[feel.Value] = []
        for output, cell in zip(outputs, cells, strict=True):
            try:
                expression = self.expression(cell, visible) if cell.text else None
                is_known, value = constant(expression.tree) if expression else (True, None)
                typed = self.types.conformed(value, output.type, output.place, feel.Evaluation())
            except DmnFault:
                return None
            is_own = expression is not None and not calls_none_of(expression, self.names.__contains__)
            if not is_known or is_own or (typed is None and value is not None):
                return None
            row.append(typed)
        return tuple(row)

    def _column(self, clause: InputClause, cells: Sequence[LiteralBox], visible: Container[str]) -> Column:
        dotted, values = self.names.dotted(visible), LiteralBox(clause.place, clause.values)
        expression = self.expression(clause.expression, visible) if clause.expression.text else None
        return Column(
            clause,
            expression.tree.name if expression and isinstance(expression.tree, Name) else "",
            self.types.surely.get(clause.type, _NO_KINDS),
            expression,
            self._index([values], dotted) if clause.values else None,
            self._index(cells, dotted),
        )

    def _index(self, cells: Sequence[LiteralBox], dotted: frozenset[str]) -> Index:
        return Index([self._tests(cell, dotted) for cell in cells], self.names.__contains__)

    def _tests(self, box: LiteralBox, dotted: frozenset[str]) -> feel.Tests:
        """The tests of a cell; an empty one lets all pass."""
        try:
            known = self.names.known(box.text, dotted)
            return feel.compile_tests(box.text or "-", known, self.types.named, lenient=True)
        except feel.SyntaxFault as fault:
            raise DmnFault.of(box.place, fault) from fault
