"""A case whose process is drawn in BPMN goes as any other, from handing in to its end."""

from __future__ import annotations

import shutil
import uuid

import pytest
from django.conf import settings

from yizhan import clock
from yizhan.cases import handling, processes
from yizhan.cases.models import Case, Status, Task, Timer, Token
from yizhan.cases.refusals import Impossible
from yizhan.identity import scope
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish
from yizhan.workflow.bpmn import keeping, write
from yizhan.workflow.drawing import draw

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:yz="urn:yizhan:bpmn:1" id="d" '
    'targetNamespace="urn:t">'
)
CLERK = 'yz:role="elderly_allowance.clerk" yz:unit="area subdistrict"'
PROCESS = f"""{HEAD}
<process id="application" name="高龄津贴申领" yz:name_en="Elderly allowance" isExecutable="true">
  <startEvent id="handed_in" name="提交"/>
  <userTask id="acceptance" name="街道受理" yz:phase="intake" {CLERK}>
    <extensionElements>
      <yz:limit working_days="5"/>
      <yz:action key="accept" title="受理" title_en="Accept" flow="accepted" style="primary"/>
      <yz:action key="decline" title="不予受理" title_en="Decline" flow="declined" reason="required"/>
    </extensionElements>
  </userTask>
  <boundaryEvent id="slow" attachedToRef="acceptance" cancelActivity="false">
    <extensionElements><yz:limit working_days="3"/><yz:send template="accepted"/></extensionElements>
    <timerEventDefinition/>
  </boundaryEvent>
  <parallelGateway id="fork" name="分头核实"/>
  <userTask id="visit" name="入户核实" {CLERK}>
    <extensionElements><yz:action key="well" title="健在" flow="seen"><yz:ask key="note" title="说明"/></yz:action>
    </extensionElements>
  </userTask>
  <userTask id="papers" name="材料核实" {CLERK}/>
  <parallelGateway id="join" name="汇总"/>
  <exclusiveGateway id="which" name="是否属实" default="to_refuse"/>
  <userTask id="decision" name="审定" yz:phase="decision" yz:role="elderly_allowance.approver" yz:distinct_from="visit">
    <extensionElements><yz:action key="grant" title="准予" flow="grant"/></extensionElements>
  </userTask>
  <sendTask id="refuse" name="不予发放"><extensionElements><yz:send template="accepted"/></extensionElements></sendTask>
  <endEvent id="granted" name="准予发放"/>
  <endEvent id="refused" name="不予发放"/>
  <endEvent id="not_accepted" name="不予受理"/>
  <sequenceFlow id="f0" sourceRef="handed_in" targetRef="acceptance"/>
  <sequenceFlow id="accepted" sourceRef="acceptance" targetRef="fork" yz:marks="accepted"/>
  <sequenceFlow id="declined" sourceRef="acceptance" targetRef="not_accepted" yz:marks="not_accepted"/>
  <sequenceFlow id="f1" sourceRef="fork" targetRef="visit"/>
  <sequenceFlow id="f2" sourceRef="fork" targetRef="papers"/>
  <sequenceFlow id="seen" sourceRef="visit" targetRef="join"/>
  <sequenceFlow id="f4" sourceRef="papers" targetRef="join"/>
  <sequenceFlow id="f5" sourceRef="join" targetRef="which"/>
  <sequenceFlow id="f6" sourceRef="which" targetRef="decision"><conditionExpression>visit.note = "属实"</conditionExpression>
  </sequenceFlow>
  <sequenceFlow id="to_refuse" sourceRef="which" targetRef="refuse"/>
  <sequenceFlow id="grant" sourceRef="decision" targetRef="granted" yz:marks="decided" yz:outcome="granted"/>
  <sequenceFlow id="f8" sourceRef="refuse" targetRef="refused" yz:marks="decided" yz:outcome="refused"/>
</process></definitions>"""


@pytest.fixture
def drawn(tmp_path):
    """The pack of the elderly allowance with a process in BPMN instead of its own; none: its own, exported."""

    def pack(text=None):
        folder = tmp_path / "elderly_allowance"
        shutil.copytree(
            settings.ROOT / "packs/elderly_allowance", folder, ignore=shutil.ignore_patterns("journeys")
        )
        written = text or write(keeping.shelf_of(read(folder)).graph("application")).decode()
        (folder / "processes/application.flow.yaml").unlink()
        (folder / "processes/application.bpmn").write_text(written, encoding="utf-8")
        return read(folder)

    return pack


def open_at(number):
    with scope.service():
        return sorted(task.node for task in Task.objects.filter(number=number, state="open"))


