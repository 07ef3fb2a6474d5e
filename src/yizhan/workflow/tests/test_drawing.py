"""The picture of a process: readable without colours, without styles, and as a list."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.utils import translation

from yizhan.releases import files
from yizhan.releases.plain_yaml import plain_yaml
from yizhan.workflow import Table, compile
from yizhan.workflow.drawing import Participant, can_be_drawn, draw
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.tables.definition import TableDefinition
from yizhan.workflow.tests import pictured
from yizhan.workflow.tests.packs import flow, table

SVG = "{http://www.w3.org/2000/svg}"
SIX = (
    Participant("区市场监督管理局", "consented"),
    Participant("区消防救援大队", "waiting"),
    Participant("市生态环境局越秀分局", "silent"),
    Participant("区城市管理和综合执法局", "refused"),
    Participant("区卫生健康局", "withdrawn"),
    Participant("区住房和建设局", "ahead"),
)


@pytest.fixture(scope="module")
def graph():
    return compile(flow(), {"eligibility": Table(table())})


@pytest.fixture(scope="module")
def subsistence():
    return pictured.subsistence()


@pytest.fixture(scope="module")
def restaurant():
    return pictured.restaurant()


def drawn(graph):
    return draw(graph, current=["review"], passed=["intake_check", "eligibility", "review"])


def groups(found, sort="process-node"):
    """The classes of each node's group, by its title, which is told in full."""
    root = ET.fromstring(found.svg)
    return {
        g.find(f"{SVG}title").text: g.get("class")
        for g in root.iter(f"{SVG}g")
        if sort in (g.get("class") or "").split()
    }


def shown(found):
    """All words that stand in the picture."""
    root = ET.fromstring(found.svg)
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def words(outline):
    return re.sub("<[^>]+>", "|", outline)


def renamed(title):
    written = flow().model_dump(by_alias=True)
    written["states"]["review"]["title"] = {"zh": title, "en": title}
    return compile(type(flow()).model_validate(written), {"eligibility": Table(table())})


def test_every_state_is_drawn_with_its_title_and_its_place_in_the_case(graph):
    found = groups(drawn(graph))
    assert found["人工审查（目前在此）"] == "process-node process-node--task is-current"
    assert found["资格判定（已办） · 按规则判定"] == "process-node process-node--decide is-passed"
    assert found["已批准"] == "process-node process-node--end is-ahead"
    assert len(found) == len(graph.nodes)


def test_what_can_no_longer_be_come_to_is_told_so(graph):
    found = groups(draw(graph, passed=["intake_check", "eligibility", "approve", "pay", "granted"]))
    assert found["未批准（未经过）"].endswith("is-skipped")
    assert found["等候上门核实（未经过） · 等待"].endswith("is-skipped")
    assert found["已批准（已办）"].endswith("is-passed")


def test_what_was_broken_off_is_told_so(graph):
    found = groups(draw(graph, passed=["intake_check", "eligibility", "review"], cancelled=["review"]))
    assert found["人工审查（已中止）"].endswith("is-cancelled")


def test_it_has_a_title_and_a_sentence_for_those_who_cannot_see_it(graph):
    root = ET.fromstring(draw(graph, current=["review"], name="case-1").svg)
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert [named[part] for part in root.get("aria-labelledby").split()] == [
        "高龄津贴审核",
        "流程共 9 个环节。目前在：人工审查。",
    ]


def test_no_colour_and_no_style_is_written_into_it(restaurant):
    found = draw(restaurant, current=["reviews", "visit"], passed=["accept"], several={"reviews": SIX})
    assert "style" not in found.svg + found.legend
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', found.svg)) == {"none", "currentColor"}


def test_it_grows_with_the_letters_of_the_page(graph):
    root = ET.fromstring(draw(graph).svg)
    width = float(root.get("viewBox").split()[2])
    assert root.get("width") == f"{width / 16:g}rem"


def test_ways_have_their_words_on_their_lines(graph):
    found = shown(draw(graph))
    assert {"受理", "逾期视为受理", "同意", "退回审查", "其他情形", "满 10 个工作日"} <= set(found)


def test_the_list_says_the_same(graph):
    outline = drawn(graph).outline
    assert '<li class="is-current" aria-current="step">人工审查（目前在此）' in outline
    assert "<li>同意 → 审批</li><li>退回 → 受理审查</li>" in outline
    assert '<ul class="process-events"><li>逾期视为受理 → 资格判定</li></ul>' in outline
    assert "其他情形 → 人工审查" in outline


def test_it_speaks_the_language_of_the_page(restaurant):
    several = {"reviews": (Participant("Fire brigade", "waiting"),)}
    with translation.override("en"):
        found = draw(restaurant, current=["reviews", "visit"], passed=["accept"], several=several)
    assert ">Opinion<" in found.svg
    assert not re.search("[\u4e00-\u9fff]", found.svg + found.outline + found.legend)


