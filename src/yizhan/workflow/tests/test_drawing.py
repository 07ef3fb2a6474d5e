"""The picture of a process: readable without colours, without styles, and as a list."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan.workflow import Table, compile
from yizhan.workflow.drawing import draw
from yizhan.workflow.layout import arranged
from yizhan.workflow.picture import HEIGHT, WIDTH
from yizhan.workflow.tests.packs import flow, table

SVG = "{http://www.w3.org/2000/svg}"
calm = settings(max_examples=150, deadline=None, database=None)


@pytest.fixture(scope="module")
def graph():
    return compile(flow(), {"eligibility": Table(table())})


def drawn(graph):
    return draw(graph, current=["review"], passed=["start", "intake_check", "eligibility"])


def texts(group):
    return "".join(group.find(f"{SVG}text[@text-anchor]").itertext())


def test_every_state_is_drawn_with_its_title_and_its_place_in_the_case(graph):
    root = ET.fromstring(drawn(graph).svg)
    groups = {texts(group): group.get("class") for group in root.iter(f"{SVG}g") if group.get("class")}
    assert groups["人工审查"] == "process-node process-node--task is-current"
    assert groups["资格判定"] == "process-node process-node--decide is-passed"
    assert groups["已批准"] == "process-node process-node--end is-ahead"
    assert len(groups) == len(graph.nodes)


def test_it_has_a_title_and_a_sentence_for_those_who_cannot_see_it(graph):
    root = ET.fromstring(draw(graph, current=["review"], name="case-1").svg)
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert [named[part] for part in root.get("aria-labelledby").split()] == [
        "高龄津贴审核",
        "流程共 9 个环节。目前在：人工审查。",
    ]


def test_no_colour_and_no_style_is_written_into_it(graph):
    svg = drawn(graph).svg
    assert "style" not in svg
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) == {"none", "currentColor"}


def test_the_list_says_the_same(graph):
    outline = drawn(graph).outline
    assert '<li class="is-current" aria-current="step">人工审查（目前在此）' in outline
    assert "<li>同意 → 审批</li><li>退回 → 受理审查</li>" in outline
    assert "<li>逾期视为受理 → 资格判定</li>" in outline
    assert "其他情形 → 人工审查" in outline


def test_it_speaks_the_language_of_the_page(graph):
    with translation.override("en"):
        svg = drawn(graph).svg
    assert ">Review<" in svg
    assert "审" not in svg


def test_titles_are_text_not_markup():
    written = flow().model_dump(by_alias=True)
    written["states"]["review"]["title"] = {"zh": "<script>甲</script>", "en": "x"}
    found = draw(compile(type(flow()).model_validate(written), {"eligibility": Table(table())}))
    assert "<script>" not in found.svg + found.outline


def test_a_long_title_is_cut_but_told_in_full():
    written = flow().model_dump(by_alias=True)
    written["states"]["review"]["title"] = {
        "zh": "对申请人提交的全部材料进行实质性审查并提出书面意见",
        "en": "x",
    }
    root = ET.fromstring(
        draw(compile(type(flow()).model_validate(written), {"eligibility": Table(table())})).svg
    )
    (lines,) = [texts(g) for g in root.iter(f"{SVG}g") if g.get("class") and texts(g).startswith("对申请人")]
    assert lines == "对申请人提交的全部材料进行实质性审查并…"
    assert "对申请人提交的全部材料进行实质性审查并提出书面意见" in [e.text for e in root.iter(f"{SVG}title")]


def test_boxes_do_not_lie_on_one_another(graph):
    root = ET.fromstring(drawn(graph).svg)
    corners = [(int(r.get("x")), int(r.get("y"))) for r in root.iter(f"{SVG}rect")]
    for number, (x, y) in enumerate(corners):
        for other_x, other_y in corners[:number]:
            assert abs(x - other_x) >= WIDTH or abs(y - other_y) >= HEIGHT


@calm
@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(*[st.integers(0, n - 1)] * 2), max_size=40))
    )
)
def test_any_graph_can_be_arranged(sized):
    size, pairs = sized
    nodes = [f"n{number}" for number in range(size)]
    edges = [(nodes[one], nodes[other]) for one, other in pairs]
    layout = arranged(nodes, edges)
    column = {slot: number for number, slots in enumerate(layout.columns) for slot in slots}
    assert sorted(slot for slot in column if isinstance(slot, str)) == sorted(nodes)
    for edge in {edge for edge in edges if edge[0] != edge[1]}:
        route = [column[slot] for slot in layout.route(edge)]
        assert route == list(range(route[0], route[0] + len(route)))
        assert len(route) >= 2
