"""Evaluating a model 求值: a decision with all that it requires, each computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from yizhan import feel
from yizhan.workflow.dmn import wording
from yizhan.workflow.dmn.computing import function, function_of, value_of
from yizhan.workflow.dmn.conforming import Types
from yizhan.workflow.dmn.faults import DmnFault, Place
from yizhan.workflow.dmn.frames import Frame, TableSeen
from yizhan.workflow.dmn.texts import Texts
from yizhan.workflow.dmn.tree import Decision, InputData, Library, Model, Service

LIMITS = feel.Limits(steps=1_000_000)
_Asked = TypeVar("_Asked", Decision, Service)


@dataclass(frozen=True, slots=True)
class DecisionSeen:
    """A decision on the way: its value, and the tables that it asked, in that order."""

    decision: Decision
    value: feel.Value
    tables: tuple[TableSeen, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision's value 结果, the reasons for every null on the way, and what was decided for it, itself the last."""

    value: feel.Value
    reasons: tuple[feel.Reason, ...]
    seen: tuple[DecisionSeen, ...] = ()


class Evaluator:
    """A model that can be asked, with the models that it imports; it never changes."""

    def __init__(self, model: Model, library: Library | None = None) -> None:
        self.model, self.library = model, library or {}
        self.names = wording.Names(wording.names_of(model, self.library))
        self.texts = Texts(self.names, Types(model, self.library, self.names))
        self._imported: dict[str, Evaluator] = {}

    def decide(self, name: str, given: Mapping[str, Any], moment: datetime | None = None) -> Answer:
        """A decision on these inputs, by their names; an input that is not given is null.

        The moment is what ``now()`` and ``today()`` say; without one they are null.

        Raises:
            DmnFault: no such decision, requirements in a circle or not in the model, a text that is no FEEL.
            feel.LimitFault: it takes too many steps or grows too large.
            feel.ValueFault: a given value is nothing that FEEL knows.
        """
        return _Asking(self, _Question(given, moment)).answer(self.named(name, Decision))

    def serve(
        self, service: str, name: str, given: Mapping[str, Any], moment: datetime | None = None
    ) -> Answer:
        """One of a decision service's output decisions, where the caller gives the input decisions.

        Raises:
            DmnFault: as for ``decide``, or the service has no such output.
            feel.LimitFault: it takes too many steps or grows too large.
            feel.ValueFault: a given value is nothing that FEEL knows.
        """
        found, wanted = self.named(service, Service), self.named(name, Decision)
        if not any(self.model.elements.get(href) is wanted for href in found.outputs):
            raise DmnFault(found.place, zh=f"服务没有结果 {name}", en=f"the service has no output {name}")
        return _Asking(self, _Question(given, moment), fixed=found.given).answer(wanted)

    def named(self, name: str, kind: type[_Asked]) -> _Asked:
        """The decision or service of a name.

        Raises:
            DmnFault: there is none.
        """
        for element in self.model.elements.values():
            if isinstance(element, kind) and element.name == name:
                return element
        raise DmnFault(self.model.place, zh=f"模型里没有 {name}", en=f"the model has no {name}")

    def imported(self, model: Model) -> Evaluator:
        """The evaluator of a model that this one imports."""
        if model.namespace not in self._imported:
            self._imported[model.namespace] = Evaluator(model, self.library)
        return self._imported[model.namespace]


@dataclass(slots=True)
class _Question:
    """What all models share while one question is answered."""

    given: Mapping[str, Any]
    moment: datetime | None
    run: feel.Evaluation = field(default_factory=lambda: feel.Evaluation(LIMITS))
    seen: list[DecisionSeen] = field(default_factory=list)
    askings: dict[str, _Asking] = field(default_factory=dict)

    def inner(self, given: Mapping[str, Any]) -> _Question:
        """A question on the way to the answer, with inputs of its own."""
        return _Question(given, self.moment, self.run, self.seen)


