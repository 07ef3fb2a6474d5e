"""Checking where a process can go 走向检查: unknown states, islands, traps, circles, decisions twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from yizhan.workflow.problems import Problem, unknown
from yizhan.workflow.processes.definition import (
    AutomaticDefinition,
    DecisionDefinition,
    EndDefinition,
    FlowDefinition,
    JointDefinition,
    ParallelDefinition,
    StateDefinition,
    SubflowDefinition,
    TaskDefinition,
    WaitDefinition,
)
from yizhan.workflow.processes.haste import circles_of_time, reached
from yizhan.workflow.processes.places import Level, inner_levels, levels

Way = tuple[str, str, str | None]
"""Path in the definition, state it leads to, what it marks."""
Steps = Mapping[str, set[str]]


def way_problems(definition: FlowDefinition) -> Iterator[Problem]:
    """What is wrong with where the process goes, on every level."""
    lost = False
    for level in levels(definition):
        ways = {key: list(ways_out(level.place(key), state)) for key, state in level.states.items()}
        unknown_ones = list(_unknown_targets(level, ways))
        lost = lost or bool(unknown_ones)
        yield from unknown_ones
        yield from _level_problems(level, ways, lost=bool(unknown_ones))
    if not lost:
        yield from _decided_twice(definition)


def _level_problems(level: Level, ways: Mapping[str, list[Way]], *, lost: bool) -> Iterator[Problem]:
    if not level.ends:
        yield Problem(f"{level.path}states", _("没有办结环节（kind: end）"))
    if lost:
        return  # what is unreachable or endless depends on what was meant
    steps = {key: {target for _path, target, _marks in found} for key, found in ways.items()}
    reachable = reached([level.start], steps)
    for key in level.states:
        if key not in reachable:
            yield Problem(level.place(key), _("没有任何环节通向 %(name)s") % {"name": key})
    yield from _traps(level, steps)
    yield from _circles(level, steps)
    resting = {key for key, state in level.states.items() if _rests(state)}
    for path, key in circles_of_time(level.states, ways, resting):
        message = _("时间一到又回到 %(name)s；时间已过时会立刻再次触发，办件永远停不下来") % {"name": key}
        yield Problem(path, message, _("改用 after 写再过多久，或中间经过人工环节"))


def ways_out(path: str, state: StateDefinition) -> Iterator[Way]:
    """Every way out of a state to one on the same level."""
    if isinstance(state, EndDefinition):
        return
    if isinstance(state, DecisionDefinition):
        for number, case in enumerate(state.cases):
            yield f"{path}.cases[{number}].to", case.to, None
        if state.otherwise:
            yield f"{path}.otherwise", state.otherwise, None
        return
    if isinstance(state, TaskDefinition | WaitDefinition):
        yield from _answers(path, state)
    else:
        yield f"{path}.to", state.to, state.marks if isinstance(state, AutomaticDefinition) else None
    for name, event in state.on.items():
        if event.to:
            yield f"{path}.on.{name}.to", event.to, event.marks


def _answers(path: str, state: TaskDefinition | WaitDefinition) -> Iterator[Way]:
    is_task = isinstance(state, TaskDefinition)
    for name, way in (state.actions if isinstance(state, TaskDefinition) else state.answers).items():
        if way.to:
            yield f"{path}.{'actions' if is_task else 'answers'}.{name}.to", way.to, way.marks
    if state.limit and state.limit.on_expiry:
        yield f"{path}.limit.on_expiry.to", state.limit.on_expiry.to, state.limit.on_expiry.marks


def _unknown_targets(level: Level, ways: Mapping[str, list[Way]]) -> Iterator[Problem]:
    starts: list[Way] = [(f"{level.path}start", level.start, None)] if level.start else []
    for path, target, _marks in (*starts, *(way for found in ways.values() for way in found)):
        if target not in level.states:
            yield unknown(path, _("没有环节 %(name)s"), target, level.states)


def _traps(level: Level, steps: Steps) -> Iterator[Problem]:
    """States from which no end can be reached."""
    back: dict[str, set[str]] = {key: set() for key in level.states}
    for key, targets in steps.items():
        for target in targets:
            back[target].add(key)
    finishing = reached(level.ends, back)
    for key in level.states:
        if level.ends and key not in finishing:
            yield Problem(level.place(key), _("从 %(name)s 走不到办结") % {"name": key})


def _circles(level: Level, steps: Steps) -> Iterator[Problem]:
    """Circles in which nobody acts: the case would never rest."""
    alone = {key for key, state in level.states.items() if not _rests(state)}
    inner = {key: steps[key] & alone for key in alone}
    for key in level.states:
        if key in alone and key in reached(inner[key], inner):
            words = {"name": key}
            yield Problem(level.place(key), _("%(name)s 在没有人工的循环里，办件永远停不下来") % words)


def _rests(state: StateDefinition) -> bool:
    """Whether a case that comes to a state may stay there: somebody acts, or something is waited for."""
    if isinstance(state, AutomaticDefinition):
        return state.waits
    if isinstance(state, ParallelDefinition | SubflowDefinition):
        inside = [one for level in inner_levels("", "", state) for one in level.states.values()]
        return any(_rests(one) for one in inside) or (
            isinstance(state, SubflowDefinition) and not state.states
        )
    return not isinstance(state, DecisionDefinition)


def _decided_twice(definition: FlowDefinition) -> Iterator[Problem]:
    """A decision is made once: not again later, not in two branches, not by each of several."""
    deciding: list[tuple[str, Way]] = []
    steps: dict[str, set[str]] = {}
    for level in levels(definition):
        for key, state in level.states.items():
            ways = list(ways_out(level.place(key), state))
            deciding += [(key, way) for way in ways if way[2] == "decided"]
            inner = inner_levels(level.place(key), key, state)
            targets = {target for _path, target, _marks in ways}
            steps.setdefault(key, set()).update({one.start for one in inner} or targets)
            for one in inner:
                steps[key] |= {event.to for event in getattr(state, "on", {}).values() if event.to}
                for end in one.ends:
                    steps.setdefault(end, set()).update(targets)
    for _key, (path, target, _marks) in deciding:
        again = reached([target], steps)
        later = sorted({other for other, _way in deciding if other in again})
        if later:
            message = _("作出决定之后又会走到能再次作出决定的环节：%(names)s")
            yield Problem(path.removesuffix(".to") + ".marks", message % {"names": ", ".join(later)})
    yield from _decided_by_several(definition)


def _decided_by_several(definition: FlowDefinition) -> Iterator[Problem]:
    for level in levels(definition):
        for key, state in level.states.items():
            inner = inner_levels(level.place(key), key, state)
            found = [path for one in inner for path in _decisions_within(one)]
            if isinstance(state, JointDefinition):
                actions = state.task.actions.items() if state.task else ()
                place = f"{level.place(key)}.task.actions"
                found += [f"{place}.{name}.marks" for name, action in actions if action.marks]
                for path in found:
                    yield Problem(path, _("会办各单位各提意见，决定在会办之后作出"))
            elif isinstance(state, ParallelDefinition):
                deciding = [one for one in inner if list(_decisions_within(one))]
                for path in found if len(deciding) > 1 else ():
                    yield Problem(path, _("并行的分支里只能有一处作出决定"))


def _decisions_within(level: Level) -> Iterator[str]:
    for key, state in level.states.items():
        path = level.place(key)
        for way, _target, marks in ways_out(path, state):
            if marks == "decided":
                yield way.removesuffix(".to") + ".marks"
        for inner in inner_levels(path, key, state):
            yield from _decisions_within(inner)
