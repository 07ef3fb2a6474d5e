"""Random processes, drawn wherever a case may stand: nothing lies on anything, and the list holds all of it."""

import re
import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan.workflow import compile
from yizhan.workflow.drawing import Participant, draw
from yizhan.workflow.pictures.arranging import arrange
from yizhan.workflow.pictures.scene import scene
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.nodes import Start
from yizhan.workflow.tests import test_nested_walks, test_walks
from yizhan.workflow.tests.test_arranging import check

calm = settings(max_examples=120, deadline=None, database=None)
STATES = ["ahead", "waiting", "answered", "consented", "refused", "silent", "withdrawn", "unasked"]


@st.composite
def drawn(draw_one):
    """A process, where a case stands in it, and who takes part."""
    written = draw_one(st.one_of(test_walks.processes(), test_nested_walks.flows()))
    graph = compile(FlowDefinition.model_validate(written), {})
    keys = st.sampled_from(sorted(graph.nodes))
    several = {
        key: tuple(
            Participant(f"第{number}单位", state)
            for number, state in enumerate(draw_one(st.lists(st.sampled_from(STATES), max_size=12)))
        )
        for key in graph.nodes
        if graph.each(key)
    }
    stands = draw_one(st.lists(keys, max_size=3))
    came = draw_one(st.lists(keys, max_size=6))
    return graph, stands, came, several


@calm
@given(drawn())
def test_boxes_and_lines_of_any_process_lie_apart(case):
    graph, _stands, _came, several = case
    found = scene(graph, several, {})
    check(found.items, found.lines, arrange(found.items, found.lines))


@calm
@given(drawn())
def test_the_picture_is_well_formed_the_list_is_whole_and_both_are_always_the_same(case):
    graph, stands, came, several = case
    found = draw(graph, current=stands, passed=came, cancelled=came[:1], several=several)
    assert draw(graph, current=stands, passed=came, cancelled=came[:1], several=several) == found
    for part in (found.svg, found.outline, found.legend or "<ul/>"):
        ET.fromstring(part)
    told = len(re.findall(r'<li class="is-', found.outline))
    hidden = scene(graph, several, {}).hidden
    assert told == sum(not isinstance(node, Start) for key, node in graph.nodes.items() if key not in hidden)
    for key, departments in several.items():
        assert key in graph.nodes
        for one in departments:
            assert f"<li>{one.title}：" in found.outline
    here = {key for key in stands if not isinstance(graph.nodes[key], Start) and key not in hidden}
    assert bool(here) <= ("（目前在此）" in found.outline)
