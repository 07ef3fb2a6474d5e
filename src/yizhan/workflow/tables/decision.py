"""What a table decided 决定, with all that is needed to explain it years later."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, Protocol, overload

from yizhan import feel
from yizhan.releases.words import Text
from yizhan.workflow.facts import FactType, plain
from yizhan.workflow.words import Words


class Verdict(StrEnum):
    """How a decision ended 判定结果. Only ``DECIDED`` has outputs."""

    DECIDED = "decided"
    NO_RULE = "no_rule"
    CONFLICT = "conflict"
    MISSING = "missing"
    FAULTY = "faulty"


class InputSeen(NamedTuple):
    """An input as the table saw it; a value of null says in ``reasons`` why it is unknown."""

    name: str
    label: Text
    value: feel.Value
    reasons: tuple[Words, ...] = ()


class RuleSeen(NamedTuple):
    """A rule that was looked at: what each of its conditions answered, null where that is unknown."""

    id: str
    answers: tuple[bool | None, ...]
    holds: bool | None


class RuleHit(NamedTuple):
    """A rule that held: its reason and its results."""

    id: str
    because: Text
    outputs: Mapping[str, feel.Value]


class Askable(Protocol):
    """What a state of a process can ask: a table of a pack, or a decision of a model."""

    @property
    def key(self) -> str:
        """What it is called by: ``table``, or ``model.decision``."""

    @property
    def facts(self) -> Mapping[str, FactType]:
        """Every fact it needs, with its type."""

    @property
    def outputs(self) -> Mapping[str, FactType]:
        """What it gives, with the types."""

    def decide(self, facts: Mapping[str, Any]) -> Decision:
        """Decide on these facts. Nothing is raised: whatever goes wrong is a verdict with reasons."""


class Trace(Sequence[RuleSeen]):
    """The rules that were looked at; written down when somebody reads them, which is seldom."""

    def __init__(self, write: Callable[[], tuple[RuleSeen, ...]]) -> None:
        self._write = write

    @cached_property
    def _rules(self) -> tuple[RuleSeen, ...]:
        return self._write()

    @overload
    def __getitem__(self, place: int) -> RuleSeen: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[RuleSeen]: ...

    def __getitem__(self, place: int | slice) -> RuleSeen | Sequence[RuleSeen]:
        return self._rules[place]

    def __len__(self) -> int:
        return len(self._rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._rules == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # like every other sequence that is compared by its entries


class Decision(NamedTuple):
    """What a table decided.

    Attributes:
        table: the table's key.
        title: the table's title.
        verdict: how it ended; a conflict or a missing fact is an answer too, never an exception.
        outputs: the results by name; under hit policy C lists, or one aggregated number.
        hits: the rules that held, with their reasons.
        inputs: what the table saw.
        trace: every rule that was looked at; under hit policy F those up to the first that held.
        reasons: why there is no decision, if there is none.
    """

    table: str
    title: Text
    verdict: Verdict
    outputs: Mapping[str, feel.Value]
    hits: tuple[RuleHit, ...]
    inputs: tuple[InputSeen, ...]
    trace: Sequence[RuleSeen]
    reasons: tuple[Words, ...]

    @property
    def decided(self) -> bool:
        """Whether there are outputs."""
        return self.verdict is Verdict.DECIDED

    def explain(self) -> tuple[Words, ...]:
        """The decision in sentences: what was seen, which rules held and why, or why nothing was decided."""
        seen = [(column, _shown(column.value)) for column in self.inputs]
        first = Words(
            "；".join(f"{column.label.zh}：{shown.zh}" for column, shown in seen),
            "; ".join(f"{column.label.en}: {shown.en}" for column, shown in seen),
        )
        hits = [
            Words(zh=f"依据规则 {hit.id}：{hit.because.zh}", en=f"rule {hit.id}: {hit.because.en}")
            for hit in self.hits
        ]
        return (first, *hits, *self.reasons)

    def record(self) -> dict[str, Any]:
        """The decision as JSON, for the proof of a step: to be read, not to be calculated with."""
        return {
            "table": self.table,
            "verdict": self.verdict.value,
            "outputs": {name: plain(value) for name, value in self.outputs.items()},
            "inputs": {column.name: plain(column.value) for column in self.inputs},
            "rules": [hit.id for hit in self.hits],
            "words": [{"zh": words.zh, "en": words.en} for words in self.explain()],
        }


def _shown(value: feel.Value) -> Words:
    if value is None:
        return Words(zh="未知", en="unknown")
    if isinstance(value, bool):
        return Words(zh="是", en="yes") if value else Words(zh="否", en="no")
    text = feel.text_of(value)
    text = text if len(text) <= 80 else text[:79] + "…"
    return Words(text, text)