class _Asking:
    """One question to a model, while it is being answered."""

    def __init__(self, evaluator: Evaluator, question: _Question, *, fixed: tuple[str, ...] = ()) -> None:
        self.evaluator, self.question, self.fixed, self.run = evaluator, question, fixed, question.run
        question.askings[evaluator.model.namespace] = self
        self.known: dict[str, feel.Value] = {}
        self.open: set[str] = set()

    def answer(self, decision: Decision) -> Answer:
        try:
            value = self.decision(decision)
        except RecursionError as fault:
            raise DmnFault(
                decision.place, zh="依赖或嵌套的层数过多", en="requirements or boxes are nested too deeply"
            ) from fault
        return Answer(value, tuple(self.run.reasons), tuple(self.question.seen))

    def decision(self, decision: Decision) -> feel.Value:
        if decision.name not in self.known:
            trail: list[TableSeen] = []
            frame = self._frame(decision.name, decision.needs, decision.place, trail)
            value = value_of(decision.body, frame) if decision.body is not None else None
            if decision.body is None:
                self.run.null(0, zh=f"{decision.name} 没有决策逻辑", en=f"{decision.name} has no logic")
            value = self.known[decision.name] = frame.typed(value, decision.variable.type, decision.place)
            self.question.seen.append(DecisionSeen(decision, value, tuple(trail)))
        return self.known[decision.name]

    def _begun(self, trail: list[TableSeen]) -> Frame:
        """What everything sees: the moment of the question."""
        moment = self.question.moment
        told: feel.Scope = {} if moment is None else {"now": moment, "today": moment.date()}
        return Frame(self.run, self.evaluator.texts, trail, told)

    def _frame(self, name: str, needs: tuple[str, ...], place: Place, trail: list[TableSeen]) -> Frame:
        """What an element sees: all that it requires."""
        if name in self.open:
            raise DmnFault(place, zh=f"{name} 循环依赖自己", en=f"{name} depends on itself")
        self.open.add(name)
        frame = self._begun(trail)
        for href in needs:
            namespace, _, key = href.rpartition("#")
            if namespace and namespace != self.evaluator.model.namespace:
                frame = self._with_foreign(frame, namespace, key, place)
            else:
                frame = self._with(frame, key, place)
        self.open.remove(name)
        return frame

    def _with_foreign(self, frame: Frame, namespace: str, key: str, place: Place) -> Frame:
        """The frame with a part of an imported model, in a context by the import's name; without one, as an own part."""
        imports = [one.name for one in self.evaluator.model.imports if one.namespace == namespace]
        model = self.evaluator.library.get(namespace)
        if not imports or model is None:
            raise DmnFault(place, zh=f"没有引用模型 {namespace}", en="a required model that is not there")
        other = self.question.askings.get(namespace) or _Asking(self.evaluator.imported(model), self.question)
        inner = other._with(Frame(self.run, other.evaluator.texts, frame.trail), key, place)
        name = imports[0]
        if not name:
            return frame.with_values(inner.values)
        before = frame.values.get(name)
        return frame.with_values({name: {**(before if isinstance(before, dict) else {}), **inner.values}})

    def _with(self, frame: Frame, key: str, place: Place) -> Frame:
        element = self.evaluator.model.elements.get(key)
        if element is None:
            raise DmnFault(place, zh=f"所需的 {key} 不在模型里", en="a requirement that is not in the model")
        if isinstance(element, InputData) or (isinstance(element, Decision) and key in self.fixed):
            name = element.variable.name
            value = feel.feel_value(self.question.given.get(name))
            return frame.with_values({name: frame.typed(value, element.variable.type, element.place)})
        if isinstance(element, Decision):
            return frame.with_values({element.variable.name: self.decision(element)})
        if isinstance(element, Service):
            return frame.with_values({element.name: self._service(element, frame)})
        if element.function is None:
            return frame
        inner = self._frame(element.name, element.needs, element.place, frame.trail)
        called = function_of(element.name, element.function, inner, element.variable.type)
        return frame.with_values({element.name: called})

    def _service(self, service: Service, frame: Frame) -> feel.Function:
        """A decision service as a function of its inputs and input decisions."""
        elements = self.evaluator.model.elements
        given = [elements.get(href) for href in (*service.inputs, *service.given)]
        wanted = [one for one in map(elements.get, service.outputs) if isinstance(one, Decision)]
        parameters = tuple(one.variable for one in given if isinstance(one, InputData | Decision))

        def body(arguments: Mapping[str, feel.Value]) -> feel.Value:
            asking = _Asking(self.evaluator, self.question.inner(arguments), fixed=service.given)
            found = {one.variable.name: asking.decision(one) for one in wanted}
            return found if len(found) != 1 else found[wanted[0].variable.name]

        return function(service.name, parameters, body, frame, service.place)
