"""What a decision stands on 依赖: the inputs, decisions and functions that it requires, however far away."""

from __future__ import annotations

from collections.abc import Iterator

from yizhan.workflow.dmn import tree

_Element = tree.InputData | tree.Decision | tree.Knowledge | tree.Service


def needed_by(
    element: _Element, model: tree.Model, library: tree.Library
) -> Iterator[tuple[_Element, tree.Model]]:
    """The element and all that it requires, each once, with the model in which it stands."""
    seen, waiting = set[int](), [(element, model)]
    while waiting:
        here, owner = waiting.pop(0)
        if id(here) in seen:
            continue
        seen.add(id(here))
        yield here, owner
        for href in hrefs_of(here):
            namespace, _, key = href.rpartition("#")
            other = owner if namespace in {"", owner.namespace} else library.get(namespace)
            found = other.elements.get(key) if other is not None else None
            if other is not None and found is not None:
                waiting.append((found, other))


def hrefs_of(element: _Element) -> tuple[str, ...]:
    """What an element names as required."""
    if isinstance(element, tree.Decision | tree.Knowledge):
        return element.needs
    return (*element.outputs, *element.given, *element.inputs) if isinstance(element, tree.Service) else ()
