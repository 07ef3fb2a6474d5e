"""Names of a model 名称: which of them a text of FEEL may mean, since they can have blanks and signs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from yizhan.workflow.dmn import tree


class Names:
    """All names of a model, asked for those that stand in a text: FEEL has to be told of them before it reads."""

    def __init__(self, names: Iterable[str]) -> None:
        self._all = frozenset(name for name in names if name)
        self._dense = [(_dense(name), name) for name in sorted(self._all)]
        self._dotted = [name for name in sorted(self._all) if "." in name]
        self._found: dict[str, tuple[str, ...]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._all

    def dotted(self, visible: Container[str]) -> frozenset[str]:
        """The names with a dot that are visible as such; elsewhere such a text is a path."""
        return frozenset(name for name in self._dotted if name in visible) if self._dotted else _NO_NAMES

    def known(self, text: str, dotted: frozenset[str]) -> frozenset[str]:
        """The names that may stand in a text where these with a dot are visible."""
        if text not in self._found:
            dense = _dense(text)
            self._found[text] = tuple(name for key, name in self._dense if key in dense)
        return frozenset(name for name in self._found[text] if "." not in name or name in dotted)


_NO_NAMES: frozenset[str] = frozenset()


def _dense(text: str) -> str:
    return "".join(text.split())


def names_of(model: tree.Model, library: tree.Library) -> Iterator[str]:
    """Every name that a text of the model may use, those of imported models among them."""
    seen, waiting = {model.namespace}, [model]
    while waiting:
        here = waiting.pop()
        yield from _names_in(here)
        for one in here.imports:
            yield one.name
            other = library.get(one.namespace)
            if other is not None and one.namespace not in seen:
                seen.add(one.namespace)
                waiting.append(other)


def _names_in(model: tree.Model) -> Iterator[str]:
    waiting: list[object] = [*model.types.values(), *model.elements.values()]
    while waiting:
        here = waiting.pop()
        if isinstance(here, tree.RelationBox):
            yield from here.columns
        if isinstance(here, tree.InvocationBox):
            yield from (parameter for parameter, _ in here.bindings)
        if isinstance(here, tree.IteratorBox):
            yield here.variable
        if isinstance(here, _NAMED):
            yield here.name
        if isinstance(here, tuple):
            waiting.extend(here)
        elif isinstance(here, tree.Node):
            waiting.extend(getattr(here, part) for part in here.__dataclass_fields__)


_NAMED = (
    tree.Named,
    tree.ItemDefinition,
    tree.OutputClause,
    tree.Decision,
    tree.Knowledge,
    tree.Service,
)
