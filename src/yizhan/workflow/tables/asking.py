"""Answering one question to a table 判定: what was seen, which rules held, and what the hit policy makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from yizhan import feel
from yizhan.workflow.facts import typed
from yizhan.workflow.tables.decision import Decision, InputSeen, RuleHit, RuleSeen, Trace, Verdict
from yizhan.workflow.tables.definition import RuleDefinition
from yizhan.workflow.tables.index import Answer, places
from yizhan.workflow.words import Words

if TYPE_CHECKING:
    from yizhan.workflow.tables.table import Table

LIMITS = feel.Limits(steps=1_000_000)
_AS_IT_IS: Mapping[str, type] = {"string": str, "boolean": bool, "date": date}
"""Facts of these types in Python need no reading."""


class Asking:
    """One question to a table, while it is being answered."""

    __slots__ = ("given", "hits", "inputs", "reasons", "run", "scope", "table", "trace")

    def __init__(self, table: Table, facts: Mapping[str, Any]) -> None:
        self.table, self.given = table, facts
        self.run = feel.Evaluation(LIMITS)
        self.scope: feel.Scope = {}
        self.inputs: list[InputSeen] = []
        self.trace: Sequence[RuleSeen] = ()
        self.hits: list[RuleHit] = []
        self.reasons: list[Words] = []

    def decision(self) -> Decision:
        """What the table decides."""
        outputs: Mapping[str, feel.Value] = {}
        try:
            verdict = self._see_inputs() or self._ask_rules()
            if verdict is Verdict.DECIDED:
                outputs = self._combined()
        except feel.LimitFault as fault:
            self.reasons.append(Words.of(fault))
            verdict = Verdict.FAULTY
        definition = self.table.definition
        return Decision(
            definition.key,
            definition.title,
            verdict,
            outputs,
            tuple(self.hits),
            tuple(self.inputs),
            self.trace,
            tuple(self.reasons),
        )

    def _see_inputs(self) -> Verdict | None:
        """Read all inputs; a verdict if they already settle that nothing can be decided."""
        unfit, scope, verdict = self._read_facts(), self.scope, None
        for column in self.table.conditions:
            seen = column.see(scope, self.run, unfit)
            self.inputs.append(seen)
            if seen.value is None and column.required:
                verdict = verdict or Verdict.MISSING
                label = seen.label
                self.reasons += [Words(zh=f"缺少{label.zh}", en=f"{label.en} is missing"), *seen.reasons]
            elif not column.allows(seen.value, scope, self.run):
                verdict, label = Verdict.FAULTY, seen.label
                self.reasons.append(
                    Words(zh=f"{label.zh}的值不在允许范围", en=f"{label.en} is not an allowed value")
                )
        for seen in self.inputs:
            scope[seen.name] = seen.value
        return verdict

    def _read_facts(self) -> dict[str, Words]:
        """Take the facts into the scope as their types; what does not fit is unknown, and told."""
        unfit: dict[str, Words] = {}
        for name, wanted in self.table.facts.items():
            given = self.given.get(name)
            if type(given) is _AS_IT_IS.get(wanted):
                self.scope[name] = cast(feel.Value, given)
                continue
            self.scope[name], problem = typed(given, wanted)
            if problem:
                unfit[name] = Words(f"{name}：{problem.zh}", f"{name}: {problem.en}")
        return unfit

    def _ask_rules(self) -> Verdict:
        table, run = self.table, self.run
        everything = holding = (1 << len(table.cells)) - 1
        answers: list[Answer] = []
        for seen, index in zip(self.inputs, table.indexes, strict=True):
            answer = index.ask(seen.value, self.scope, run)
            answers.append(answer)
            holding &= answer.holding
        if table.definition.hit_policy == "F":
            holding &= -holding
            everything = (holding << 1) - 1 if holding else everything
        rules = table.definition.rules
        self.trace = Trace(lambda: _trace(rules, answers, everything.bit_length()))
        for place in places(holding):
            rule = rules[place]
            self.hits.append(RuleHit(rule.id, rule.because, self._results(place)))
        return self._verdict()

    def _results(self, place: int) -> dict[str, feel.Value]:
        """The rule's results; one that cannot be had or is not allowed is told in the reasons."""
        known = self.table.written[place]
        if known is not None:
            return dict(known)
        results: dict[str, feel.Value] = {}
        rule = self.table.definition.rules[place].id
        for column, expression in zip(self.table.results, self.table.cells[place], strict=True):
            self.run.reasons.clear()
            value = expression.within(self.run, self.scope)
            results[column.definition.name] = value
            why = column.problems(value, self.run)
            why += [Words.of(reason) for reason in self.run.reasons] if why else []
            self.reasons += [Words(zh=f"规则 {rule}：{one.zh}", en=f"rule {rule}: {one.en}") for one in why]
        return results

    def _verdict(self) -> Verdict:
        if self.reasons:
            return Verdict.FAULTY
        if len(self.hits) == 1:
            return Verdict.DECIDED
        definition = self.table.definition
        if len(self.hits) > 1 and definition.hit_policy == "U":
            rules = [hit.id for hit in self.hits]
            words = Words(
                zh=f"有多条规则同时成立：{'、'.join(rules)}",
                en=f"several rules hold at once: {', '.join(rules)}",
            )
            self.reasons.append(words)
            return Verdict.CONFLICT
        can_be_empty = definition.hit_policy == "C" and definition.aggregation in {None, "count"}
        if not self.hits and not can_be_empty:
            self.reasons.append(Words(zh="没有规则成立", en="no rule holds"))
            return Verdict.NO_RULE
        return Verdict.DECIDED

    def _combined(self) -> Mapping[str, feel.Value]:
        definition = self.table.definition
        if definition.hit_policy != "C":
            return self.hits[0].outputs
        names = [column.name for column in definition.outputs]
        lists: dict[str, feel.Value] = {name: tuple(hit.outputs[name] for hit in self.hits) for name in names}
        if definition.aggregation is None:
            return lists
        function = feel.expression(f"{definition.aggregation}(list)")
        return {name: function.within(self.run, {"list": lists[name]}) for name in names}


def _trace(rules: list[RuleDefinition], answers: list[Answer], count: int) -> tuple[RuleSeen, ...]:
    found = []
    for place, rule in enumerate(rules[:count]):
        bit = 1 << place
        said = tuple([True if one.holding & bit else None if one.unknown & bit else False for one in answers])
        found.append(RuleSeen(rule.id, said, False if False in said else None if None in said else True))
    return tuple(found)
