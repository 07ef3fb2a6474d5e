"""Names of types 类型名: where one is defined, and what FEEL's ``instance of`` takes it for."""

from __future__ import annotations

from collections.abc import Iterator

from yizhan import feel
from yizhan.workflow.dmn.tree import ItemDefinition, Library, Model

_OLD = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}
"""What DMN 1.1 called them."""


def item_of(model: Model, library: Library, name: str) -> tuple[Model, ItemDefinition] | None:
    """The definition of a type that a model or one that it imports has, as ``name.type``, and where it stands."""
    if name in model.types:
        return model, model.types[name]
    for one in model.imports:
        imported, inner = library.get(one.namespace), name.removeprefix(f"{one.name}.") if one.name else name
        if imported is not None and (inner != name or (not one.name and name in imported.types)):
            return item_of(imported, library, inner)
    return None


def types_of(model: Model, library: Library) -> feel.NamedTypes:
    """All types that texts of the model can name; allowed values are no part of what ``instance of`` asks."""
    names = _names(model, library, "", frozenset({model.namespace}))
    return feel.NamedTypes({name: _type(model, library, name, frozenset()) for name in names})


def _names(model: Model, library: Library, before: str, seen: frozenset[str]) -> Iterator[str]:
    yield from (f"{before}{name}" for name in model.types)
    for one in model.imports:
        imported = library.get(one.namespace)
        if imported is not None and one.namespace not in seen:
            inner = f"{before}{one.name}." if one.name else before
            yield from _names(imported, library, inner, seen | {one.namespace})


def _type(model: Model, library: Library, name: str, inside: frozenset[str]) -> feel.Type:
    """A type by its name; one that stands inside of itself is anything there."""
    found = item_of(model, library, name)
    if found is None:
        return feel.Type(_OLD.get(name, name or "Any"))
    key = f"{found[0].namespace}#{found[1].name}"
    return feel.Type("Any") if key in inside else _of_item(*found, library, inside | {key})


def _of_item(model: Model, item: ItemDefinition, library: Library, inside: frozenset[str]) -> feel.Type:
    if item.is_function:
        inner = tuple(_type(model, library, one, inside) for one in item.parameters)
        return feel.Type("function", inner, is_plain=False)
    if item.components:
        inner = tuple(_of_item(model, one, library, inside) for one in item.components)
        one = feel.Type("context", inner, tuple(part.name for part in item.components), is_plain=False)
    else:
        one = _type(model, library, item.base, inside)
    return feel.Type("list", (one,), is_plain=False) if item.is_list else one
