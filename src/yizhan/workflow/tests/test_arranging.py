"""Boxes and lines of any shape, arranged: nothing lies on anything, lines end at their boxes, always the same."""

import sys
from collections import Counter
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan.workflow.pictures.arranging import arrange, too_dense
from yizhan.workflow.pictures.plan import Item, Line, Size

calm = settings(max_examples=200, deadline=None, database=None)


@st.composite
def scenes(draw, most=12):
    """Items within items, and lines between those of one level; loops, islands and double lines included."""
    count = draw(st.integers(1, most))
    items, within = [], [""]
    for number in range(count):
        key = f"n{number}"
        owner = draw(st.sampled_from(within))
        if draw(st.integers(0, 4)) == 0:
            within.append(key)
        size = Size(draw(st.sampled_from([36, 136, 184])), draw(st.sampled_from([36, 52, 70])))
        pointed = draw(st.booleans()) and size.w == 36
        signs = () if pointed else ("late", "error")[: draw(st.integers(0, 2))]
        items.append(Item(key, size, owner, beside=40 if pointed else 0, pointed=pointed, signs=signs))
    by_level = {}
    for item in items:
        by_level.setdefault(item.within, []).append(item)
    lines = []
    for number in range(draw(st.integers(0, 2 * most))):
        level = draw(st.sampled_from(sorted(by_level)))
        source, target = draw(st.sampled_from(by_level[level])), draw(st.sampled_from(by_level[level]))
        sign = draw(st.sampled_from(["", *source.signs]))
        label = draw(st.sampled_from([None, Size(30, 18), Size(110, 34)]))
        lines.append(Line(f"l{number}", source.key, target.key, sign, label))
    return items, lines


def around(items, key):
    """The items around one."""
    by_key = {item.key: item for item in items}
    while key := by_key[key].within:
        yield key


