"""What an expression of a model stands in 计算环境: values and functions by name, and the running evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from yizhan import feel
from yizhan.workflow.dmn import wording
from yizhan.workflow.dmn.conforming import Types
from yizhan.workflow.dmn.faults import DmnFault, Place
from yizhan.workflow.dmn.tree import LiteralBox


@dataclass(frozen=True, slots=True)
class Frame:
    """Values by name, functions among them."""

    run: feel.Evaluation
    names: wording.Names
    types: Types
    values: feel.Scope = field(default_factory=dict)

    def with_values(self, more: Mapping[str, feel.Value]) -> Frame:
        """The same with more names."""
        return replace(self, values={**self.values, **more})

    def literal(self, box: LiteralBox) -> feel.Value:
        """The value of a text of FEEL; an empty text is null.

        Raises:
            DmnFault: it is no FEEL.
            feel.LimitFault: it takes too many steps or grows too large.
        """
        if not box.text:
            return None
        try:
            expression = feel.expression(
                box.text, self.names.known(box.text, self.values), self.types.named, lenient=True
            )
        except feel.SyntaxFault as fault:
            raise DmnFault.of(box.place, fault) from fault
        return expression.within(self.run, self.values)

    def passes(self, box: LiteralBox, value: feel.Value) -> bool:
        """Whether a value passes the tests of a cell; an empty cell lets all pass, what is unknown does not.

        Raises:
            DmnFault: they are no FEEL.
            feel.LimitFault: they take too many steps.
        """
        try:
            tests = feel.compile_tests(
                box.text or "-", self.names.known(box.text, self.values), self.types.named, lenient=True
            )
        except feel.SyntaxFault as fault:
            raise DmnFault.of(box.place, fault) from fault
        return tests.is_anything or tests.within(self.run, {**self.values, "?": value}) is True

    def typed(self, value: feel.Value, type_: str, place: Place) -> feel.Value:
        """A value as a type of the model, or null and a reason.

        Raises:
            DmnFault: there is no such type.
        """
        found = self.types.conformed(value, type_, place, self.run)
        if found is None and value is not None:
            self.run.null(0, zh=f"值不是{type_}", en=f"the value is no {type_}")
        return found
