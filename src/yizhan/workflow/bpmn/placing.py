"""Where the elements of a written file stand 布局: the same arrangement as that of the pages, from left to right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from yizhan.workflow.pictures.arranging import arrange
from yizhan.workflow.pictures.plan import Box, Item, Line, Plan, Point, Size

EVENT, GATEWAY, TASK = Size(36, 36), Size(50, 50), Size(120, 80)
SIGN = Size(24, 24)
HEADING = Size(120, 30)
SPACE = "subProcess"


class Link(NamedTuple):
    """A flow between two elements."""

    id: str
    source: str
    target: str


class Placed(NamedTuple):
    """Boxes of elements and points of flows, by id."""

    boxes: dict[str, Box]
    routes: dict[str, Sequence[Point]]


def placed(
    shown: Mapping[str, tuple[str, str]], links: Sequence[Link], attached: Mapping[str, str]
) -> Placed:
    """Place everything; the same things always stand the same way.

    Args:
        shown: the id of each element, with its kind and the sub-process it stands in.
        links: the flows.
        attached: boundary events, with what they are attached to.
    """
    items = [
        Item(
            key,
            _size(kind),
            within,
            pointed=kind.endswith("Gateway"),
            signs=tuple(event for event, host in attached.items() if host == key),
        )
        for key, (kind, within) in shown.items()
        if key not in attached
    ]
    lines = [
        Line(
            one.id,
            attached.get(one.source, one.source),
            one.target,
            one.source if one.source in attached else "",
        )
        for one in links
    ]
    plan = arrange(items, lines, to_the_right=True)
    boxes = dict(plan.boxes)
    for event, host in attached.items():
        boxes[event] = _on_the_edge(plan, host, event)
    routes = {
        one.id: plan.routes[one.id].points if one.id in plan.routes else _straight(boxes, one)
        for one in links
    }
    routes |= {
        one.id: _from_the_edge(routes[one.id], boxes[one.source]) for one in links if one.source in attached
    }
    return Placed(boxes, routes)


def _size(kind: str) -> Size:
    if kind == SPACE:
        return HEADING
    return EVENT if kind.endswith("Event") else GATEWAY if kind.endswith("Gateway") else TASK


def _on_the_edge(plan: Plan, host: str, event: str) -> Box:
    box = plan.boxes[host]
    x, y = plan.signs.get((host, event), Point(box.middle.x, box.bottom))
    return Box(x - SIGN.w // 2, y - SIGN.h // 2, *SIGN)


def _straight(boxes: Mapping[str, Box], one: Link) -> Sequence[Point]:
    return (boxes[one.source].middle, boxes[one.target].middle)


def _from_the_edge(points: Sequence[Point], sign: Box) -> Sequence[Point]:
    """A line from the edge of a boundary event, not from beneath it."""
    (x, y), following = points[0], points[1]
    if following.y == y:
        return (Point(sign.right if following.x > x else sign.x, y), *points[1:])
    return (Point(x, sign.bottom if following.y > y else sign.y), *points[1:])