def test_the_process_of_a_pack_exported_and_put_in_its_place_handles_cases_as_before(town, drawn):
    pack = drawn()
    assert [str(fault) for fault in pack.errors] == []
    publish(pack, by="test")
    by_itself = town.apply("chen")
    assert (town.case(by_itself).outcome, town.case(by_itself).decision.automatic) == ("granted", True)
    number = town.apply("wang", other_allowance=True)
    with scope.service():
        assert processes.graph(town.case(number).release_id, "application").nodes["start"]
    assert town.task(number).node == "acceptance"


def test_a_drawn_process_is_handled_from_handing_in_to_its_end(town, drawn):
    pack = drawn(PROCESS)
    assert [str(fault) for fault in pack.errors] == []
    publish(pack, by="test")
    number = town.apply("chen")
    assert open_at(number) == ["acceptance"]
    with scope.service():
        timers = {
            timer.ref.partition(":")[0]: timer.due for timer in Timer.objects.filter(case__number=number)
        }
    assert str(timers["slow"].astimezone(clock.ZONE).date()) in {"2026-11-25", "2026-11-26"}
    town.do("clerk", number, "accept")
    assert town.case(number).status == Status.ACCEPTED
    assert open_at(number) == ["papers", "visit"]
    done(town, "clerk", number, "visit", "well", {"note": "属实"})
    assert open_at(number) == ["papers"]
    with scope.service():
        assert sorted(Token.objects.filter(case__number=number).values_list("node", flat=True)) == [
            "join",
            "papers",
        ]
    done(town, "colleague", number, "papers", "complete")
    assert open_at(number) == ["decision"]
    town.do("approver", number, "grant")
    case = town.case(number)
    assert (case.status, case.outcome) == (Status.CLOSED, "granted")
    assert town.intact(number)
    with scope.service():
        picture = draw(processes.graph(case.release_id, "application"), passed={"visit", "papers"})
    assert "入户核实" in picture.svg
    assert "材料核实" in picture.outline


def test_its_conditions_see_what_was_entered(town, drawn):
    publish(drawn(PROCESS), by="test")
    number = town.apply("chen")
    town.do("clerk", number, "accept")
    done(town, "clerk", number, "papers", "complete")
    done(town, "clerk", number, "visit", "well", {"note": "查无此人"})
    assert (town.case(number).status, town.case(number).outcome) == (Status.CLOSED, "refused")
    assert town.intact(number)


def test_an_action_without_its_reason_is_refused(town, drawn):
    publish(drawn(PROCESS), by="test")
    number = town.apply("chen")
    with pytest.raises(Impossible):
        town.do("clerk", number, "decline")
    town.do("clerk", number, "decline", reason="不在本区居住。")
    assert (town.case(number).outcome, Case.objects.count()) == ("not_accepted", 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("elderly_allowance.approver", "elderly_allowance.aprover", "没有角色 elderly_allowance.aprover"),
        ('template="accepted"', 'template="acepted"', "没有通知或文书模板 acepted → 是否应为 accepted"),
        ('template="accepted"', 'template="accepted" to="elderly_allowance.clark"', "没有角色 elderly_allowance.clark"),
        ('template="accepted"', 'template="accepted" unit="item unit"', "只有发给角色的通知才写单位"),
        ("visit.note", "visit.nota", "环节 visit 没有留下 nota → 是否应为 note"),
        ('id="application"', 'id="applicaton"', "须有一个流程的 id（或 yz:key）与文件同名（application）"),
        ("</process>", "</proces>", "不是有效的 XML"),
        ('<sendTask id="refuse"', '<scriptTask id="x"/><sendTask id="refuse"', "应用包不能带程序"),
        ('yz:distinct_from="visit"', 'yz:distinct_from="vist"', "没有人工任务 vist"),
        ("</process>", "<businessRuleTask id='r' yz:table='eligibilty'/></process>", "没有决策表 eligibilty"),
    ],
)  # fmt: skip
def test_a_slip_in_a_drawn_process_is_told_with_its_file_and_line(drawn, before, after, words):
    assert before in PROCESS
    told = [str(fault) for fault in drawn(PROCESS.replace(before, after, 1)).errors]
    assert any(words in fault and fault.startswith("processes/application.bpmn:") for fault in told), told


@pytest.mark.django_db
def test_an_item_that_names_no_process_is_told_those_that_are_there(drawn):
    told = [str(fault) for fault in drawn(PROCESS.replace('id="application"', 'id="applying"', 1)).errors]
    assert any(
        "items/elderly_allowance.yaml" in fault and "应用包里没有 application" in fault for fault in told
    ), told


def done(town, who, number, node, action, given=None):
    """One of several open tasks is done."""
    with scope.service():
        task = Task.objects.get(number=number, node=node, state="open")
    with town.acting(who) as actor:
        handling.complete(
            task.case_id, task.id, action=action, by=actor, command=uuid.uuid4(), given=given or {}
        )
