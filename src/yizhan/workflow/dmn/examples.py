"""Worked examples of a model 模型示例: ``decisions/NAME.examples.yaml`` beside ``NAME.dmn``, tried at every check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from pydantic import Field

from yizhan.releases.words import Shape
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.dmn.verdicts import decision_of
from yizhan.workflow.problems import Problem
from yizhan.workflow.tables.definition import ExampleDefinition
from yizhan.workflow.tables.examples import example_problems


class ModelExample(ExampleDefinition):
    """An example 示例 of one decision, which is named by its id or its name; inputs have the model's own names."""

    decision: str = Field(min_length=1, max_length=200)
    given: dict[str, Any]
    expect: dict[str, Any] = Field(default_factory=dict)


class ModelExamples(Shape):
    """The examples of a model."""

    examples: list[ModelExample] = Field(min_length=1, max_length=500)


def problems(written: ModelExamples, model: str, models: Mapping[str, str]) -> Iterator[Problem]:
    """Examples that do not come out as they say; the models must be in order."""
    for number, example in enumerate(written.examples):
        path = f"examples[{number}]"
        try:
            asked = decision_of(models, f"{model}.{example.decision}")
        except DmnFault as fault:
            yield Problem(f"{path}.decision", str(fault.words))
            continue
        for name in sorted(example.given.keys() - asked.facts.keys()):
            yield Problem(f"{path}.given.{name}", _("决策不使用事实 %(name)s") % {"name": name})
        yield from example_problems(path, example, asked.decide(example.given))
