"""Every text of a model, with what it can see 可见范围, so that it can be checked before anybody waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import NamedTuple

from yizhan.workflow.dmn import tree


class Scope(NamedTuple):
    """What a box can see.

    Attributes:
        names: the names that are surely there.
        path: where the box stands, in words of the model.
        is_open: names beside these may be fields of entries, which nobody can know before.
    """

    names: frozenset[str]
    path: str
    is_open: bool = False

    def seeing(self, *names: str) -> Scope:
        """The same with more names."""
        return self._replace(names=self.names.union(names))

    def at(self, step: str) -> Scope:
        """The same, one step further in."""
        return self._replace(path=f"{self.path}.{step}")


class Text(NamedTuple):
    """A text of FEEL in its scope: an expression, or the tests of a cell."""

    box: tree.LiteralBox
    scope: Scope
    is_test: bool


def texts_of(model: tree.Model, library: tree.Library) -> Iterator[Text]:
    """All texts of a model: of decisions, functions, and types."""
    for element in model.elements.values():
        if isinstance(element, tree.Decision) and element.body is not None:
            yield from _inside(element.body, Scope(_visible(model, library, element.needs), element.name))
        if isinstance(element, tree.Knowledge) and element.function is not None:
            names = _visible(model, library, element.needs) | {element.name}
            yield from _inside(element.function, Scope(names, element.name))
    waiting = [(item, item.name) for item in model.types.values()]
    while waiting:
        item, path = waiting.pop()
        waiting += [(one, f"{path}.{one.name}") for one in item.components]
        for text in filter(None, (item.values, item.constraint)):
            yield Text(tree.LiteralBox(item.place, text), Scope(frozenset(), path), is_test=True)


def _visible(model: tree.Model, library: tree.Library, needs: tuple[str, ...]) -> frozenset[str]:
    names: set[str] = set()
    for href in needs:
        namespace, _, key = href.rpartition("#")
        imports = [one.name for one in model.imports if one.namespace == namespace]
        owner = library.get(namespace) if imports else model
        element = owner.elements.get(key) if owner is not None else None
        own = element.variable.name if isinstance(element, tree.InputData | tree.Decision) else None
        found = own or (element.name if isinstance(element, tree.Knowledge | tree.Service) else "")
        names.add(imports[0] if imports and imports[0] else found)
    return frozenset(names - {""})


@singledispatch
def _inside(box: tree.Node, scope: Scope) -> Iterator[Text]:
    raise AssertionError(f"no way to look into {type(box).__name__}")


@_inside.register
def _literal(box: tree.LiteralBox, scope: Scope) -> Iterator[Text]:
    if box.text:
        yield Text(box, scope, is_test=False)


@_inside.register
def _foreign(_box: tree.ForeignBox, _scope: Scope) -> Iterator[Text]:
    yield from ()


@_inside.register
def _table(box: tree.TableBox, scope: Scope) -> Iterator[Text]:
    for number, column in enumerate(box.inputs):
        yield from _inside(column.expression, scope.at(f"inputs[{number}]"))
        yield from _test(tree.LiteralBox(column.place, column.values), scope.at(f"inputs[{number}].values"))
    for number, output in enumerate(box.outputs):
        yield from _test(tree.LiteralBox(output.place, output.values), scope.at(f"outputs[{number}].values"))
        if output.default is not None:
            yield from _inside(output.default, scope.at(f"outputs[{number}].default"))
    for number, rule in enumerate(box.rules):
        for place, cell in enumerate(rule.when):
            yield from _test(cell, scope.at(f"rules[{number}].when[{place}]"))
        for place, cell in enumerate(rule.then):
            yield from _inside(cell, scope.at(f"rules[{number}].then[{place}]"))


def _test(box: tree.LiteralBox, scope: Scope) -> Iterator[Text]:
    if box.text:
        yield Text(box, scope, is_test=True)


@_inside.register
def _context(box: tree.ContextBox, scope: Scope) -> Iterator[Text]:
    for entry in box.entries:
        name = entry.variable.name if entry.variable is not None else ""
        yield from _inside(entry.body, scope.at(name or "result"))
        scope = scope.seeing(name) if name else scope


@_inside.register
def _list(box: tree.ListBox, scope: Scope) -> Iterator[Text]:
    for number, item in enumerate(box.items):
        yield from _inside(item, scope.at(f"items[{number}]"))


@_inside.register
def _relation(box: tree.RelationBox, scope: Scope) -> Iterator[Text]:
    for number, row in enumerate(box.rows):
        for column, cell in zip(box.columns, row, strict=True):
            yield from _inside(cell, scope.at(f"rows[{number}].{column}"))


@_inside.register
def _function(box: tree.FunctionBox, scope: Scope) -> Iterator[Text]:
    yield from _inside(box.body, scope.seeing(*(one.name for one in box.parameters)))


@_inside.register
def _invocation(box: tree.InvocationBox, scope: Scope) -> Iterator[Text]:
    yield Text(tree.LiteralBox(box.place, box.function), scope.at("called"), is_test=False)
    for name, body in box.bindings:
        yield from _inside(body, scope.at(name))


@_inside.register
def _conditional(box: tree.ConditionalBox, scope: Scope) -> Iterator[Text]:
    for step, body in (("if", box.condition), ("then", box.then), ("else", box.otherwise)):
        yield from _inside(body, scope.at(step))


@_inside.register
def _filter(box: tree.FilterBox, scope: Scope) -> Iterator[Text]:
    yield from _inside(box.source, scope.at("in"))
    yield from _inside(box.match, scope.seeing("item").at("match")._replace(is_open=True))


@_inside.register
def _iterator(box: tree.IteratorBox, scope: Scope) -> Iterator[Text]:
    yield from _inside(box.source, scope.at("in"))
    yield from _inside(box.body, scope.seeing(box.variable, "partial").at(box.word))
