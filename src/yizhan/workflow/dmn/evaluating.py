"""A model that can be asked 可询问的模型: its decisions, and those that its services hand out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from yizhan import feel
from yizhan.workflow.dmn import wording
from yizhan.workflow.dmn.asking import Asking, DecisionSeen, Question
from yizhan.workflow.dmn.conforming import Types
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.dmn.texts import Texts
from yizhan.workflow.dmn.tree import Decision, Library, Model, Service

_Asked = TypeVar("_Asked", Decision, Service)


class Answer(NamedTuple):
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
        self._by_name: dict[str, list[Decision | Service]] = {}
        for element in model.elements.values():
            if isinstance(element, Decision | Service):
                self._by_name.setdefault(element.name, []).append(element)

    def decide(self, name: str, given: Mapping[str, Any], moment: datetime | None = None) -> Answer:
        """A decision on these inputs, by their names; an input that is not given is null.

        The moment is what ``now()`` and ``today()`` say; without one they are null.

        Raises:
            DmnFault: no such decision, requirements in a circle or not in the model, a text that is no FEEL.
            feel.LimitFault: it takes too many steps or grows too large.
            feel.ValueFault: a given value is nothing that FEEL knows.
        """
        told: feel.Scope = {} if moment is None else {"now": moment, "today": moment.date()}
        return self.answer(self.named(name, Decision), Question(given, told))

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
        told: feel.Scope = {} if moment is None else {"now": moment, "today": moment.date()}
        return self.answer(wanted, Question(given, told), fixed=found.given)

    def answer(self, decision: Decision, question: Question, *, fixed: tuple[str, ...] = ()) -> Answer:
        """What a question comes to.

        Raises:
            DmnFault: as for ``decide``.
            feel.Fault: as for ``decide``.
        """
        try:
            value = Asking(self, question, fixed=fixed).decision(decision)
        except RecursionError as fault:
            raise DmnFault(
                decision.place, zh="依赖或嵌套的层数过多", en="requirements or boxes are nested too deeply"
            ) from fault
        finally:
            question.askings.clear()  # they know the question: no circle is left for the collector to find
        return Answer(value, tuple(question.run.reasons), tuple(question.seen))

    def named(self, name: str, kind: type[_Asked]) -> _Asked:
        """The decision or service of a name.

        Raises:
            DmnFault: there is none.
        """
        for element in self._by_name.get(name, ()):
            if isinstance(element, kind):
                return element
        raise DmnFault(self.model.place, zh=f"模型里没有 {name}", en=f"the model has no {name}")

    def imported(self, model: Model) -> Evaluator:
        """The evaluator of a model that this one imports."""
        if model.namespace not in self._imported:
            self._imported[model.namespace] = Evaluator(model, self.library)
        return self._imported[model.namespace]
