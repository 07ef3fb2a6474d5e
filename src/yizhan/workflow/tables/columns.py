"""The compiled columns of a table 列: reading inputs, judging results."""

from __future__ import annotations

from collections.abc import Mapping

from yizhan import feel
from yizhan.workflow.facts import TITLES, fits
from yizhan.workflow.tables.decision import InputSeen
from yizhan.workflow.tables.definition import InputDefinition, OutputDefinition
from yizhan.workflow.words import Words

ASKED = "?"


class InputColumn:
    """A column of conditions, compiled."""

    def __init__(self, definition: InputDefinition) -> None:
        self.definition = definition
        self._expression = feel.expression(definition.expression or definition.name)
        self._values = feel.compile_tests(definition.values) if definition.values else None

    def see(
        self, scope: feel.Scope, run: feel.Evaluation, unfit: Mapping[str, Words]
    ) -> tuple[InputSeen, bool]:
        """The value, and whether it is an allowed one."""
        run.reasons.clear()
        value = self._expression.within(run, scope)
        reasons = [unfit[name] for name in sorted(self._expression.names) if name in unfit]
        reasons += [Words.of(reason) for reason in run.reasons]
        if not fits(value, self.definition.type):
            title = TITLES[self.definition.type]
            reasons.append(Words(zh=f"值不是{title.zh}", en=f"the value is no {title.en}"))
            value = None
        allowed = (
            value is None or self._values is None or self._values.within(run, {**scope, ASKED: value}) is True
        )
        return InputSeen(self.definition.name, self.definition.label, value, tuple(reasons)), allowed


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
