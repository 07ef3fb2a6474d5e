"""The compiled columns of a table 列: reading inputs, judging results."""

from __future__ import annotations

from collections.abc import Mapping

from yizhan import feel
from yizhan.workflow.facts import TITLES, fits
from yizhan.workflow.tables.decision import InputSeen
from yizhan.workflow.tables.definition import InputDefinition, OutputDefinition
from yizhan.workflow.tables.index import ASKED, Index
from yizhan.workflow.words import Words


class InputColumn:
    """A column of conditions, compiled.

    Attributes:
        expression: what it looks at; none if that is the fact of its own name.
    """

    def __init__(self, definition: InputDefinition) -> None:
        self.definition = definition
        self.name, self.label, self.required = definition.name, definition.label, definition.required
        self.expression = feel.expression(definition.expression) if definition.expression else None
        self._values = Index([feel.compile_tests(definition.values)]) if definition.values else None

    def see(self, scope: feel.Scope, run: feel.Evaluation, unfit: Mapping[str, Words]) -> InputSeen:
        """The value, and why it is unknown if it is."""
        if self.expression is None:
            value = scope[self.name]
            return InputSeen(self.name, self.label, value, (unfit[self.name],) if self.name in unfit else ())
        value, reasons = self._computed(self.expression, scope, run, unfit)
        return InputSeen(self.name, self.label, value, tuple(reasons))

    def allows(self, value: feel.Value, scope: feel.Scope, run: feel.Evaluation) -> bool:
        """Whether a value is an allowed one; null is judged by whether the column is required."""
        return self._values is None or value is None or self._values.ask(value, scope, run).holding == 1

    def _computed(
        self,
        expression: feel.Expression,
        scope: feel.Scope,
        run: feel.Evaluation,
        unfit: Mapping[str, Words],
    ) -> tuple[feel.Value, list[Words]]:
        run.reasons.clear()
        value = expression.within(run, scope)
        reasons = [unfit[name] for name in sorted(expression.names) if name in unfit] if unfit else []
        reasons += [Words.of(reason) for reason in run.reasons]
        if fits(value, self.definition.type):
            return value, reasons
        title = TITLES[self.definition.type]
        return None, [*reasons, Words(zh=f"值不是{title.zh}", en=f"the value is no {title.en}")]


class OutputColumn:
    """A column of results, compiled."""

    def __init__(self, definition: OutputDefinition) -> None:
        self.definition = definition
        self._values = feel.compile_tests(definition.values) if definition.values else None

    def problems(self, value: feel.Value, run: feel.Evaluation) -> list[Words]:
        """Why a result cannot stand: it is null, of another type, or not allowed."""
        label = self.definition.label
        if value is None:
            missing = Words(zh=f"{label.zh}没有值", en=f"{label.en} has no value")
            return [missing] if self.definition.required else []
        if not fits(value, self.definition.type):
            title = TITLES[self.definition.type]
            return [Words(zh=f"{label.zh}不是{title.zh}", en=f"{label.en} is no {title.en}")]
        if self._values is not None and self._values.within(run, {ASKED: value}) is not True:
            return [Words(zh=f"{label.zh}的值不在允许范围", en=f"{label.en} is not an allowed value")]
        return []
