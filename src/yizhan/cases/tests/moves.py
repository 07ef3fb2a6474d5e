"""Moving cases to another version, for tests: the process of :mod:`joint`, called otherwise."""

from yizhan.cases import move_lines, move_orders, replaying, soundness
from yizhan.cases.models import Case, MovedCase
from yizhan.cases.tests.joint import CHANGES, PROCESS
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.releases.models import current

FLOW, MOVES = "processes/application.flow.yaml", "processes/application.moves.yaml"
RENAMED = PROCESS.replace("  acceptance:\n", "  intake:\n").replace("start: acceptance", "start: intake")
MAP = "key: application\nmoves: [{nodes: {acceptance: intake}}]\n"
WHY = "流程改版"


def publish(town, flow, moves=""):
    town.rewrite({**CHANGES, FLOW: flow, **({MOVES: moves} if moves else {})})


def order(*, with_limits=False, by=HOUSE, reason=WHY, item=""):
    """All open cases go to the version in force; what became of each, by number."""
    with scope.service():
        to = current("elderly_allowance")
        move = move_orders.order(
            move_orders.meant(to, item=item), to, reason=reason, with_limits=with_limits, by=by
        )
    move_orders.finish(move)
    with scope.service():
        return {row.number: row for row in MovedCase.objects.filter(move=move)}


def moved(number, **more):
    row = order(**more)[number]
    assert row.state == "moved", row.why
    return row


def stays(number, **more):
    """The case stays as it was; why."""
    with scope.service():
        before = Case.objects.values().get(number=number)
    row = order(**more)[number]
    with scope.service():
        assert Case.objects.values().get(number=number) == before
    assert row.state == "stays"
    return row.why


def sound(town, number):
    with scope.service():
        case = Case.objects.get(number=number)
        found = soundness.look([case])
        return (found.unsound, found.replayed) == ((), 1) and replaying.agrees(case)


def preview():
    with scope.service():
        to = current("elderly_allowance")
        return {line.number: line for line in move_lines.preview(move_orders.meant(to), to)}


def act(town, who, number, unit, action="agree", **more):
    town.do(who, number, action, task=town.task(number, unit=unit, audience="staff"), **more)


def in_flight(town):
    """Two cases in flight when the acceptance gets another name and the check is gone; their numbers."""
    town.rewrite(CHANGES)
    first, second = town.apply("chen"), town.apply("wang")
    town.do("stranger", second, "accept")
    gone = RENAMED.replace("  check:\n", "  control:\n").replace("to: check,", "to: control,")
    town.rewrite({**CHANGES, FLOW: gone, MOVES: MAP})
    return first, second
