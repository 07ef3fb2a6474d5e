"""What BPMN says is what a case does: the same machine runs it."""

import pytest

from yizhan.workflow import NOT_BEGUN, Message, NotPossible, Started, TaskCompleted, Timer, advance
from yizhan.workflow.bpmn import NotExecutable
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes.events import Joined, WorkDone, WorkFailed
from yizhan.workflow.tables.table import Table
from yizhan.workflow.tests.bpmn import END, START, file, flow, flows, gateway, graph, process, task
from yizhan.workflow.tests.packs import table


class Case:
    """A case that goes through a process."""

    def __init__(self, data, facts=None, **more):
        self.graph, self.facts = graph(data, **more), facts or {}
        self.situation, self.changes = NOT_BEGUN, []

    def hear(self, event):
        step = advance(self.graph, self.situation, event, self.facts)
        self.situation, self.changes = step.situation, list(step.changes)
        return self

    def start(self, message=""):
        return self.hear(Started(message))

    def do(self, node, action="complete", **given):
        return self.hear(TaskCompleted(self.token(node), action, given))

    def token(self, node):
        return next(token.id for token in self.standing if token.node == node)

    @property
    def standing(self):
        """The tokens, without those that wait for what runs within their node."""
        hosts = {scope.token for scope in self.situation.scopes}
        return [token for token in self.situation.tokens if token.id not in hosts]

    @property
    def at(self):
        return sorted(token.node for token in self.standing)

    def of(self, kind):
        return [change for change in self.changes if isinstance(change, kind)]


def test_a_task_without_actions_is_completed():
    case = Case(file(process(START, task("a"), END, flows("start -> a -> end")))).start()
    assert case.at == ["a"]
    assert case.graph.nodes["a"].actions["complete"].title.zh == "完成"
    case.do("a")
    assert (case.situation.ending.how, case.situation.ending.outcome) == ("completed", "end")


def test_an_action_takes_its_flow_with_what_the_flow_marks():
    extension = (
        '<yz:action key="grant" title="批准" title_en="Grant" flow="a_end" style="primary"/>'
        '<yz:action key="refuse" flow="a_no" reason="required"><yz:ask key="why" title="原因" required="true"/>'
        "</yz:action>"
    )
    ends = END + '<endEvent id="no" name="不予批准" yz:outcome="refused"/>'
    ways = flow("a -> end", attributes='yz:marks="decided" yz:outcome="granted"') + flow(
        "a -> no", attributes='name="不予批准" yz:name_en="Refuse" yz:marks="decided" yz:outcome="refused"'
    )
    data = file(process(START, task("a", extension=extension), ends, flows("start -> a"), ways))
    case = Case(data).start()
    actions = case.graph.nodes["a"].actions
    assert (actions["refuse"].title.en, actions["refuse"].reason) == ("Refuse", "required")
    with pytest.raises(NotPossible, match="reason"):
        case.do("a", "refuse", why="x")
    case.hear(TaskCompleted(case.token("a"), "refuse", {"why": "x"}, "材料不实"))
    assert case.situation.ending.outcome == "refused"
    assert [(mark.name, mark.outcome) for mark in case.situation.marks] == [("decided", "refused")]
    assert case.situation.data["a"] == {"action": "refuse", "why": "x"}


@pytest.mark.parametrize(("x", "where"), [(1, "low"), (10, "high"), (100, "high"), (None, "other")])
def test_an_exclusive_gateway_takes_the_first_way_that_holds_or_its_default(x, where):
    inside = gateway("exclusive", "g", attributes='default="g_other"')
    ways = flow("g -> low", "x &lt; 5") + flow("g -> high", "x > 5") + flow("g -> top", "x > 50")
    tasks = "".join(task(key) for key in ("low", "high", "top", "other"))
    back = flows("start -> g; g -> other; low -> end; high -> end; top -> end; other -> end")
    data = file(process(START, inside, tasks, END, ways, back, facts=[("x", "number")]))
    assert Case(data, {"x": x}).start().at == [where]


