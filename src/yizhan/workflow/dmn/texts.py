"""The texts of a model, compiled once and kept 编译后的文字: expressions, cells, and tables as indexes."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from yizhan import feel
from yizhan.workflow.dmn.conforming import Types
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.dmn.tree import LiteralBox, TableBox
from yizhan.workflow.dmn.wording import Names
from yizhan.workflow.tables.index import Index


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of conditions of a table; an input's allowed values are an index of one rule."""

    allowed: tuple[Index | None, ...]
    when: tuple[Index, ...]


class Texts:
    """All that a model says in FEEL, by text and by the names with a dot that are visible there."""

    def __init__(self, names: Names, types: Types) -> None:
        self.names, self.types = names, types
        self._expressions: dict[tuple[str, frozenset[str]], feel.Expression] = {}
        self._columns: dict[tuple[int, frozenset[str]], Columns] = {}

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

    def columns(self, table: TableBox, visible: Container[str]) -> Columns:
        """The conditions of a table.

        Raises:
            DmnFault: a cell is no FEEL.
        """
        key = id(table), self.names.dotted(visible)
        found = self._columns.get(key)
        if found is None:
            allowed = (
                self._index([LiteralBox(one.place, one.values)], key[1]) if one.values else None
                for one in table.inputs
            )
            when = (
                self._index(cells, key[1]) for cells in zip(*(rule.when for rule in table.rules), strict=True)
            )
            found = self._columns[key] = Columns(tuple(allowed), tuple(when))
        return found

    def _index(self, cells: list[LiteralBox] | tuple[LiteralBox, ...], dotted: frozenset[str]) -> Index:
        return Index([self._tests(cell, dotted) for cell in cells], self.names.__contains__)

    def _tests(self, box: LiteralBox, dotted: frozenset[str]) -> feel.Tests:
        """The tests of a cell; an empty one lets all pass."""
        try:
            known = self.names.known(box.text, dotted)
            return feel.compile_tests(box.text or "-", known, self.types.named, lenient=True)
        except feel.SyntaxFault as fault:
            raise DmnFault.of(box.place, fault) from fault
