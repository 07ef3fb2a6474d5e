"""Boxes, bodies around boxes, and lines, placed 布局: from within to without; the same things always stand the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from yizhan.workflow.pictures.grid import TooDense, grid_of
from yizhan.workflow.pictures.level import arranged
from yizhan.workflow.pictures.plan import Box, Item, Line, Patience, Plan, Point, Route, Size

PAD = 14


def arrange(items: Sequence[Item], lines: Sequence[Line], *, to_the_right: bool = False) -> Plan:
    """Place items and lines; lines lead down the page, or to the right.

    Args:
        items: those with others within come before or after them, in any order; of one level, in the order wanted.
        lines: in the order in which a case tries them. One between items of different levels is drawn between
            those around them; one between an item and what lies in it is not drawn.
        to_the_right: everything turned, with headings still above.
    """
    if not to_the_right:
        return _Whole(items, lines, headed=True).plan()
    turned = [replace(item, size=Size(item.size.h, item.size.w)) for item in items]
    turned_lines = [replace(line, label=line.label and Size(line.label.h, line.label.w)) for line in lines]
    return _turned(_Whole(turned, turned_lines, headed=False).plan())


def too_dense(items: Sequence[Item], lines: Sequence[Line]) -> bool:
    """Whether there are more and longer lines than are drawn; found without drawing them."""
    whole, patience = _Whole(items, lines, headed=True), Patience()
    sizes = {item.key: item.size for item in items}
    try:
        for owner, inside in whole.inside.items():
            if not all(item.column for item in inside):
                grid_of(inside, whole.lines.get(owner, []), sizes, patience)
    except TooDense:
        return True
    return False


class _Whole:
    """All levels; ``headed``: headings stand above what lies in an item, else on its left, to be turned."""

    def __init__(self, items: Sequence[Item], lines: Sequence[Line], *, headed: bool) -> None:
        self.items = {item.key: item for item in items}
        self.inside: dict[str, list[Item]] = {}
        for item in items:
            self.inside.setdefault(item.within, []).append(item)
        self.lines: dict[str, list[Line]] = {}
        for line in lines:
            self._lift(line)
        self.headed = headed

    def plan(self) -> Plan:
        """The whole, from within to without."""
        levels: dict[str, Plan] = {}
        patience = Patience()
        sizes = {key: item.size for key, item in self.items.items()}
        for owner in self._from_within():
            levels[owner] = arranged(self.inside[owner], self.lines.get(owner, []), sizes, patience)
            if owner:
                sizes[owner] = self._around(self.items[owner], levels[owner].size)
        return self._put_together(levels)

    def _from_within(self) -> list[str]:
        found = [""] if "" in self.inside else []
        for owner in found:
            found += [item.key for item in self.inside[owner] if item.key in self.inside]
        return found[::-1]

    def _around(self, item: Item, inner: Size) -> Size:
        if self.headed:
            return Size(max(item.size.w, inner.w + 2 * PAD), item.size.h + inner.h + PAD)
        return Size(item.size.w + inner.w + PAD, max(item.size.h, inner.h + 2 * PAD))

    def _put_together(self, levels: Mapping[str, Plan]) -> Plan:
        boxes: dict[str, Box] = {}
        routes: dict[str, Route] = {}
        signs: dict[tuple[str, str], Point] = {}
        for owner, level in reversed(list(levels.items())):
            x, y = self._inner_corner(owner, boxes, level.size) if owner else (0, 0)
            boxes |= {key: box.moved(x, y) for key, box in level.boxes.items()}
            routes |= {key: route.moved(x, y) for key, route in level.routes.items()}
            signs |= {key: Point(a + x, b + y) for key, (a, b) in level.signs.items()}
        size = levels[""].size if "" in levels else Size(0, 0)
        return Plan(boxes, routes, signs, size, any(level.too_dense for level in levels.values()))

    def _inner_corner(self, owner: str, boxes: Mapping[str, Box], inner: Size) -> Point:
        """Where the inside of an item begins: below its heading, in the middle."""
        box, heading = boxes[owner], self.items[owner].size
        if self.headed:
            return Point(box.x + (box.w - inner.w) // 2, box.y + heading.h)
        return Point(box.x + heading.w, box.y + (box.h - inner.h) // 2)

    def _lift(self, line: Line) -> None:
        """Note a line where both its ends, or what lies around them, stand side by side."""
        outer, others = self._around_of(line.source), self._around_of(line.target)
        for source in outer:
            for target in others:
                if self.items[source].within == self.items[target].within:
                    if source != target or line.source == line.target:
                        sign = line.sign if source == line.source else ""
                        lifted = replace(line, source=source, target=target, sign=sign)
                        self.lines.setdefault(self.items[source].within, []).append(lifted)
                    return

    def _around_of(self, key: str) -> list[str]:
        found = [key]
        while within := self.items[found[-1]].within:
            found.append(within)
        return found


def _turned(plan: Plan) -> Plan:
    def route(one: Route) -> Route:
        label = _turned_box(one.label) if one.label else None
        return Route(tuple(Point(y, x) for x, y in one.points), label)

    return Plan(
        {key: _turned_box(box) for key, box in plan.boxes.items()},
        {key: route(one) for key, one in plan.routes.items()},
        {key: Point(y, x) for key, (x, y) in plan.signs.items()},
        Size(plan.size.h, plan.size.w),
        plan.too_dense,
    )


def _turned_box(box: Box) -> Box:
    return Box(box.y, box.x, box.h, box.w)