def test_titles_are_text_not_markup():
    found = draw(renamed("<script>甲</script>"), current=["review"])
    assert "<script>" not in found.svg + found.outline


SIXTY_ZH = (
    "对申请人提交的全部材料进行实质性审查并会同有关部门到现场逐项核对"
    "原件与复印件是否一致后提出书面审查意见报分管负责人批准"
)
SIXTY_EN = "Examination of everything that the applicant has handed in"


@pytest.mark.parametrize("title", [SIXTY_ZH, SIXTY_EN, "x" * 60])
def test_a_title_of_sixty_characters_is_shown_whole_within_its_box(title):
    assert len(title) <= 60
    root = ET.fromstring(draw(renamed(title)).svg)
    (group,) = [
        g
        for g in root.iter(f"{SVG}g")
        if "task" in g.get("class", "") and g.find(f"{SVG}title").text == title
    ]
    box, lines = group.find(f"{SVG}rect"), group.find(f"{SVG}text")
    assert "".join(lines.itertext()).replace(" ", "") == title.replace(" ", "")
    ys = [int(line.get("y")) for line in lines]
    assert int(box.get("y")) + 10 < ys[0] and ys[-1] < int(box.get("y")) + int(box.get("height")) - 2


def test_a_longer_title_is_cut_but_told_in_full():
    title = SIXTY_ZH * 2
    root = ET.fromstring(draw(renamed(title)).svg)
    assert any("".join(text.itertext()).endswith("…") for text in root.iter(f"{SVG}text"))
    assert title in [element.text for element in root.iter(f"{SVG}title")]


def test_the_elderly_allowance_is_drawn_down_the_page_and_fits_a_card():
    folder = django_settings.ROOT / "packs/elderly_allowance"
    read = plain_yaml
    written = FlowDefinition.model_validate(read(files.text(folder / "processes/application.flow.yaml"))[0])
    decided = TableDefinition.model_validate(read(files.text(folder / "decisions/eligibility.table.yaml"))[0])
    root = ET.fromstring(draw(compile(written, {"eligibility": Table(decided)})).svg)
    assert float(root.get("width").removesuffix("rem")) * 16 <= 560
    tops = {
        g.find(f"{SVG}title").text: int(g.find(f"{SVG}rect").get("y"))
        for g in root.iter(f"{SVG}g")
        if g.get("class", "").startswith("process-node") and g.find(f"{SVG}rect") is not None
    }
    assert tops["开始"] < tops["街道受理"] < tops["街道初审"] < tops["民政局审定"] < tops["准予发放"]


def test_the_list_goes_as_a_case_does_whatever_order_the_keys_have(graph, subsistence):
    for one in (graph, subsistence):
        mixed = replace(one, nodes=dict(sorted(one.nodes.items(), key=lambda node: (len(node[0]), node[0]))))
        assert draw(mixed).outline == draw(one).outline
        assert draw(mixed).svg == draw(one).svg
    titles = re.findall(r'<li class="is-[a-z]+">([^ <]+)', draw(graph).outline)
    assert (
        titles.index("受理审查")
        < titles.index("资格判定")
        < titles.index("人工审查")
        < titles.index("已批准")
    )


class TestBranches:
    def test_they_stand_side_by_side_each_under_its_title(self, subsistence):
        root = ET.fromstring(draw(subsistence).svg)
        columns = [g for g in root.iter(f"{SVG}g") if g.get("class") == "process-column"]
        assert ["".join(c.find(f"{SVG}text").itertext()) for c in columns] == [
            "家庭成员核对",
            "入户调查",
            "家庭经济状况核对",
        ]
        tops = {(r.get("y"), r.get("height")) for c in columns for r in c.findall(f"{SVG}rect")}
        assert len(tops) == 1

    def test_the_list_nests_them(self, subsistence):
        outline = draw(subsistence, current=["checks", "home"], passed=["accept", "query", "report"]).outline
        assert "<li>入户调查<ol><li" in outline
        inner = outline.split("<li>入户调查<ol>")[1]
        assert inner.startswith('<li class="is-current" aria-current="step">两名工作人员入户调查（目前在此）')
        assert outline.count('aria-current="step"') == 1  # the innermost place, not what lies around it

    def test_where_the_house_parts_ways_is_no_place_of_its_own(self, subsistence):
        assert not [title for title in groups(draw(subsistence)) if "各路同时进行" in title]


