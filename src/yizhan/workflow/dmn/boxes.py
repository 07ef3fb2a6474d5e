"""Reading boxed expressions 方框表达式: what a decision, an entry or a function is computed by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from yizhan.workflow.dmn import tree
from yizhan.workflow.dmn.faults import DmnFault, Place
from yizhan.workflow.dmn.markup import Element

_POLICIES = ("UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT")
_AGGREGATIONS = ("", "SUM", "COUNT", "MIN", "MAX")
_OLD_PREFIX = "feel:"


def box(element: Element) -> tree.Box | None:
    """The one expression that stands in an element; nothing if none does.

    Raises:
        DmnFault: the expression lacks a part, or is written in another language.
    """
    found = element.first(*_READERS)
    return _READERS[found.name](found) if found is not None else None


def named(element: Element | None, name: str = "") -> tree.Named:
    """A variable's name and type; the given name where it bears none."""
    if element is None:
        return tree.Named(name)
    own = " ".join(element.get("name").split())
    return tree.Named(own or name, element.get("typeRef").removeprefix(_OLD_PREFIX))


def function(element: Element) -> tree.FunctionBox:
    """A function with its parameters; one that is written in another language than FEEL gives null.

    Raises:
        DmnFault: it has no body.
    """
    kind = element.get("kind", "FEEL").removeprefix(_OLD_PREFIX)
    parameters = tuple(named(one) for one in element.all("formalParameter"))
    if kind != "FEEL":
        return tree.FunctionBox(element.place, parameters, tree.ForeignBox(element.place, kind))
    return tree.FunctionBox(element.place, parameters, _body(element))


def _body(element: Element | None, whole: Element | None = None) -> tree.Box:
    """The expression that must stand in an element, which itself may be missing from the whole."""
    found = box(element) if element is not None else None
    if found is None:
        at = element if element is not None else whole
        assert at is not None
        raise DmnFault(at.place, zh=f"{at.name} 不完整", en=f"{at.name} is not complete")
    return found


def _literal(element: Element) -> tree.LiteralBox:
    language = element.get("expressionLanguage")
    if language and "feel" not in language.lower():
        raise DmnFault(
            element.place, zh=f"不执行以 {language} 编写的表达式", en=f"expressions in {language} are not run"
        )
    return _text_box(element, element.place.id)


def _text_box(element: Element, id_: str) -> tree.LiteralBox:
    """The text of an element, at the line on which it begins."""
    child = element.first("text")
    if child is None:
        return tree.LiteralBox(element.place, "")
    blank = child.text[: len(child.text) - len(child.text.lstrip())]
    return tree.LiteralBox(Place(child.line + blank.count("\n"), id_), child.text.strip())


def _table(element: Element) -> tree.TableBox:
    policy, aggregation = element.get("hitPolicy", "UNIQUE"), element.get("aggregation")
    if policy not in _POLICIES or aggregation not in _AGGREGATIONS:
        words = f"{policy} {aggregation}".strip()
        raise DmnFault(element.place, zh=f"没有命中策略 {words}", en=f"there is no hit policy {words}")
    inputs = tuple(_input(child) for child in element.all("input"))
    outputs = tuple(_output(child) for child in element.all("output"))
    rules = tuple(_rule(child, len(inputs), len(outputs)) for child in element.all("rule"))
    if not outputs:
        raise DmnFault(element.place, zh="决策表没有结果列", en="the table has no column of results")
    return tree.TableBox(
        element.place,
        cast(tree.HitPolicy, policy),
        cast(Literal["", "SUM", "COUNT", "MIN", "MAX"], aggregation),
        inputs,
        outputs,
        rules,
        tuple(" ".join(child.get("name").split()) for child in element.all("annotation")),
    )


def _input(element: Element) -> tree.InputClause:
    expression = element.first("inputExpression")
    if expression is None:
        raise DmnFault(element.place, zh="输入列没有表达式", en="a column has no input expression")
    type_ = expression.get("typeRef").removeprefix(_OLD_PREFIX)
    text = _literal(expression)
    label = " ".join(element.get("label").split())
    return tree.InputClause(element.place, text, type_, _values(element, "inputValues"), label)


def _output(element: Element) -> tree.OutputClause:
    default = element.first("defaultOutputEntry")
    return tree.OutputClause(
        element.place,
        element.get("name"),
        element.get("typeRef").removeprefix(_OLD_PREFIX),
        _values(element, "outputValues"),
        _literal(default) if default is not None else None,
    )


def _values(element: Element, name: str) -> str:
    child = element.first(name)
    return child.text_of("text") if child is not None else ""


def _rule(element: Element, inputs: int, outputs: int) -> tree.Rule:
    when = tuple(_literal(child) for child in element.all("inputEntry"))
    then = tuple(_literal(child) for child in element.all("outputEntry"))
    if (len(when), len(then)) != (inputs, outputs):
        raise DmnFault(
            element.place, zh="规则的单元格数与列数不同", en="a rule has more or fewer cells than columns"
        )
    notes = tuple(child.text_of("text") for child in element.all("annotationEntry"))
    return tree.Rule(element.place, when, then, notes or (element.text_of("description"),))


def _context(element: Element) -> tree.ContextBox:
    entries = []
    for entry in element.all("contextEntry"):
        variable = entry.first("variable")
        name = named(variable) if variable is not None else None
        entries.append(tree.Entry(entry.place, name, _body(entry)))
    return tree.ContextBox(element.place, tuple(entries))


def _items(element: Element) -> tuple[tree.Box, ...]:
    return tuple(_READERS[child.name](child) for child in element.all(*_READERS))


def _list(element: Element) -> tree.ListBox:
    return tree.ListBox(element.place, _items(element))


def _relation(element: Element) -> tree.RelationBox:
    columns = tuple(" ".join(column.get("name").split()) for column in element.all("column"))
    rows = tuple(_items(row) for row in element.all("row"))
    if any(len(row) != len(columns) for row in rows):
        raise DmnFault(element.place, zh="关系的行列数不同", en="a row has more or fewer cells than columns")
    return tree.RelationBox(element.place, columns, rows)


def _invocation(element: Element) -> tree.InvocationBox:
    called = element.first("literalExpression")
    if called is None:
        raise DmnFault(element.place, zh="没有写明调用的函数", en="the call names no function")
    bindings = tuple(
        (named(binding.first("parameter")).name, _body(binding)) for binding in element.all("binding")
    )
    return tree.InvocationBox(element.place, " ".join(called.text_of("text").split()), bindings)


def _conditional(element: Element) -> tree.ConditionalBox:
    condition, then, otherwise = (_body(element.first(part), element) for part in ("if", "then", "else"))
    return tree.ConditionalBox(element.place, condition, then, otherwise)


def _filter(element: Element) -> tree.FilterBox:
    source, match = (_body(element.first(part), element) for part in ("in", "match"))
    return tree.FilterBox(element.place, source, match)


def _iterator(element: Element) -> tree.IteratorBox:
    word = cast(Literal["for", "some", "every"], element.name)
    source, body = (
        _body(element.first(part), element) for part in ("in", "return" if word == "for" else "satisfies")
    )
    return tree.IteratorBox(element.place, word, element.get("iteratorVariable"), source, body)


_READERS: dict[str, Callable[[Element], tree.Box]] = {
    "literalExpression": _literal,
    "decisionTable": _table,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": function,
    "invocation": _invocation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iterator,
    "some": _iterator,
    "every": _iterator,
}
