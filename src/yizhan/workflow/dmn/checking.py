"""Checking a model before anybody depends on it 模型检查: all faults at once, each with its line and id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.feel.builtins import FUNCTIONS
from yizhan.releases.faults import did_you_mean
from yizhan.workflow.dmn import exploring, tree, wording
from yizhan.workflow.dmn.conforming import BASIC
from yizhan.workflow.dmn.faults import DmnFault, Place
from yizhan.workflow.dmn.markup import parsed
from yizhan.workflow.dmn.needing import hrefs_of
from yizhan.workflow.dmn.problems import ModelProblem
from yizhan.workflow.dmn.reading import read_all
from yizhan.workflow.dmn.scopes import Text, texts_of
from yizhan.workflow.dmn.strangers import strangers
from yizhan.workflow.dmn.type_names import item_of, types_of

_TOLD = frozenset({"now", "today"})


def problems(source: str, others: Mapping[str, str]) -> list[ModelProblem]:
    """What is wrong with a model; gaps and overlaps of its tables are warnings.

    Args:
        source: the file.
        others: the other models of the pack, which it may import, by key.
    """
    model, faults = read_all(source)
    if model is None:
        return [ModelProblem.of(fault, "") for fault in faults]
    library = {
        one.namespace: one for one in (read_all(other)[0] for other in others.values()) if one is not None
    }
    found = [ModelProblem.of(fault, "") for fault in faults]
    found += strangers(parsed(source))
    found += _Check(model, library).problems()
    if not any(problem.weight == "error" for problem in found):
        found += exploring.problems(model, library)
    return sorted(found, key=lambda problem: problem.place.line)


class _Check:
    """A model among those that it may import."""

    def __init__(self, model: tree.Model, library: tree.Library) -> None:
        self.model, self.library = model, library
        self.names = wording.Names(wording.names_of(model, library))
        self.types = types_of(model, library)

    def problems(self) -> Iterator[ModelProblem]:
        yield from self._imports()
        yield from self._needs()
        yield from self._circles()
        yield from self._foreign()
        for place, path, type_ in _types_used(self.model):
            if type_ and type_ not in BASIC and item_of(self.model, self.library, type_) is None:
                known = [*BASIC, *self.model.types]
                message = _("没有类型 %(name)s") % {"name": type_}
                yield ModelProblem(place, path, message, did_you_mean(type_, known))
        for text in texts_of(self.model, self.library):
            yield from self._text(text)

    def _text(self, text: Text) -> Iterator[ModelProblem]:
        box, scope = text.box, text.scope
        known = self.names.known(box.text, self.names.dotted(scope.names))
        compiler = feel.compile_tests if text.is_test else feel.expression
        try:
            compiled = compiler(box.text, known, self.types)
        except feel.SyntaxFault as fault:
            yield ModelProblem.of(DmnFault.of(box.place, fault), scope.path)
            return
        for name in sorted(compiled.names - scope.names - _TOLD - FUNCTIONS.keys()):
            if not scope.is_open:
                message = _("此处看不到 %(name)s，请检查所需的输入和决策") % {"name": name}
                yield ModelProblem(box.place, scope.path, message, did_you_mean(name, scope.names))
        if endless := feel.endless(compiled):
            yield ModelProblem.of(DmnFault.of(box.place, endless), scope.path)

    def _imports(self) -> Iterator[ModelProblem]:
        for one in self.model.imports:
            if one.namespace not in self.library:
                message = _("应用包里没有命名空间为 %(name)s 的模型") % {"name": one.namespace}
                yield ModelProblem(one.place, one.name, message)

    def _needs(self) -> Iterator[ModelProblem]:
        for element in self.model.elements.values():
            for href in hrefs_of(element):
                namespace, _separator, key = href.rpartition("#")
                own = not namespace or namespace == self.model.namespace
                owner = self.model if own else self.library.get(namespace)
                if owner is None or key not in owner.elements:
                    known = owner.elements if owner is not None else ()
                    message = _("所需的 %(name)s 不在模型里") % {"name": key}
                    yield ModelProblem(element.place, _name(element), message, did_you_mean(key, known))

    def _circles(self) -> Iterator[ModelProblem]:
        """Elements that require themselves, however far around."""
        done: set[str] = set()
        for start in self.model.elements:
            trail: list[tuple[str, Iterator[str]]] = []
            here: str | None = start
            while here is not None or trail:
                if here is not None and here not in done and here in self.model.elements:
                    if here in {key for key, _rest in trail}:
                        element = self.model.elements[here]
                        yield ModelProblem(element.place, _name(element), _("循环依赖自己"))
                        done.add(here)
                    else:
                        trail.append((here, iter(self._others_needed(here))))
                if not trail:
                    break
                here = next(trail[-1][1], None)
                if here is None:
                    done.add(trail.pop()[0])

    def _others_needed(self, key: str) -> list[str]:
        """What an element requires; a function may call itself."""
        element = self.model.elements[key]
        return [href for href in hrefs_of(element) if href != key or not isinstance(element, tree.Knowledge)]

    def _foreign(self) -> Iterator[ModelProblem]:
        for element in self.model.elements.values():
            for box in exploring.boxes_of(element):
                if isinstance(box, tree.ForeignBox):
                    message = _("不执行以 %(language)s 编写的函数") % {"language": box.language}
                    yield ModelProblem(box.place, _name(element), message)


def _name(element: tree.InputData | tree.Decision | tree.Knowledge | tree.Service) -> str:
    return element.variable.name if isinstance(element, tree.InputData) else element.name


def _types_used(model: tree.Model) -> Iterator[tuple[Place, str, str]]:
    waiting = [(item, item.name) for item in model.types.values()]
    while waiting:
        item, path = waiting.pop()
        waiting += [(one, f"{path}.{one.name}") for one in item.components]
        yield from ((item.place, path, type_) for type_ in (item.base, *item.parameters))
    for element in model.elements.values():
        if not isinstance(element, tree.Service):
            yield element.place, _name(element), element.variable.type
        for box in exploring.boxes_of(element):
            yield from ((box.place, _name(element), type_) for type_ in _of_box(box))


def _of_box(box: tree.Node) -> Iterator[str]:
    if isinstance(box, tree.InputClause | tree.OutputClause):
        yield box.type
    elif isinstance(box, tree.Entry) and box.variable is not None:
        yield box.variable.type
    elif isinstance(box, tree.FunctionBox):
        yield from (one.type for one in box.parameters)