def test_parallel_ways_meet_once():
    data = file(
        process(
            START, gateway("parallel", "fork", "join"), task("a"), task("b"), task("c"), END,
            flows("start -> fork -> a -> join; fork -> b -> join; join -> c -> end"),
        )
    )  # fmt: skip
    case = Case(data).start()
    assert case.at == ["a", "b"]
    case.do("b")
    assert case.at == ["a", "join"]
    case.do("a")
    assert case.at == ["c"]
    assert case.do("c").situation.ending is not None


def test_a_task_with_several_flows_takes_all_and_a_conditional_one_beside():
    ways = flow("a -> b") + flow("a -> c", "x > 1") + flow("a -> d", "x > 2")
    tasks = "".join(task(key) for key in "abcd")
    data = file(
        process(
            START,
            tasks,
            END,
            flows("start -> a; b -> end; c -> end; d -> end"),
            ways,
            facts=[("x", "number")],
        )
    )
    assert Case(data, {"x": 2}).start().do("a").at == ["b", "c"]
    assert Case(data, {"x": 0}).start().do("a").at == ["b"]


def test_an_inclusive_gateway_waits_for_those_who_came():
    data = file(
        process(
            START, gateway("inclusive", "fork", attributes='default="fork_c"'), gateway("inclusive", "join"),
            task("a"), task("b"), task("c"), END, flow("fork -> a", "x > 0"), flow("fork -> b", "x > 1"),
            flows("start -> fork; fork -> c; a -> join; b -> join; c -> join; join -> end"), facts=[("x", "number")],
        )
    )  # fmt: skip
    case = Case(data, {"x": 5}).start()
    assert case.at == ["a", "b"]
    assert case.do("a").at == ["b", "join"]
    assert case.do("b").situation.ending is not None
    assert Case(data, {"x": 0}).start().at == ["c"]


MESSAGES = (
    '<message id="m1" name="paid"/><message id="m2" name="补齐材料"/><error id="e1" errorCode="no_stamp"/>'
)


def test_an_event_based_gateway_goes_with_what_comes_first():
    data = file(
        process(
            START,
            '<eventBasedGateway id="g" name="等" yz:audience="applicant"/>',
            '<intermediateCatchEvent id="paid" name="已缴费"><extensionElements>'
            '<yz:ask key="amount" kind="money" title="金额"/></extensionElements>'
            '<messageEventDefinition messageRef="m1"/></intermediateCatchEvent>',
            '<intermediateCatchEvent id="late"><timerEventDefinition><timeDuration>P5D</timeDuration>'
            "</timerEventDefinition></intermediateCatchEvent>",
            task("a"), task("b"), END,
            flows("start -> g; g -> paid -> a -> end; g -> late -> b -> end"),
        ),
        more=MESSAGES,
    )  # fmt: skip
    case = Case(data).start()
    (timer,) = case.of(ef.ArmTimer)
    assert timer.moment == "P5D"
    case.hear(Message("paid", {"amount": "12.50"}))
    assert case.at == ["a"]
    assert case.of(ef.DropTimer) == [ef.DropTimer(timer.ref)]
    assert case.situation.data["g"] == {"answer": "paid", "amount": "12.5"}
    case = Case(data).start()
    (timer,) = case.of(ef.ArmTimer)
    assert case.hear(Timer(timer.ref)).at == ["b"]


def test_boundary_events_interrupt_or_happen_beside():
    boundary = (
        '<boundaryEvent id="urge" attachedToRef="a" cancelActivity="false"><extensionElements>'
        '<yz:limit working_days="3"/><yz:send template="urge"/></extensionElements><timerEventDefinition/>'
        "</boundaryEvent>"
        '<boundaryEvent id="gone" attachedToRef="a"><messageEventDefinition messageRef="m1"/></boundaryEvent>'
        '<boundaryEvent id="also" attachedToRef="a" cancelActivity="false"><messageEventDefinition messageRef="m2"/>'
        "</boundaryEvent>"
    )
    data = file(
        process(START, task("a"), boundary, task("b"), task("c"), END,
                flows("start -> a -> end; gone -> b -> end; also -> c -> end")),
        more=MESSAGES,
    )  # fmt: skip
    case = Case(data).start()
    (timer,) = case.of(ef.ArmTimer)
    assert (timer.limit.amount, timer.limit.unit) == (3, "working_days")
    case.hear(Timer(timer.ref))
    assert (case.at, [one.template for one in case.of(ef.PutMessage)]) == (["a"], ["urge"])
    assert case.hear(Message("m2")).at == ["a", "c"]  # a name that is no key: the message's id stands for it
    assert case.hear(Message("paid")).at == ["b", "c"]


