"""A process that is written as BPMN reads back as the same process, whatever notation it came from."""

from xml.etree import ElementTree

import pytest

from yizhan import feel
from yizhan.releases.words import Text
from yizhan.workflow import compile
from yizhan.workflow.bpmn import Library, read, write
from yizhan.workflow.bpmn import compile as compile_bpmn
from yizhan.workflow.bpmn.checking import Names, problems
from yizhan.workflow.bpmn.vocabulary import BOUNDS, DIAGRAM, LINES, MODEL
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.tables.table import Table
from yizhan.workflow.tests import test_bpmn_compiling as drawn
from yizhan.workflow.tests import test_composite as composite
from yizhan.workflow.tests import test_joint as joint
from yizhan.workflow.tests.bpmn import END, START, file, flow, flows, gateway, graph, process, task
from yizhan.workflow.tests.packs import ALLOWANCE, raw, table
from yizhan.workflow.tests.packs import flow as written

TABLES = {"eligibility": Table(table())}


def plain(value):
    """A graph as something that can be compared: expressions by their text."""
    if isinstance(value, feel.Expression):
        return ("feel", value.source.strip())
    if isinstance(value, Table):
        return ("table", value.key)
    if hasattr(value, "__dataclass_fields__"):
        return (
            type(value).__name__,
            {name: plain(getattr(value, name)) for name in value.__dataclass_fields__},
        )
    if hasattr(value, "items"):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, tuple | list) else value


def compared(one):
    """Nodes, the ways out of each in their order, and all else; the order of nodes says nothing."""
    ways = {key: [plain(arrow) for arrow in one.arrows_from(key)] for key in one.nodes}
    rest = (
        one.key,
        plain(one.title),
        dict(one.facts),
        one.withdrawal,
        plain(one.remembered),
        dict(one.names),
    )
    return plain(one.nodes), ways, rest


def back(one, tables=TABLES):
    """What is read from what was written."""
    model = read(write(one))
    assert model.faults == ()
    (found,) = model.processes
    told = problems(model, found, Library(tables), Names({}))
    assert [finding.told("en") for finding in told.errors] == []
    return compile_bpmn(model, found, Library(tables))


def test_a_process_in_the_simple_notation_comes_back_the_same():
    one = compile(written(), TABLES)
    assert compared(back(one)) == compared(one)


@pytest.mark.parametrize("words", [{"zh": "申领人已去世", "en": "has died"}, {"zh": "同", "en": "同"}])
def test_what_is_told_of_a_closed_action_comes_back_the_same(words):
    whole = raw(ALLOWANCE)
    whole["states"]["approve"]["actions"]["grant"]["closed"] = words
    one = compile(FlowDefinition.model_validate(whole), TABLES)
    assert compared(back(one)) == compared(one)
    assert plain(one.nodes["approve"].actions["grant"].closed) == plain(Text(**words))


def test_branches_calls_works_and_events_meanwhile_come_back_the_same():
    one = compile(written(composite.ALLOWANCE), {}, {"again": written(composite.AGAIN)})
    assert compared(back(one)) == compared(one)
    one = compile(written(composite.INSPECTION), {})
    assert compared(back(one)) == compared(one)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"policy": "count", "needed": "2"},
        {"policy": "lead", "lead": '"scjg"', "in_turn": True},
        {"policy": "veto", "silence": "agree", "departments": {"of": "many"}},
    ],
)
def test_joint_approval_comes_back_the_same(changes):
    one = joint.graph(**changes)
    assert compared(back(one, one.tables)) == compared(one)