def overlap(one, other):
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def within(inner, outer):
    return (
        inner.x >= outer.x
        and inner.y >= outer.y
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


def passes(one, other, box):
    """Whether a straight piece of a line goes through the inside of a box."""
    (x, y), (a, b) = one, other
    return min(x, a) < box.right and max(x, a) > box.x and min(y, b) < box.bottom and max(y, b) > box.y


def check(items, lines, plan):
    boxes = plan.boxes
    assert boxes.keys() == {item.key for item in items}
    for one, other in combinations(items, 2):
        nested = one.key in around(items, other.key) or other.key in around(items, one.key)
        assert nested or not overlap(boxes[one.key], boxes[other.key])
    for item in items:
        if item.within:
            assert within(boxes[item.key], boxes[item.within])
            assert boxes[item.key].y >= boxes[item.within].y + owner_of(items, item).size.h
        box = boxes[item.key]
        assert min(box.x, box.y) >= 0 and box.right <= plan.size.w and box.bottom <= plan.size.h
        for sign in item.signs:
            x, y = plan.signs[item.key, sign]
            assert box.x <= x <= box.right and y == box.bottom
    assert plan.routes.keys() == {line.key for line in lines}
    for line in lines:
        check_route(items, line, plan)
    check_apart(lines, plan)


def owner_of(items, item):
    return next(other for other in items if other.key == item.within)


def check_route(items, line, plan):
    source, target = plan.boxes[line.source], plan.boxes[line.target]
    route = plan.routes[line.key]
    first, last = route.points[0], route.points[-1]
    assert first.y == source.bottom and source.x < first.x < source.right
    assert last.y == target.y and target.x < last.x < target.right
    assert route.points[-2].x == last.x and route.points[-2].y <= last.y - 12  # room for the arrow's head
    if line.sign:
        assert first == plan.signs[line.source, line.sign]
    for one, other in pairwise(route.points):
        assert one.x == other.x or one.y == other.y
        assert 0 <= other.x <= plan.size.w and 0 <= other.y <= plan.size.h
        for item in items:
            if item.key not in {*around(items, line.source)}:
                assert not passes(one, other, plan.boxes[item.key])
    assert (route.label is None) == (line.label is None)
    if route.label:
        assert any(
            one.x == other.x == route.label.middle.x
            and min(one.y, other.y) <= route.label.y
            and max(one.y, other.y) >= route.label.bottom
            for one, other in pairwise(route.points)
        )
        beside = [plan.boxes[i.key] for i in items if i.key not in {*around(items, line.source)}]
        others = [r.label for key, r in plan.routes.items() if key != line.key and r.label]
        assert not any(overlap(route.label, box) for box in beside + others)


def check_apart(lines, plan):
    """Lines that share neither beginning nor end never lie upon one another."""
    for one, other in combinations(lines, 2):
        if one.source == other.source or one.target == other.target:
            continue
        for a, b in pairwise(plan.routes[one.key].points):
            for c, d in pairwise(plan.routes[other.key].points):
                if a.x == b.x == c.x == d.x:
                    assert max(min(a.y, b.y), min(c.y, d.y)) >= min(max(a.y, b.y), max(c.y, d.y))
                if a.y == b.y == c.y == d.y:
                    assert max(min(a.x, b.x), min(c.x, d.x)) >= min(max(a.x, b.x), max(c.x, d.x))


@calm
@given(scenes())
def test_whatever_is_arranged_lies_on_nothing_and_ends_at_its_boxes(scene):
    items, lines = scene
    plan = arrange(items, lines)
    check(items, lines, plan)
    assert arrange(items, lines) == plan


@calm
@given(scenes())
def test_to_the_right_it_is_the_same_with_headings_above(scene):
    items, lines = scene
    plan = arrange(items, lines, to_the_right=True)
    for one, other in combinations(items, 2):
        nested = one.key in around(items, other.key) or other.key in around(items, one.key)
        assert nested or not overlap(plan.boxes[one.key], plan.boxes[other.key])
    for item in items:
        box = plan.boxes[item.key]
        if item.within:
            assert within(box, plan.boxes[item.within])
            assert box.y >= plan.boxes[item.within].y + owner_of(items, item).size.h
    for line in lines:
        first, last = plan.routes[line.key].points[0], plan.routes[line.key].points[-1]
        assert first.x == plan.boxes[line.source].right
        assert last.x == plan.boxes[line.target].x


def test_lines_between_levels_are_drawn_between_what_lies_around_them():
    size = Size(136, 52)
    items = [Item("a", size), Item("body", Size(0, 30)), Item("b", size, "body"), Item("c", size, "body")]
    lines = [Line("in", "a", "b"), Line("own", "body", "c"), Line("on", "b", "c")]
    plan = arrange(items, lines)
    assert plan.routes.keys() == {"in", "on"}
    assert plan.routes["in"].points[-1].y == plan.boxes["body"].y


def test_nothing_to_arrange_is_arranged():
    assert arrange([], []).size == Size(0, 0)


def process_like(count, *, seed=7):
    """A long process with a second way every few steps, and ways back."""
    items = [Item(f"n{number}", Size(136, 52)) for number in range(count)]
    lines = [
        Line(f"a{number}", f"n{number}", f"n{number + 1}", label=Size(60, 20)) for number in range(count - 1)
    ]
    lines += [
        Line(f"b{number}", f"n{number}", f"n{min(number + 2 + number * seed % 5, count - 1)}")
        for number in range(0, count - 2, 3)
    ]
    lines += [Line(f"c{number}", f"n{number}", f"n{number // 2}") for number in range(5, count, seed)]
    return items, lines


def test_its_size_grows_with_what_is_in_it():
    for count in (10, 20, 40):
        items, lines = process_like(count)
        plan = arrange(items, lines)
        check(items, lines, plan)
        assert plan.size.h <= 130 * count
        assert plan.size.w <= 1200


def test_forty_at_once_stand_in_one_row_and_forty_columns_in_several():
    size = Size(136, 52)
    items = [Item("d", size), *(Item(f"e{number}", size) for number in range(40))]
    plan = arrange(items, [Line(f"l{number}", "d", f"e{number}") for number in range(40)])
    assert plan.size.w <= 40 * 170
    assert plan.size.h <= 560
    items = [Item("b", Size(0, 30)), *(Item(f"c{n}", Size(120, 40), "b", column=True) for n in range(40))]
    plan = arrange(items, [])
    assert plan.size.w <= 1100
    assert Counter(box.y for key, box in plan.boxes.items() if key != "b").most_common(1)[0][1] <= 7


def test_its_work_is_bounded():
    """Counted in calls of functions, which no machine's load changes."""
    calls = {}
    for count in (30, 60):
        items, lines = process_like(count)
        calls[count] = calls_of(lambda items=items, lines=lines: arrange(items, lines))
    assert calls[60] < 150_000
    assert calls[60] < 4 * calls[30]


def test_a_drawing_that_nobody_could_follow_is_not_tried():
    """Two hundred boxes with lines to everywhere are listed at once; hundreds in a row, or at once, are drawn."""
    size = Size(136, 52)
    items = [Item(f"i{number}", size) for number in range(200)]
    wild = [Line(f"l{a}.{b}", f"i{a}", f"i{(a * 7 + b * 31) % 200}") for a in range(200) for b in range(10)]
    wild += [Line(f"n{a}", f"i{a}", f"i{a + 1}") for a in range(199)]
    assert too_dense(items, wild)
    assert calls_of(lambda: arrange(items, wild)) < 60_000
    plan = arrange(items, wild)
    assert plan.too_dense
    assert plan.routes == {}
    assert len({box.y for box in plan.boxes.values()}) == 200
    for lines in (
        [Line(f"n{a}", f"i{a}", f"i{a + 1}") for a in range(199)],
        [Line(f"n{a}", "i0", f"i{a}") for a in range(1, 200)],
    ):
        assert not too_dense(items, lines)
        assert calls_of(lambda lines=lines: arrange(items, lines)) < 3_000_000
        assert len(arrange(items, lines).routes) == 199


def test_what_is_tried_for_a_better_order_has_an_end():
    """Lines to and fro over sixty boxes: the work grows no further than the patience."""
    size = Size(136, 52)
    items = [Item(f"i{number}", size) for number in range(60)]
    lines = [Line(f"l{a}.{b}", f"i{a}", f"i{(a * 7 + b * 31) % 60}") for a in range(60) for b in range(3)]
    lines += [Line(f"n{a}", f"i{a}", f"i{a + 1}") for a in range(59)]
    assert not too_dense(items, lines)
    assert calls_of(lambda: arrange(items, lines)) < 6_000_000


def calls_of(work):
    count = 0

    def called(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