def test_an_error_leaves_a_sub_process_and_a_work():
    inner = (
        '<subProcess id="s" name="制证"><startEvent id="in"/>'
        '<serviceTask id="w" name="盖章" yz:does="stamp" yz:waits="true"><extensionElements>'
        '<yz:input name="who" value="x"/><yz:result name="serial" type="string"/></extensionElements></serviceTask>'
        '<endEvent id="out"/>' + flows("in -> w -> out") + "</subProcess>"
        '<boundaryEvent id="no" attachedToRef="s"><errorEventDefinition errorRef="e1"/></boundaryEvent>'
    )
    data = file(
        process(
            START, inner, task("a"), END, flows("start -> s -> end; no -> a -> end"), facts=[("x", "string")]
        ),
        more=MESSAGES,
    )
    case = Case(data, {"x": "甲"}).start()
    (work,) = case.of(ef.Perform)
    assert (work.work, dict(work.arguments), case.at) == ("stamp", {"who": "甲"}, ["w"])
    assert case.hear(WorkFailed(work.token, "no_stamp")).at == ["a"]
    case = Case(data, {"x": "甲"}).start()
    (work,) = case.of(ef.Perform)
    assert case.hear(WorkDone(work.token, {"serial": "7"})).situation.ending.outcome == "end"


def test_terminate_ends_all_and_a_message_begins_and_ends():
    data = file(
        process(
            '<startEvent id="start"/><startEvent id="asked"><messageEventDefinition messageRef="m1"/></startEvent>',
            gateway("parallel", "fork"), task("a"), task("b"),
            '<endEvent id="stop"><terminateEventDefinition/></endEvent>'
            '<endEvent id="told" yz:outcome="told"><extensionElements><yz:send template="told"/></extensionElements>'
            '<messageEventDefinition messageRef="m2"/></endEvent>',
            flows("start -> fork; fork -> a -> stop; fork -> b -> told; asked -> b"),
        ),
        more=MESSAGES,
    )  # fmt: skip
    case = Case(data).start()
    assert case.do("a").situation.ending.outcome == "stop"
    assert case.situation.tokens == ()
    case = Case(data).start("paid")
    assert case.at == ["b"]
    case.do("b")
    assert [one.template for one in case.of(ef.PutMessage)] == ["told"]


def test_a_rule_task_goes_by_its_table_and_a_gateway_of_its_own():
    rule = '<businessRuleTask id="rule" name="判定" yz:table="eligibility"/>'
    own = gateway("exclusive", "g", attributes='default="g_by_hand" yz:of="true"')
    ways = flow("g -> pay", "eligible and monthly >= 100") + flow("g -> none", "not(eligible)")
    tasks = task("pay") + task("none") + task("by_hand")
    back = flows("start -> rule -> g; g -> by_hand; pay -> end; none -> end; by_hand -> end")
    tables = {"eligibility": Table(table())}
    data = file(process(START, rule, own, tasks, END, ways, back))
    known = {"birth_date": "1940-01-01", "today": "2026-11-20", "local": True, "alive": True}
    assert Case(data, known, tables=tables).start().at == ["pay"]
    assert Case(data, {**known, "birth_date": None}, tables=tables).start().at == ["by_hand"]
    assert "g" not in graph(data, tables=tables).nodes


