"""What an expression of a model stands in 计算环境: values and functions by name, and the running evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from yizhan import feel
from yizhan.workflow.dmn.faults import Place
from yizhan.workflow.dmn.texts import Texts
from yizhan.workflow.dmn.tree import LiteralBox, TableBox


class TableSeen(NamedTuple):
    """A table that was asked: the values of its inputs, the places of the rules that held, and their results.

    Without inputs one of them was not allowed.
    """

    table: TableBox
    inputs: tuple[feel.Value, ...] | None
    rules: tuple[int, ...]
    results: tuple[tuple[feel.Value, ...], ...]


class Frame(NamedTuple):
    """Values by name, functions among them; ``trail`` gathers the tables that are asked."""

    run: feel.Evaluation
    texts: Texts
    trail: list[TableSeen]
    values: feel.Scope

    def with_values(self, more: Mapping[str, feel.Value]) -> Frame:
        """The same with more names."""
        return Frame(self.run, self.texts, self.trail, {**self.values, **more})

    def literal(self, box: LiteralBox) -> feel.Value:
        """The value of a text of FEEL; an empty text is null.

        Raises:
            DmnFault: it is no FEEL.
            feel.LimitFault: it takes too many steps or grows too large.
        """
        if not box.text:
            return None
        return self.texts.expression(box, self.values).within(self.run, self.values)

    def typed(self, value: feel.Value, type_: str, place: Place) -> feel.Value:
        """A value as a type of the model, or null and a reason.

        Raises:
            DmnFault: there is no such type.
        """
        if value is None or not type_ or type(value) in self.texts.types.surely.get(type_, ()):
            return value
        found = self.texts.types.conformed(value, type_, place, self.run)
        if found is None:
            self.run.null(0, zh=f"值不是{type_}", en=f"the value is no {type_}")
        return found
