"""What tasks, boundary events and several instances say in a file 附注写出."""

from __future__ import annotations

from yizhan.workflow.bpmn import tags
from yizhan.workflow.bpmn.book import Book
from yizhan.workflow.bpmn.tags import Tag, bpmn, named, ours, say, titled
from yizhan.workflow.bpmn.vocabulary import TITLES
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Graph, Via


def user_task(book: Book, tag: Tag, node: n.Task) -> None:
    """Who acts, within which limit, and what can be done."""
    unit = node.unit
    source = f"= {unit.expression.source}" if unit.expression is not None else unit.code or unit.rule.value
    say(
        tag,
        {
            "role": node.role,
            "unit": source if source != n.UnitRule.ITEM_UNIT.value else None,
            "form": node.form,
            "distinct_from": " ".join(book.elements[key] for key in node.distinct_from) or None,
        },
    )
    tags.limit(tag, node.limit)
    for action in node.actions.values():
        _action(book, tag, node, action)
    if node.supplement is not None:
        found = node.supplement
        once = None if found.once else "false"
        said = {"key": found.key, **titled("title", found.title), "once": once, **_manner(found)}
        tags.asks(ours(tag, "supplement", said), found.asks)


def _action(book: Book, tag: Tag, node: n.Task, action: n.Action) -> None:
    arrow = book.graph.way(node.key, Via.ACTION, action.key)
    flow = book.flow_id(arrow) if arrow is not None else None
    when = action.when.source if action.when is not None else None
    said = {"key": action.key, **titled("title", action.title), "flow": flow, "when": when}
    said |= {**titled("closed", action.closed), **_manner(action)}
    tags.asks(ours(tag, "action", said), action.asks)


def _manner(found: n.Action | n.Supplement) -> dict[str, str | None]:
    return {
        "reason": found.reason if found.reason != "none" else None,
        "style": found.style if found.style != "secondary" else None,
    }


def boundary_event(book: Book, tag: Tag, boundary: n.Boundary) -> None:
    """What happens meanwhile."""
    named(tag, boundary.title)
    if boundary.kind == "timer":
        tags.sends(tag, boundary.sends)
        boundary_timer(tag, boundary)
        return
    tags.sends(tag, boundary.sends)
    reference = book.root_element(boundary.kind, boundary.name) if boundary.name else ""
    bpmn(tag, f"{boundary.kind}EventDefinition", {f"{boundary.kind}Ref": reference} if reference else None)


def boundary_timer(tag: Tag, boundary: n.Boundary) -> None:
    """When a timer fires."""
    delay = boundary.delay or n.Delay()
    tags.limit(tag, delay.limit)
    definition = bpmn(tag, "timerEventDefinition")
    if delay.limit is None and delay.moment is not None:
        source = delay.moment.source
        literal = (
            source[2:-1]
            if source.startswith('@"') and source.count('"') == 2 and source.endswith('"')
            else ""
        )
        name = "timeDate" if literal[:1].isdigit() else "timeDuration"
        tags.expression(definition, name, literal or source, feel=not literal)


def several(tag: Tag, each: n.Each | None) -> None:
    """That an element is done once for each of several."""
    if each is None:
        return
    sequential = "true" if each.sequential else "false"
    loop = bpmn(tag, "multiInstanceLoopCharacteristics", {"isSequential": sequential})
    of = each.of.source if each.of is not None else None
    table = each.table.key if each.table is not None else None
    ours(
        loop, "each", {"name": each.name, "of": of, "table": table, "output": each.output if table else None}
    )
    _policy(loop, each.policy)
    if each.times is not None:
        tags.expression(loop, "loopCardinality", each.times.source)
    if each.policy.complete is not None:
        tags.expression(loop, "completionCondition", each.policy.complete.source)


def _policy(loop: Tag, policy: n.Policy) -> None:
    said = {
        "needed": policy.needed.source if policy.needed is not None else None,
        "lead": policy.lead.source if policy.lead is not None else None,
        "consents": " ".join(sorted(policy.consents)) or None,
        "silence": policy.silence,
    }
    if policy.name != "all" or any(said.values()):
        ours(loop, "policy", {"name": policy.name, **said})


def awaited(graph: Graph, node: n.Wait) -> set[str]:
    """The nodes behind a wait that stands for an event-based gateway; empty if it is none.

    Each of its answers and times then leads to a node that is only passed, and to which nothing else leads.
    """
    arrows = graph.arrows_from(node.key)
    if node.each is not None or len(arrows) < len(node.answers) + len(node.boundaries):
        return set()
    for arrow in arrows:
        behind = graph.nodes[arrow.target]
        boundary = node.boundaries.get(arrow.by)
        is_plain = not (arrow.marks or arrow.sends) and len(graph.arrows_to(arrow.target)) == 1
        if not (is_plain and isinstance(behind, n.Automatic)) or behind.does or behind.sends or behind.each:
            return set()
        if arrow.via is Via.BOUNDARY and not _is_time(boundary, arrow.target):
            return set()
        named_alike = arrow.title in {behind.title, None if behind.title == _CATCH else behind.title}
        if not named_alike:
            return set()
    return {arrow.target for arrow in arrows}


def _is_time(boundary: n.Boundary | None, key: str) -> bool:
    return (
        boundary is not None
        and boundary.kind == "timer"
        and boundary.key == key
        and boundary.interrupts
        and not boundary.sends
    )


_CATCH = TITLES["intermediateCatchEvent"]