CASES = [
    file(process(START, task("a"), END, flows("start -> a -> end"))),
    file(
        process(
            START, gateway("parallel", "fork", "join"), gateway("inclusive", "g", attributes='default="g_c"'),
            gateway("exclusive", "m"), task("a"), task("b"), task("c"), END, flow("g -> b", "x > 1"),
            flows("start -> fork -> a -> join; fork -> g -> c -> m -> join -> end; b -> m"), facts=[("x", "number")],
        )
    ),
    file(
        process(
            START, '<eventBasedGateway id="g"/>',
            '<intermediateCatchEvent id="paid"><extensionElements><yz:ask key="kind" kind="choice" title="种类">'
            '<yz:choice value="cash" title="现金" title_en="Cash"/></yz:ask></extensionElements>'
            '<messageEventDefinition messageRef="m1"/></intermediateCatchEvent>',
            '<intermediateCatchEvent id="late"><timerEventDefinition><timeDate>2026-12-01T09:00:00+08:00</timeDate>'
            '</timerEventDefinition></intermediateCatchEvent><intermediateCatchEvent id="noon"><timerEventDefinition>'
            "<timeDuration>if x > 1 then duration(\"P1D\") else duration(\"P2D\")</timeDuration></timerEventDefinition>"
            "</intermediateCatchEvent>",
            END, flows("start -> g; g -> paid -> end; g -> late -> noon -> end"), facts=[("x", "number")],
        ),
        more=drawn.MESSAGES,
    ),
]  # fmt: skip


@pytest.mark.parametrize("data", CASES)
def test_a_process_in_bpmn_comes_back_the_same(data):
    one = graph(data)
    assert compared(back(one)) == compared(one)


def test_the_picture_has_a_shape_for_every_element_and_a_line_for_every_flow():
    one = compile(written(composite.ALLOWANCE), {}, {"again": written(composite.AGAIN)})
    root = ElementTree.fromstring(write(one))
    spaces = {"b": MODEL, "di": DIAGRAM, "dc": BOUNDS, "line": LINES}
    drawn_ids = {shape.get("bpmnElement") for shape in root.iterfind(".//di:BPMNShape", spaces)}
    lines = {edge.get("bpmnElement") for edge in root.iterfind(".//di:BPMNEdge", spaces)}
    written_flows = {tag.get("id"): tag for tag in root.iterfind(".//b:sequenceFlow", spaces)}
    ends = {tag.get(end) for tag in written_flows.values() for end in ("sourceRef", "targetRef")}
    assert lines == written_flows.keys()
    assert ends <= drawn_ids
    boxes = {
        shape.get("bpmnElement"): [
            float(shape.find("dc:Bounds", spaces).get(k)) for k in ("x", "y", "width", "height")
        ]
        for shape in root.iterfind(".//di:BPMNShape", spaces)
    }
    for body in root.iterfind(".//b:subProcess", spaces):
        left, top, width, height = boxes[body.get("id")]
        for child in body:
            if child.get("id") in boxes:
                x, y, wide, high = boxes[child.get("id")]
                assert left <= x
                assert x + wide <= left + width
                assert top <= y
                assert y + high <= top + height
    for edge in root.iterfind(".//di:BPMNEdge", spaces):
        assert len(edge.findall("line:waypoint", spaces)) >= 2
    attached = root.find(".//b:boundaryEvent", spaces)
    assert attached.get("attachedToRef") in boxes


def test_limits_of_every_kind_come_back_the_same():
    changes = [
        ("working_days: 5\n      kind: statutory", "duty_hours: 12\n      hours: {working: '8:00-20:00'}"),
        ("limit: {working_days: 10, kind: internal, on_expiry", "limit: {natural_hours: 24, kind: promised, on_expiry"),
        ("limit: {working_days: 5, kind: internal}", "limit: {natural_days: 5}\n    on: {urge: {after: {natural_hours: 2}, "
         "interrupts: false, sends: [{template: urge, to: allowance.head, unit: item unit}]}}"),
    ]  # fmt: skip
    text = ALLOWANCE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    one = compile(written(text), TABLES)
    assert {node.limit.unit for node in one.nodes.values() if getattr(node, "limit", None)} >= {
        "natural_hours"
    }
    assert compared(back(one)) == compared(one)
