"""Which facts an expression needs 所需事实, so that a pack can be checked before anyone waits for it."""

from __future__ import annotations

from yizhan.feel import tree
from yizhan.feel.builtins import FUNCTIONS


def free_names(node: tree.Node) -> frozenset[str]:
    """The names an expression takes from outside.

    Inside a filter a name may be a field of the entry; such names are left out, since nobody can tell before.
    """
    return frozenset(_free(node, frozenset(), in_filters=False))


def possible_names(node: tree.Node) -> frozenset[str]:
    """The names an expression may take from outside, those inside of filters included."""
    return frozenset(_free(node, frozenset(), in_filters=True))


def paths(node: tree.Node) -> frozenset[str]:
    """Free names with the entries asked of them, such as ``applicant.birth_date``."""
    free = free_names(node)
    found: set[str] = set()
    inner: set[int] = set()
    for start in tree.walk(node):  # from above, so the longest path comes first
        if id(start) in inner:
            continue
        here, steps = start, list[str]()
        while isinstance(here, tree.Path):
            steps.append(here.name)
            here = here.source
            inner.add(id(here))
        if isinstance(here, tree.Name) and here.name in free:
            found.add(".".join([here.name, *reversed(steps)]))
    return frozenset(found)


def _free(node: tree.Node, bound: frozenset[str], *, in_filters: bool) -> set[str]:
    if isinstance(node, tree.Name):
        return set() if node.name in bound else {node.name}
    if isinstance(node, tree.For | tree.Quantified):
        return _free_in_loop(node, bound, in_filters)
    if isinstance(node, tree.ContextOf):
        found: set[str] = set()
        for name, entry in node.entries:
            found |= _free(entry, bound, in_filters=in_filters)
            bound |= {name}
        return found
    if isinstance(node, tree.FunctionOf):
        return _free(node.body, bound | set(node.parameters), in_filters=in_filters)
    if isinstance(node, tree.Filter):
        found = _free(node.source, bound, in_filters=in_filters)
        inside = _free(node.condition, bound | {"item"}, in_filters=in_filters)
        return found | inside if in_filters or isinstance(node.condition, tree.Name) else found
    found = set()
    if isinstance(node, tree.Call) and node.function not in FUNCTIONS and node.function not in bound:
        found.add(node.function)  # a function among the facts
    for child in node.children():
        found |= _free(child, bound, in_filters=in_filters)
    return found


def _free_in_loop(node: tree.For | tree.Quantified, bound: frozenset[str], in_filters: bool) -> set[str]:
    found: set[str] = set()
    for each in node.iterators:
        found |= _free(each.source, bound, in_filters=in_filters)
        found |= _free(each.end, bound, in_filters=in_filters) if each.end is not None else set()
        bound |= {each.name}
    body = node.body if isinstance(node, tree.For) else node.condition
    inner = bound | {"partial"} if isinstance(node, tree.For) else bound
    return found | _free(body, inner, in_filters=in_filters)
