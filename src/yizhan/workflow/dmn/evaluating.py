"""Evaluating a model 求值: a decision with all that it requires, each computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from yizhan import feel
from yizhan.workflow.dmn import wording
from yizhan.workflow.dmn.computing import function_of, value_of
from yizhan.workflow.dmn.conforming import Types
from yizhan.workflow.dmn.faults import DmnFault, Place
from yizhan.workflow.dmn.frames import Frame
from yizhan.workflow.dmn.tree import Decision, InputData, Knowledge, Model, Service

LIMITS = feel.Limits(steps=1_000_000)
_Asked = TypeVar("_Asked", Decision, Service)


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision's value 结果, and the reasons for every null on the way."""

    value: feel.Value
    reasons: tuple[feel.Reason, ...]


class Evaluator:
    """A model that can be asked; it never changes."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.names = wording.Names(wording.names_in(model))
        self.types = Types(model.types, self.names)

    def decide(self, name: str, given: Mapping[str, Any]) -> Answer:
        """A decision on these inputs, by their names; an input that is not given is null.

        Raises:
            DmnFault: no such decision, requirements in a circle or not in the model, a text that is no FEEL.
            feel.LimitFault: it takes too many steps or grows too large.
            feel.ValueFault: a given value is nothing that FEEL knows.
        """
        return _Asking(self, given, ()).answer(self._named(name, Decision))

    def serve(self, service: str, name: str, given: Mapping[str, Any]) -> Answer:
        """One of a decision service's output decisions, where the caller gives the input decisions.

        Raises:
            DmnFault: as for ``decide``, or the service has no such output.
            feel.LimitFault: it takes too many steps or grows too large.
            feel.ValueFault: a given value is nothing that FEEL knows.
        """
        found, wanted = self._named(service, Service), self._named(name, Decision)
        if not any(self.model.elements.get(href) is wanted for href in found.outputs):
            raise DmnFault(found.place, zh=f"服务没有结果 {name}", en=f"the service has no output {name}")
        return _Asking(self, given, found.given).answer(wanted)

    def _named(self, name: str, kind: type[_Asked]) -> _Asked:
        for element in self.model.elements.values():
            if isinstance(element, kind) and element.name == name:
                return element
        raise DmnFault(self.model.place, zh=f"模型里没有 {name}", en=f"the model has no {name}")


class _Asking:
    """One question to a model, while it is being answered."""

    def __init__(self, evaluator: Evaluator, given: Mapping[str, Any], fixed: tuple[str, ...]) -> None:
        self.elements = evaluator.model.elements
        self.given, self.fixed = given, fixed
        self.run = feel.Evaluation(LIMITS)
        self.empty = Frame(self.run, evaluator.names, evaluator.types)
        self.known: dict[str, feel.Value] = {}
        self.open: set[str] = set()

    def answer(self, decision: Decision) -> Answer:
        try:
            value = wording.outward(self._decision(decision))
        except RecursionError as fault:
            raise DmnFault(
                decision.place, zh="依赖或嵌套的层数过多", en="requirements or boxes are nested too deeply"
            ) from fault
        return Answer(value, tuple(self.run.reasons))

    def _decision(self, decision: Decision) -> feel.Value:
        if decision.name not in self.known:
            frame = self._frame(decision.name, decision.needs, decision.place)
            value = value_of(decision.body, frame) if decision.body is not None else None
            if decision.body is None:
                self.run.null(0, zh=f"{decision.name} 没有决策逻辑", en=f"{decision.name} has no logic")
            self.known[decision.name] = frame.typed(value, decision.variable.type, decision.place)
        return self.known[decision.name]

    def _frame(self, name: str, needs: tuple[str, ...], place: Place) -> Frame:
        """What an element sees: all that it requires."""
        if name in self.open:
            raise DmnFault(place, zh=f"{name} 循环依赖自己", en=f"{name} depends on itself")
        self.open.add(name)
        frame = self.empty
        for href in needs:
            frame = self._with(frame, href, place)
        self.open.remove(name)
        return frame

    def _with(self, frame: Frame, href: str, place: Place) -> Frame:
        element = self.elements.get(href)
        if isinstance(element, InputData):
            value = wording.inward(feel.feel_value(self.given.get(element.variable.name)))
            typed = frame.typed(value, element.variable.type, element.place)
            return frame.with_values({element.variable.name: typed})
        if isinstance(element, Decision):
            if href in self.fixed:
                value = wording.inward(feel.feel_value(self.given.get(element.name)))
                value = frame.typed(value, element.variable.type, element.place)
            else:
                value = self._decision(element)
            return frame.with_values({element.variable.name: value})
        if isinstance(element, Knowledge) and element.function is not None:
            inner = self._frame(element.name, element.needs, element.place)
            function = function_of(element.function, inner, element.variable.type)
            return frame.with_function(element.name, function)
        if element is None:
            raise DmnFault(place, zh=f"所需的 {href} 不在模型里", en="a requirement that is not in the model")
        return frame