def test_several_act_together_until_enough_have_consented():
    loop = (
        '<multiInstanceLoopCharacteristics isSequential="{}"><extensionElements><yz:each name="unit" of="units"/>'
        '<yz:policy name="veto" consents="agree"/></extensionElements></multiInstanceLoopCharacteristics>'
    )
    actions = '<yz:action key="agree" title="同意"/><yz:action key="refuse" title="不同意"/>'
    ways = flow("g -> yes", 'a.outcome = "agreed"') + flows("start -> a -> g; g -> no; yes -> end; no -> end")
    parts = gateway("exclusive", "g", attributes='default="g_no"') + task("yes") + task("no")

    def data(sequential):
        inside = loop.format(sequential)
        joint = task("a", inside, actions, attributes="yz:unit='= unit'")
        return file(process(START, joint, parts, END, ways, facts=[("units", "list")]))

    case = Case(data("false"), {"units": ["x", "y", "z"]}).start()
    assert [(one.one, one.unit.code) for one in case.of(ef.OpenTask)] == [("x", "x"), ("y", "y"), ("z", "z")]
    case.do("a", "refuse")
    tokens = [token.id for token in case.situation.tokens]
    assert case.at == ["no"]
    assert len(tokens) == 1
    case = Case(data("true"), {"units": ["x", "y"]}).start()
    assert [one.one for one in case.of(ef.OpenTask)] == ["x"]
    case.hear(Joined(next(s.token for s in case.situation.scopes if s.kind == "each"), "z"))
    for _ in range(3):
        (token,) = [token.id for token in case.situation.tokens if token.index is not None]
        case.hear(TaskCompleted(token, "agree"))
    assert case.at == ["yes"]


def test_a_completion_condition_ends_several_early():
    loop = (
        "<multiInstanceLoopCharacteristics><loopCardinality>4</loopCardinality>"
        "<completionCondition>numberOfCompletedInstances >= 2</completionCondition></multiInstanceLoopCharacteristics>"
    )
    case = Case(
        file(process(START, task("a", loop), task("b"), END, flows("start -> a -> b -> end")))
    ).start()
    assert len(case.of(ef.OpenTask)) == 4
    for _ in range(2):
        token = next(token.id for token in case.situation.tokens if token.index is not None)
        case.hear(TaskCompleted(token, "complete"))
    assert case.at == ["b"]


def test_a_call_runs_another_process_that_sees_only_what_it_is_given():
    called = graph(
        file(
            process(
                START, gateway("exclusive", "g", attributes='default="g_low"'), task("high"), task("low"), END,
                flow("g -> high", "amount > 10"), flows("start -> g; g -> low; high -> end; low -> end"),
                key="inner", facts=[("amount", "number")],
            )
        ),
        key="inner",
    )  # fmt: skip
    call = (
        '<callActivity id="call" name="复核" calledElement="inner"><extensionElements>'
        '<yz:input name="amount" value="x * 2"/></extensionElements></callActivity>'
    )
    data = file(
        process(START, call, task("a"), END, flows("start -> call -> a -> end"), facts=[("x", "number")])
    )
    case = Case(data, {"x": 6}, called={"inner": called}.get).start()
    assert case.at == ["call/high"]
    assert case.graph.names["call/high"] == "high"
    assert case.do("call/high").at == ["a"]
    assert case.situation.data["call"] == {"outcome": "end"}
    with pytest.raises(NotExecutable, match="no process inner"):
        graph(data)


def test_every_process_of_a_file_is_executable_by_itself():
    one = process(START, task("a"), END, flows("start -> a -> end"), key="one")
    other = (
        '<process id="two" name="二"><startEvent id="s2"/><endEvent id="e2"/>'
        + flows("s2 -> e2")
        + "</process>"
    )
    pools = (
        '<collaboration id="c"><participant id="p1" name="甲局" processRef="one"/>'
        '<participant id="p2" processRef="two"/><messageFlow id="mf" sourceRef="a" targetRef="p2"/></collaboration>'
    )
    data = file(pools, one, other)
    assert graph(data, "one").nodes["a"].role == "p.clerk"
    assert Case(data, key="two").start().situation.ending.outcome == "e2"
