"""A decision of a model, asked like a table of a pack 模型判定: a verdict, its outputs, and the reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

from yizhan import feel
from yizhan.releases.words import Text
from yizhan.workflow.dmn import tree
from yizhan.workflow.dmn.asking import DecisionSeen, Question
from yizhan.workflow.dmn.evaluating import Answer, Evaluator
from yizhan.workflow.dmn.exploring import FACT_TYPES, resolved
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.dmn.frames import TableSeen
from yizhan.workflow.dmn.needing import needed_by
from yizhan.workflow.dmn.reading import read
from yizhan.workflow.dmn.scopes import texts_of
from yizhan.workflow.dmn.type_names import item_of
from yizhan.workflow.facts import FactType, typed
from yizhan.workflow.tables.decision import Decision, InputSeen, RuleHit, Verdict
from yizhan.workflow.words import Words

VALUE = "value"
"""What the output is called of a decision that gives one value; those of a context are its entries."""
_TOLD: Mapping[str, FactType] = {"now": "date_time", "today": "date"}
_ENGLISH = frozenset({"en", "english"})


def decision_of(models: Mapping[str, str], key: str) -> ModelDecision:
    """A decision by ``model.decision``: the key of a file, and the id or the name of the decision in it.

    Args:
        models: the models of a pack by key, as they were written.
        key: which.

    Raises:
        KeyError: there is no such model.
        DmnFault: a model cannot be read, or has no such decision.
    """
    file, _, name = key.partition(".")
    read_ones = {one: read(source) for one, source in models.items()}
    model = read_ones[file]
    evaluator = Evaluator(model, {one.namespace: one for one in read_ones.values()})
    element = model.elements.get(name)
    found = element if isinstance(element, tree.Decision) else evaluator.named(name, tree.Decision)
    return ModelDecision(key, evaluator, found)


def decisions_of(models: Mapping[str, str]) -> dict[str, ModelDecision]:
    """Every decision of some models, as ``model.decision`` by its id, and by its name where that is another.

    Of a model that cannot be read there is none; what is wrong with it is told at the model.
    """
    known: dict[str, tree.Model] = {}
    for key, source in models.items():
        with suppress(DmnFault):
            known[key] = read(source)
    spaces = {one.namespace: one for one in known.values()}
    found: dict[str, ModelDecision] = {}
    for key, model in known.items():
        evaluator = Evaluator(model, spaces)
        for id_, element in model.elements.items():
            if isinstance(element, tree.Decision):
                for name in (id_, element.name):
                    found.setdefault(f"{key}.{name}", ModelDecision(f"{key}.{name}", evaluator, element))
    return found


class ModelDecision:
    """A decision of a model that processes ask; it never changes."""

    def __init__(self, key: str, evaluator: Evaluator, decision: tree.Decision) -> None:
        self.key, self._evaluator, self._decision = key, evaluator, decision
        self.title = _twice(decision.name)

    @cached_property
    def _inputs(self) -> dict[str, tuple[tree.InputData, FactType]]:
        """The inputs that the decision stands on, by name."""
        library = self._evaluator.library
        needed = needed_by(self._decision, self._evaluator.model, library)
        return {
            one.variable.name: (one, FACT_TYPES.get(resolved(one.variable.type, model, library)[0], "any"))
            for one, model in needed
            if isinstance(one, tree.InputData)
        }

    @cached_property
    def facts(self) -> Mapping[str, FactType]:
        """Every fact it needs: inputs by their names, and the day or moment if a text asks for it."""
        found = {name: type_ for name, (_input, type_) in self._inputs.items()}
        texts = " ".join(text.box.text for text in texts_of(self._evaluator.model, self._evaluator.library))
        return {**found, **{name: type_ for name, type_ in _TOLD.items() if f"{name}(" in texts}}

    @cached_property
    def outputs(self) -> Mapping[str, FactType]:
        """What it gives: the entries of its type if that has some, else one value."""
        model, library = self._evaluator.model, self._evaluator.library
        type_ = self._decision.variable.type
        found = item_of(model, library, type_)
        if found is not None and found[1].components and not found[1].is_list:
            return {
                one.name: "list"
                if one.is_list
                else FACT_TYPES.get(resolved(one.base, model, library)[0], "any")
                for one in found[1].components
            }
        return {VALUE: FACT_TYPES.get(resolved(type_, model, library)[0], "any")}

    def decide(self, facts: Mapping[str, Any]) -> Decision:
        """Decide on these facts. Nothing is raised: whatever goes wrong is a verdict with reasons."""
        given, seen = self._read(facts)
        told: feel.Scope = {
            name: value for name, value in given.items() if name in _TOLD and value is not None
        }
        try:
            answer = self._evaluator.answer(self._decision, Question(given, told))
        except feel.Fault as fault:
            words = fault.words if isinstance(fault, DmnFault) else Words.of(fault)
            return self._told(Verdict.FAULTY, {}, (), seen, (words,))
        verdict, reasons = _verdict(answer, seen)
        outputs = answer.value if isinstance(answer.value, dict) else {VALUE: answer.value}
        hits = tuple(hit for one in answer.seen for hit in _hits(one))
        return self._told(verdict, outputs if verdict is Verdict.DECIDED else {}, hits, seen, reasons)

    def _told(
        self,
        verdict: Verdict,
        outputs: Mapping[str, feel.Value],
        hits: tuple[RuleHit, ...],
        seen: tuple[InputSeen, ...],
        reasons: tuple[Words, ...],
    ) -> Decision:
        return Decision(self.key, self.title, verdict, outputs, hits, seen, (), reasons)

    def _read(self, facts: Mapping[str, Any]) -> tuple[feel.Scope, tuple[InputSeen, ...]]:
        """The facts as their types; what does not fit is unknown, and told."""
        given: feel.Scope = {}
        seen: list[InputSeen] = []
        for name, type_ in self.facts.items():
            given[name], problem = typed(facts.get(name), type_)
            if name in self._inputs:
                seen.append(InputSeen(name, _twice(name), given[name], (problem,) if problem else ()))
        return given, tuple(seen)


def _verdict(answer: Answer, seen: tuple[InputSeen, ...]) -> tuple[Verdict, tuple[Words, ...]]:
    """How it ended, and why it ended without a value."""
    if answer.value is not None:
        return Verdict.DECIDED, ()
    missing = [one for one in seen if one.value is None]
    if missing:
        words = [Words(zh=f"缺少{one.label.zh}", en=f"{one.label.en} is missing") for one in missing]
        return Verdict.MISSING, (*words, *(reason for one in missing for reason in one.reasons))
    reasons = tuple(Words.of(reason) for reason in answer.reasons)
    tables = [table for one in answer.seen for table in one.tables]
    if tables and tables[-1].inputs is not None and not tables[-1].rules:
        return Verdict.NO_RULE, reasons
    if tables and len(tables[-1].rules) > 1 and tables[-1].table.policy in {"UNIQUE", "ANY"}:
        return Verdict.CONFLICT, reasons
    return Verdict.FAULTY, reasons or (Words(zh="结果是 null", en="the result is null"),)


def _hits(seen: DecisionSeen) -> Iterator[RuleHit]:
    """The rules that held in the tables of a decision, with what their notes say."""
    for table in seen.tables:
        for place, results in zip(table.rules, table.results, strict=True):
            rule = table.table.rules[place]
            names = [output.name or seen.decision.name for output in table.table.outputs]
            because = _because(table, place) or Text(
                zh=f"{seen.decision.name}，第 {place + 1} 条规则",
                en=f"{seen.decision.name}, rule {place + 1}",
            )
            yield RuleHit(rule.place.id or str(place + 1), because, dict(zip(names, results, strict=True)))


def _because(seen: TableSeen, place: int) -> Text | None:
    """The notes of a rule: a heading ``en`` marks the English one; one alone serves both languages."""
    notes = seen.table.rules[place].notes
    headings = [*(one.lower() for one in seen.table.notes), *[""] * len(notes)]
    english = next(
        (note for head, note in zip(headings, notes, strict=False) if head in _ENGLISH and note), ""
    )
    others = (note for head, note in zip(headings, notes, strict=False) if head not in _ENGLISH and note)
    chinese = next(others, "")
    return Text(zh=chinese or english, en=english or chinese) if chinese or english else None


def _twice(name: str) -> Text:
    return Text(zh=name, en=name)
