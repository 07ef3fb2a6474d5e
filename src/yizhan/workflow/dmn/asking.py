"""Answering one question to a model 求值: a decision with all that it requires, each computed once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from yizhan import feel
from yizhan.workflow.dmn.computing import function, function_of, value_of
from yizhan.workflow.dmn.deciding import decided
from yizhan.workflow.dmn.faults import DmnFault, Place
from yizhan.workflow.dmn.frames import Frame, TableSeen
from yizhan.workflow.dmn.tree import Decision, InputData, Service, TableBox

if TYPE_CHECKING:
    from yizhan.workflow.dmn.evaluating import Evaluator

LIMITS = feel.Limits(steps=1_000_000)


class DecisionSeen(NamedTuple):
    """A decision on the way: its value, and the tables that it asked, in that order."""

    decision: Decision
    value: feel.Value
    tables: tuple[TableSeen, ...]


class Question:
    """What all models share while one question is answered.

    Attributes:
        given: the inputs by name.
        told: what ``now()`` and ``today()`` say, as far as that is known.
        seen: the decisions that were made.
    """

    __slots__ = ("askings", "given", "run", "seen", "told")

    def __init__(self, given: Mapping[str, Any], told: feel.Scope) -> None:
        self.given, self.told = given, told
        self.run = feel.Evaluation(LIMITS)
        self.seen: list[DecisionSeen] = []
        self.askings: dict[str, Asking] = {}

    def inner(self, given: Mapping[str, Any]) -> Question:
        """A question on the way to the answer, with inputs of its own."""
        found = Question(given, self.told)
        found.run, found.seen = self.run, self.seen
        return found


class Asking:
    """One question to a model, while it is being answered."""

    __slots__ = ("evaluator", "fixed", "known", "open", "question", "run")

    def __init__(self, evaluator: Evaluator, question: Question, *, fixed: tuple[str, ...] = ()) -> None:
        self.evaluator, self.question, self.fixed, self.run = evaluator, question, fixed, question.run
        question.askings[evaluator.model.namespace] = self
        self.known: dict[str, feel.Value] = {}
        self.open: set[str] = set()

    def decision(self, decision: Decision) -> feel.Value:
        """The value of a decision.

        Raises:
            DmnFault: requirements in a circle or not in the model, a text that is no FEEL.
            feel.Fault: as ``Evaluator.decide`` says.
        """
        if decision.name not in self.known:
            trail: list[TableSeen] = []
            frame = self._frame(decision.name, decision.needs, decision.place, trail)
            value = self._body(decision, frame)
            value = self.known[decision.name] = frame.typed(value, decision.variable.type, decision.place)
            self.question.seen.append(DecisionSeen(decision, value, tuple(trail)))
        return self.known[decision.name]

    def _body(self, decision: Decision, frame: Frame) -> feel.Value:
        body = decision.body
        if body is None:
            return self.run.null(0, zh=f"{decision.name} 没有决策逻辑", en=f"{decision.name} has no logic")
        return decided(body, frame) if isinstance(body, TableBox) else value_of(body, frame)

    def _frame(self, name: str, needs: tuple[str, ...], place: Place, trail: list[TableSeen]) -> Frame:
        """What an element sees: the moment of the question, and all that it requires."""
        if name in self.open:
            raise DmnFault(place, zh=f"{name} 循环依赖自己", en=f"{name} depends on itself")
        self.open.add(name)
        frame = Frame(self.run, self.evaluator.texts, trail, dict(self.question.told))
        elements = self.evaluator.model.elements
        for href in needs:
            element = elements.get(href)
            if isinstance(element, InputData):
                self._add_given(frame, element)
                continue
            namespace, _, key = href.rpartition("#")
            if namespace and namespace != self.evaluator.model.namespace:
                self._add_foreign(frame, namespace, key, place)
            else:
                self._add(frame, key, place)
        self.open.remove(name)
        return frame

    def _add_foreign(self, frame: Frame, namespace: str, key: str, place: Place) -> None:
        """Let a frame see a part of an imported model, in a context by the import's name; without one, as an own part."""
        imports = [one.name for one in self.evaluator.model.imports if one.namespace == namespace]
        model = self.evaluator.library.get(namespace)
        if not imports or model is None:
            raise DmnFault(place, zh=f"没有引用模型 {namespace}", en="a required model that is not there")
        other = self.question.askings.get(namespace) or Asking(self.evaluator.imported(model), self.question)
        inner = Frame(self.run, other.evaluator.texts, frame.trail, {})
        other._add(inner, key, place)
        name = imports[0]
        before = frame.values.get(name)
        known = before if isinstance(before, dict) else {}
        frame.values.update({name: {**known, **inner.values}} if name else inner.values)

    def _add(self, frame: Frame, key: str, place: Place) -> None:
        """Let a frame see a part of the model by its name."""
        element = self.evaluator.model.elements.get(key)
        if element is None:
            raise DmnFault(place, zh=f"所需的 {key} 不在模型里", en="a requirement that is not in the model")
        if isinstance(element, InputData) or (key in self.fixed and isinstance(element, Decision)):
            self._add_given(frame, element)
        elif isinstance(element, Decision):
            frame.values[element.variable.name] = self.decision(element)
        elif isinstance(element, Service):
            frame.values[element.name] = self._service(element, frame)
        elif element.function is not None:
            needs = tuple(href for href in element.needs if href != key)  # it sees itself anyway
            inner = self._frame(element.name, needs, element.place, frame.trail)
            called = function_of(element.name, element.function, inner, element.variable.type)
            inner.values[element.name] = frame.values[element.name] = called

    def _add_given(self, frame: Frame, element: InputData | Decision) -> None:
        variable = element.variable
        value = feel.feel_value(self.question.given.get(variable.name))
        frame.values[variable.name] = frame.typed(value, variable.type, element.place)

    def _service(self, service: Service, frame: Frame) -> feel.Function:
        """A decision service as a function of its inputs and input decisions."""
        elements = self.evaluator.model.elements
        given = [elements.get(href) for href in (*service.inputs, *service.given)]
        wanted = [one for one in map(elements.get, service.outputs) if isinstance(one, Decision)]
        parameters = tuple(one.variable for one in given if isinstance(one, InputData | Decision))

        def body(arguments: Mapping[str, feel.Value]) -> feel.Value:
            asking = Asking(self.evaluator, self.question.inner(arguments), fixed=service.given)
            found = {one.variable.name: asking.decision(one) for one in wanted}
            return found if len(found) != 1 else found[wanted[0].variable.name]

        return function(service.name, parameters, body, frame, service.place)