class TestSeveral:
    def test_who_takes_part_stands_in_the_box_with_what_each_said(self, restaurant):
        found = draw(restaurant, current=["reviews", "opinion"], passed=["accept"], several={"reviews": SIX})
        seen = shown(found)
        for one, said in zip(
            SIX, ["同意", "待回复", "逾期视为同意", "不同意", "已退出", "尚未轮到"], strict=True
        ):
            assert one.title in seen
            assert said in seen
            assert f"<li>{one.title}：{said}</li>" in found.outline
        assert "6 个单位分别办理" in seen

    def test_without_a_case_it_is_told_that_several_act(self, restaurant):
        found = draw(restaurant)
        assert "多个单位分别办理" in shown(found)
        assert "多个单位分别办理" in found.outline

    def test_as_many_as_there_can_be_do_not_burst_the_picture_and_are_all_in_the_list(self, restaurant):
        many = tuple(Participant(f"第{number}单位", "waiting") for number in range(200))
        found = draw(restaurant, current=["reviews"], passed=["accept"], several={"reviews": many})
        root = ET.fromstring(found.svg)
        assert float(root.get("viewBox").split()[2]) < 1400
        assert "另有 160 个单位" in shown(found)
        assert words(found.outline).count("：待回复") == 200

    def test_how_many_stand_at_one_place(self, restaurant):
        found = draw(restaurant, current=["reviews", "opinion", "opinion", "opinion"], passed=["accept"])
        assert "3" in shown(found)


class TestEvents:
    def test_they_have_a_sign_on_the_edge_solid_or_broken(self, restaurant):
        root = ET.fromstring(draw(restaurant).svg)
        signs = [g.get("class") for g in root.iter(f"{SVG}g") if "process-event" in g.get("class", "")]
        assert sorted(signs) == [
            "process-event process-event--error",
            "process-event process-event--message",
            "process-event process-event--timer",
            "process-event process-event--timer",
            "process-event process-event--timer is-beside",
        ]

    def test_one_that_only_sends_a_message_has_a_line_in_the_list(self, restaurant):
        assert "其间满 3 个工作日：只发送通知" in draw(restaurant).outline

    def test_one_beside_which_the_step_goes_on_is_drawn_broken_and_told_so(self):
        found = draw(pictured.wild())
        arrows = [c for c in re.findall(r'class="(process-arrow[^"]*)"', found.svg) if "is-beside" in c]
        assert len(arrows) == 1
        assert (
            "满 3 个工作日 → 第12环节（本环节照常继续）" in found.outline
            or "（本环节照常继续）" in found.outline
        )

    def test_the_legend_tells_the_signs_that_are_there_and_no_others(self, restaurant, subsistence):
        assert "出现差错" in draw(restaurant).legend
        assert "出现差错" not in draw(subsistence).legend
        assert "目前在此" not in draw(restaurant).legend


class TestOtherNotations:
    def test_every_kind_of_node_has_its_shape(self):
        found = draw(pictured.wild())
        root = ET.fromstring(found.svg)
        shapes = {
            (g.get("class").split("--")[1].split()[0], child.tag.removeprefix(SVG))
            for g in root.iter(f"{SVG}g") if g.get("class", "").startswith("process-node")
            for child in g if child.get("class") == "process-shape"
        }  # fmt: skip
        assert {("gateway", "polygon"), ("decide", "polygon"), ("end", "rect"), ("wait", "rect")} <= shapes

    def test_several_starts_and_ends_are_all_told(self):
        outline = draw(pictured.wild()).outline
        for title in ("网上提交", "来函转办", "办结", "终止", "出错"):
            assert title in outline
        assert "全部结束" in outline
        assert "按差错结束" in outline

    def test_gateways_without_a_name_are_called_by_what_they_do(self):
        assert "→ 各路同时进行" in draw(pictured.wild()).outline


def test_what_is_too_dense_for_a_picture_is_told_in_words_alone():
    end = {"title": {"zh": "完", "en": "End"}, "to": "done"}
    states = {
        f"s{a}": {
            "kind": "task",
            "title": {"zh": f"环节{a}", "en": f"Step {a}"},
            "phase": "review",
            "role": "p.clerk",
            "actions": {
                **{
                    f"a{b}": {"title": {"zh": "去", "en": "Go"}, "to": f"s{(a * 7 + b * 31) % 80}"}
                    for b in range(7)
                },
                "on": {"title": {"zh": "下", "en": "On"}, "to": f"s{(a + 1) % 80}"},
                "end": end,
            },
        }
        for a in range(80)
    }
    states["done"] = {"kind": "end", "title": {"zh": "办结", "en": "Done"}, "outcome": "done"}
    written = {"key": "p", "title": {"zh": "密", "en": "Dense"}, "start": "s0", "states": states}
    graph = compile(FlowDefinition.model_validate(written), {})
    found = draw(graph)
    assert found.too_dense
    assert not can_be_drawn(graph)
    assert "<svg" not in found.svg
    assert "走向太多" in found.svg
    assert len(found.svg) < 300
    assert all(f"环节{a}" in found.outline for a in range(80))
