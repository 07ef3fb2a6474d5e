"""The picture of a process: readable without colours, without styles, and as a list."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan.releases import files
from yizhan.workflow import Table, compile
from yizhan.workflow.drawing import draw
from yizhan.workflow.layout import arranged
from yizhan.workflow.picture import HEIGHT, WIDTH
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.tables.definition import TableDefinition
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
    assert lines == "对申请人提交的全部材料进行实质性审查并提出书面…"
    assert "对申请人提交的全部材料进行实质性审查并提出书面意见" in [e.text for e in root.iter(f"{SVG}title")]


def test_the_elderly_allowance_is_drawn_down_the_page_and_fits_a_card():
    folder = django_settings.ROOT / "packs/elderly_allowance"
    read = files.plain_yaml
    written = FlowDefinition.model_validate(read(files.text(folder / "processes/application.flow.yaml"))[0])
    decided = TableDefinition.model_validate(read(files.text(folder / "decisions/eligibility.table.yaml"))[0])
    root = ET.fromstring(draw(compile(written, {"eligibility": Table(decided)})).svg)
    assert int(root.get("width")) <= 560
    # On a phone of 390 px it is shown as wide as its card: letters of 14 px must stay legible.
    assert 14 * 340 / int(root.get("width")) >= 9
    tops = {texts(g): int(r.get("y")) for g in root.iter(f"{SVG}g") for r in g.findall(f"{SVG}rect")}
    assert tops["开始"] < tops["街道受理"] < tops["街道初审"] < tops["民政局审定"] < tops["准予发放"]


def test_forty_departments_side_by_side_keep_their_size():
    graph = graph_of(40)
    found = draw(graph)
    assert found.wide
    assert "is-wide" in found.svg
    assert not draw(graph_of(3)).wide


def graph_of(ways):
    """A decision with many ways out."""
    states = {
        f"t{n}": {"kind": "end", "title": {"zh": f"部门{n}", "en": f"D{n}"}, "outcome": "x"}
        for n in range(ways)
    }
    cases = [{"when": f"n = {n}", "to": f"t{n}"} for n in range(ways - 1)]
    states["d"] = {"kind": "decision", "title": {"zh": "分派", "en": "Sort"}, "phase": "intake",
                   "cases": cases, "otherwise": f"t{ways - 1}"}  # fmt: skip
    raw = {
        "key": "k",
        "title": {"zh": "多部门", "en": "Many"},
        "start": "d",
        "facts": {"n": "number"},
        "states": states,
    }
    return compile(FlowDefinition.model_validate(raw), {})


def test_the_list_goes_as_a_case_does_whatever_order_the_keys_have(graph):
    mixed = replace(graph, nodes=dict(sorted(graph.nodes.items(), key=lambda node: (len(node[0]), node[0]))))
    assert draw(mixed).outline == draw(graph).outline
    titles = re.findall(r'<li class="is-[a-z]+">([^<]+)', draw(mixed).outline)
    assert (
        titles.index("受理审查")
        < titles.index("资格判定")
        < titles.index("人工审查")
        < titles.index("已批准")
    )


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
    layer = {slot: number for number, slots in enumerate(layout.layers) for slot in slots}
    assert sorted(slot for slot in layer if isinstance(slot, str)) == sorted(nodes)
    for edge in {edge for edge in edges if edge[0] != edge[1]}:
        route = [layer[slot] for slot in layout.route(edge)]
        assert route == list(range(route[0], route[0] + len(route)))
        assert len(route) >= 2
