"""A kit of DMN models with expected results 决策模型的对照集: reading its test files and making the checks.

A check is one expected result of one test case. Whatever keeps it from being compared, such as a file that cannot
be read or a part of the language that is not there, is a failure with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from yizhan import feel
from yizhan.workflow.dmn import Answer, DmnFault, Evaluator, read
from yizhan.workflow.dmn.markup import Element, parsed

NEAR = Decimal("1e-8")
"""Test files write numbers with some digits only; nearer than this is the same number."""
_NUMBERS = {"decimal", "double", "float", "integer", "int", "long"}
_MOMENTS = {"date", "time", "dateTime", "duration", "dayTimeDuration", "yearMonthDuration"}


@dataclass(frozen=True, slots=True)
class Check:
    """One expected result.

    Attributes:
        place: the case and the result's name.
        wants_null: whether null is expected, which a gap in the language can give too.
        failure: why it failed; empty if it passed.
    """

    folder: Path
    place: str
    wants_null: bool
    failure: str


class _Unreadable(ValueError):
    """A value of a test file that cannot be read."""


def checks(file: Path) -> Iterator[Check]:
    """The checks of a test file; a file that cannot be read is one failed check."""
    try:
        root = parsed(file.read_bytes())
    except DmnFault as fault:
        yield Check(file.parent, file.name, wants_null=False, failure=f"unreadable test file: {fault.matter}")
        return
    evaluator: Evaluator | str
    try:
        evaluator = _evaluator(file.parent / Path(root.text_of("modelName")).name)
    except DmnFault as fault:
        evaluator = f"unreadable model: {fault.matter}"
    except OSError:
        evaluator = "the model is not there"
    for case in root.all("testCase"):
        for node in case.all("resultNode"):
            place = f"{file.name} {case.get('id')} {node.get('name')}"
            expected = node.first("expected")
            wants_null = expected is None or _is_null(expected)
            yield Check(file.parent, place, wants_null, _failure(evaluator, case, node))


def _evaluator(file: Path) -> Evaluator:
    """The model of a file; those that it imports lie beside it."""
    model = read(file.read_bytes())
    beside = sorted(file.parent.glob("*.dmn")) if model.imports else []
    others = [read(other.read_bytes()) for other in beside if other != file]
    return Evaluator(model, {other.namespace: other for other in others})


def _failure(evaluator: Evaluator | str, case: Element, node: Element) -> str:
    if isinstance(evaluator, str):
        return evaluator
    expected = node.first("expected")
    try:
        wanted = _value(expected) if expected is not None else None
        given = {one.get("name"): _value(one) for one in case.all("inputNode")}
        answer = _asked(evaluator, case, node.get("name"), given)
    except DmnFault as fault:
        return fault.matter
    except feel.Fault as fault:
        return fault.en
    except _Unreadable as fault:
        return f"a value of the test cannot be read: {fault}"
    except Exception as fault:  # a defect is a failed check, not the end of the run
        return f"defect: {type(fault).__name__}: {fault}"
    return _difference(answer, wanted)


def _asked(evaluator: Evaluator, case: Element, name: str, given: dict[str, feel.Value]) -> Answer:
    moment = datetime.now(UTC)
    if case.get("type") == "decisionService":
        return evaluator.serve(case.get("invocableName"), name, given, moment)
    return evaluator.decide(name, given, moment)


def _difference(answer: Answer, wanted: feel.Value) -> str:
    if same(answer.value, wanted):
        return ""
    if wanted is None:
        return "a value where null is expected"
    if answer.value is None:
        return f"null: {answer.reasons[-1].en}" if answer.reasons else "null without a reason"
    kinds = feel.kind(answer.value), feel.kind(wanted)
    return f"another {kinds[0]}" if kinds[0] == kinds[1] else f"a {kinds[0]} instead of a {kinds[1]}"


def same(got: feel.Value, wanted: feel.Value) -> bool:
    """Whether a value is the expected one: of the same type, numbers up to ``NEAR``."""
    if isinstance(got, Decimal) and isinstance(wanted, Decimal):
        return abs(got - wanted) <= NEAR
    if isinstance(got, tuple) and isinstance(wanted, tuple):
        return len(got) == len(wanted) and all(map(same, got, wanted))
    if isinstance(got, dict) and isinstance(wanted, dict):
        return got.keys() == wanted.keys() and all(same(got[key], wanted[key]) for key in got)
    return type(got) is type(wanted) and got == wanted


def _is_null(expected: Element) -> bool:
    value = expected.first("value")
    return value is not None and value.get("nil") in {"true", "1"}


def _value(holder: Element) -> feel.Value:
    """The value that stands in an element: a single one, a list, or components."""
    listed = holder.first("list")
    if listed is not None:
        return None if listed.get("nil") == "true" else tuple(_value(item) for item in listed.all("item"))
    components = list(holder.all("component"))
    if components:
        return {component.get("name"): _value(component) for component in components}
    value = holder.first("value")
    if value is None or value.get("nil") in {"true", "1"}:
        return None
    return _single(value.get("type").rpartition(":")[2], value.text)


def _single(type_: str, text: str) -> feel.Value:
    if type_ in _NUMBERS:
        try:
            return Decimal(text.strip())
        except InvalidOperation as fault:
            raise _Unreadable(text) from fault
    if type_ == "boolean":
        return text.strip() in {"true", "1"}
    if type_ in _MOMENTS:
        found = feel.literal(text.strip())
        if found is None:
            raise _Unreadable(f"{type_} {text.strip()}")
        return found
    return text
