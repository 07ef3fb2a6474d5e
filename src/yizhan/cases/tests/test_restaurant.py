"""Opening a small restaurant: departments by situation, each with its clock and its part, merged, and recorded."""

from __future__ import annotations

import uuid

import pytest

from yizhan import clock
from yizhan.cases import (
    catalogue,
    dossier,
    drafts,
    handling,
    intake,
    printed_form,
    reviewing,
    supplements,
)
from yizhan.cases.models import Clock, Event, Task
from yizhan.cases.refusals import Incomplete, MustDiffer
from yizhan.cases.supplements import Missing
from yizhan.cases.tests import companies
from yizhan.cases.tests.companies import SUBJECT
from yizhan.cases.tests.conftest import _staff
from yizhan.cases.tests.papers import said_by
from yizhan.codes import uscc
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.journal import reading
from yizhan.licences import life
from yizhan.records.models import Paper
from yizhan.records.tests.reading import opened, text_of
from yizhan.registry import licences
from yizhan.registry.licences import Issued, Word
from yizhan.registry.purposes import Own
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped
from yizhan.releases.words import Text
from yizhan.seals.tests.provided import seal_every_unit

ITEM = "small_restaurant"
FOOD, FIRE, FUMES, SIGN = "440104-scj-2", "440104-xfd", "440104-sth", "440104-cgj"
OUTLET, EXITS, BOARD = "楼顶离最近住宅窗户十二米", "干粉灭火器十二具", "禺山小厨（招牌）"


@pytest.fixture
def town(standing):
    """The town in which small restaurants are opened."""
    return standing(with_departments)


def with_departments():
    """A town with the six departments and the company of Chen, for which Li acts."""
    firm = companies.with_town()
    town = firm.town
    for number, (code, name, parent) in enumerate(
        (
            ("440104-scj", "越秀区市场监督管理局", "440104"),
            (FOOD, "食品安全科", "440104-scj"),
            (FIRE, "越秀区消防救援大队", "440104"),
            (FUMES, "生态环境局越秀分局", "440104"),
        )
    ):
        kind = "section" if code == FOOD else "department"
        code_of = uscc.make("11", "440199", f"0000010{number}") if kind == "department" else ""
        Unit(code=code, name=name, kind=kind, parent_id=parent, division="440104000000", uscc=code_of).found(
            by=HOUSE
        )
    seal_every_unit()
    publish(shipped("small_restaurant"), by="test")
    for who, unit, role in (
        ("lead", "440104-scj", "clerk"),
        ("head", "440104-scj", "approver"),
        ("food", FOOD, "reviewer"),
        ("fire", FIRE, "reviewer"),
        ("fire2", FIRE, "reviewer"),
        ("fumes", FUMES, "reviewer"),
        ("sign", SIGN, "reviewer"),
    ):
        town.people[who] = _staff(f"r.{who}", who, unit, f"small_restaurant.{role}")
    firm.mandate("li")
    return town


def answers(data, **scene):
    known = {
        "cooking": "fumes",
        "area": 320,
        "dine_in": True,
        "sign": True,
        "renovation": False,
        "central_air": False,
    }
    given = {**known, **scene}
    typed = {
        **data,
        "scene": given,
        "shop": {**data["shop"], "name": "禺山小厨", "dishes": "小炒"},
        "declaration": {"true": True},
        "files": {key: [str(uuid.uuid4())] for key in ("premises", "layout")},
    }
    if given["cooking"] == "fumes":
        typed["fumes"] = {"stoves": 3, "outlet": OUTLET}
        typed["files"]["fumes"] = [str(uuid.uuid4())]
    if given["sign"]:
        typed["board"] = {"words": BOARD, "size": "宽 3 米"}
        typed["files"]["sign_design"] = [str(uuid.uuid4())]
    if given["dine_in"] and given["area"] >= 300:
        typed["fire"] = {"exits": 2, "equipment": EXITS}
        typed["files"]["fire_plan"] = [str(uuid.uuid4())]
    return typed


def apply(town, **scene):
    with town.acting("li") as actor:
        desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=SUBJECT)
        drafts.save(desk, answers(desk.draft.data, **scene))
        return intake.submit(desk, by=actor, command=uuid.uuid4())


def accepted(town, **scene):
    number = apply(town, **scene)
    town.do("lead", number, "accept")
    return number


def departments(number):
    with scope.service():
        return sorted(Task.objects.filter(number=number, state="open").values_list("unit", flat=True))


@pytest.mark.parametrize(
    ("scene", "units"),
    [
        ({}, [SIGN, FOOD, FUMES, FIRE]),
        ({"cooking": "cold", "area": 40, "sign": False}, [FOOD]),
        ({"area": 299}, [SIGN, FOOD, FUMES]),
        ({"dine_in": False, "sign": False}, [FOOD, FUMES]),
    ],
)
def test_the_situation_decides_which_departments_take_part(town, scene, units):
    assert departments(accepted(town, **scene)) == sorted(units)


def test_the_situation_decides_which_pages_and_materials_are_asked(town):
    with town.acting("li") as actor:
        desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=SUBJECT)
        drafts.save(desk, answers(desk.draft.data, cooking="cold", area=40, sign=False))
        pages = [page.key for page in desk.form.asked_pages(desk.draft.data, desk.conditions)]
        assert not {"fire", "fumes", "signboard", "works", "air"} & set(pages)
        assert {one.material.key: one.standing for one in desk.needed} == {
            "business_licence": "waived",
            "representative": "waived",
            "premises": "handed_in",
            "layout": "handed_in",
            "health": "later",
        }
        drafts.save(desk, {**answers(desk.draft.data), "files": {}})
        with pytest.raises(Incomplete) as refused:
            intake.submit(desk, by=actor, command=uuid.uuid4())
        paths = [path for path, _words in refused.value.faults]
        assert paths == [
            "files.premises",
            "files.layout",
            "files.fire_plan",
            "files.fumes",
            "files.sign_design",
        ]


def test_each_department_sees_its_part_only_the_lead_sees_all(town):
    number = accepted(town)
    seen = {}
    for who in ("fire", "fumes", "sign", "food", "lead"):
        with town.acting(who) as actor:
            found = dossier.open_(number, by=actor)
            words = said(found.application.answers(str))
            seen[who] = {
                key for key, text in (("fire", EXITS), ("fumes", OUTLET), ("sign", BOARD)) if text in words
            }
            assert "小炒" in words, "what is named for no department is common"
            names = {path for path, _label in found.application.questions}
            assert ("fumes.outlet" in names) == (who in {"fumes", "food", "lead"})
    everything = {"fire", "fumes", "sign"}
    assert seen == {
        "fire": {"fire"},
        "fumes": {"fumes"},
        "sign": {"sign"},
        "food": everything,
        "lead": everything,
    }


def test_a_form_on_paper_shows_a_department_its_part_and_no_more(town):
    number = accepted(town)
    for who, theirs in (("fire", EXITS), ("fumes", OUTLET), ("lead", BOARD)):
        with town.acting(who) as actor:
            made = printed_form.filled(dossier.open_(number, by=actor).application)
        pdf = opened(made.content)
        (about,) = pdf.trailer["/Root"]["/AF"]
        attached = about.get_object()["/EF"]["/F"].get_object().get_data().decode()
        words = "".join(text_of(pdf).split())
        assert theirs in words and theirs in attached
        for other in {EXITS, OUTLET, BOARD} - {theirs}:
            assert (other in words) == (other in attached) == (who == "lead"), (who, other)


def said(sheet):
    """All that stands on a sheet."""
    questions = [one for part in sheet.parts for page in part.pages for one in page.questions]
    return str([(one.path, one.answer, one.files) for one in questions])


def test_a_file_for_another_department_is_not_opened(town):
    number = accepted(town)
    files = town.case(number).data["files"]
    with town.acting("fire") as actor:
        mine = dossier.open_(number, by=actor).application.files
    assert files["fire_plan"][0] in mine
    assert files["layout"][0] in mine
    assert files["fumes"][0] not in mine
    assert files["sign_design"][0] not in mine


def test_the_proof_tells_no_department_of_another_s_material(town):
    """That a certificate of fire safety was suspended is for those who see the plan that it stood for."""
    bureau = Text(zh="越秀区消防救援大队", en="Fire and Rescue Brigade")
    issued = Issued("fire_safety", "消检2026-0071", FIRE, bureau, clock.today())
    with scope.service():
        held = life.enter(SUBJECT, issued, word=Word("house"))
    number = accepted(town)
    with scope.service():
        after = reading.last()
        life.suspend(held, word=Word("account:9", "存在火灾隐患"))
        reading.hear_own(after)
    town.work()
    with scope.service():
        (event,) = Event.objects.filter(case__number=number, kind="timer.holding")
    assert (event.delta["state"], event.delta["materials"]) == ("suspended", ["fire_plan"])
    assert "消检2026-0071" not in str(event.delta), "the proof keeps keys"
    told = {who: traced(town, who, number) for who in ("fire", "lead", "fumes", "sign")}
    assert told["fire"] == told["lead"]
    assert told["fire"][0].endswith("（消检2026-0071）已暂停")
    assert told["fumes"] == told["sign"] == []


def traced(town, who, number):
    """What the proof tells somebody of the licence, in words."""
    with town.acting(who) as actor:
        (one,) = [
            one for one in dossier.open_(number, by=actor).trail.traces if one.what.startswith("免交材料")
        ]
    return one.words


def test_one_department_asks_for_a_supplement_and_only_the_right_clocks_stand_still(town):
    number = accepted(town)
    task = town.task(number, unit=FUMES)
    with town.acting("fumes") as actor:
        missing = [Missing("fumes.outlet", "请写明与住宅窗户的距离")]
        supplements.ask(task.case_id, task.id, missing=missing, words="", by=actor, command=uuid.uuid4())
    with scope.service():
        states = {
            (clock.kind, Task.objects.get(id=clock.task).unit if clock.task else ""): clock.state
            for clock in Clock.objects.filter(case__number=number).exclude(state="stopped")
        }
    assert states[("promised", "")] == states[("statutory", "")] == "suspended"
    assert states[("internal", FUMES)] == "suspended"
    assert states[("internal", FIRE)] == states[("internal", FOOD)] == "running"
    assert {who: read_by(town, who, number) for who in ("fumes", "lead", "fire", "food")} == {
        "fumes": ("待补正", True),
        "lead": ("待补正", True),
        "fire": ("已受理", False),
        "food": ("已受理", False),
    }
    town.do("fire", number, "agree", task=town.task(number, unit=FIRE))


def read_by(town, who, number):
    """Where somebody reads that the case stands, and whether it waits for the applicant there."""
    with town.acting(who) as actor:
        found = dossier.open_(number, by=actor)
        return found.standing, found.waits_for_applicant


def test_two_inspect_on_site(town):
    number = accepted(town, cooking="cold", sign=False)
    town.do("fire", number, "inspect", task=town.task(number, unit=FIRE))
    given = {"inspected_on": "2026-11-20", "findings": "出口畅通，器材齐全"}
    town.do("fire", number, "record", task=town.task(number, unit=FIRE), given=given)
    with pytest.raises(MustDiffer):
        town.do("fire", number, "pass", task=town.task(number, unit=FIRE))
    with town.acting("fire") as actor:
        mine, other = dossier.open_(number, by=actor).works
    assert (mine.title, mine.standing, bool(mine.barred)) == ("第二名核查人员确认", "free", True), (
        "one's own first"
    )
    assert (other.standing, other.holder) == ("elsewhere", "越秀区市场监督管理局食品安全科")
    town.do("fire2", number, "pass", task=town.task(number, unit=FIRE))
    with town.acting("fire2") as actor:
        assert dossier.open_(number, by=actor).works_elsewhere == [
            ("部门审查", "越秀区市场监督管理局食品安全科")
        ]
    town.do("food", number, "agree")
    assert town.task(number).node == "decision"


def test_all_agree_the_head_grants_and_both_licences_are_in_the_register(town):
    number = accepted(town, area=80)
    for who, unit in (("food", FOOD), ("fumes", FUMES), ("sign", SIGN)):
        town.do(who, number, "agree", task=town.task(number, unit=unit))
    town.do("head", number, "grant")
    town.work()
    assert town.case(number).outcome == "granted"
    assert town.intact(number)
    with town.acting("li"):
        held = {one.kind: one.issuer for one in licences.held(SUBJECT, purpose=Own())}
    assert held == {"food_business": "440104-scj", "outdoor_sign": SIGN}


def test_one_objects_and_it_cannot_be_granted_but_refused_with_reasons(town):
    number = accepted(town, cooking="cold", sign=False)
    town.do("food", number, "agree", task=town.task(number, unit=FOOD))
    town.do("fire", number, "object", task=town.task(number, unit=FIRE), reason="出口不足")
    task = town.task(number)
    with town.acting("head") as actor, pytest.raises(Exception, match="action_not_open"):
        handling.complete(task.case_id, task.id, action="grant", by=actor, command=uuid.uuid4())
    with pytest.raises(Exception, match="reason_missing"):
        town.do("head", number, "refuse")
    town.do("head", number, "refuse", reason="安全出口不足，恢复后可以重新申请。")
    town.work()
    case = town.case(number)
    assert case.outcome == "refused"
    assert case.decision.reasons == [{"words": "安全出口不足，恢复后可以重新申请。"}]
    assert case.decision.paper is not None
    with town.acting("li"):
        assert licences.held(SUBJECT, purpose=Own()) == []


def test_what_each_department_said_is_told_in_words(town):
    number = accepted(town, cooking="cold", sign=False)
    town.do("food", number, "agree", task=town.task(number, unit=FOOD), reason="布局合理")
    town.do("fire", number, "inspect", task=town.task(number, unit=FIRE))
    with town.acting("lead") as actor:
        (review,) = reviewing.reviews(dossier.open_(number, by=actor).case)
    assert [(one.unit, one.state, one.action, one.words) for one in review.opinions] == [
        (FOOD, "agreed", "本部门同意", "布局合理"),
        (FIRE, "waiting", "", ""),
    ]


def issued(number):
    with scope.service():
        return {one.document: one for one in Paper.objects.filter(owner=f"case:{number}")}


def test_its_papers_have_the_english_beneath_the_chinese(town):
    publish(shipped("standard_papers"), by="test")
    number = accepted(town)
    town.work()
    papers = issued(number)
    assert {one.language for one in papers.values()} == {"both"}
    receipt, acceptance = said_by(papers["receipt"]), said_by(papers["acceptance"])
    assert "开办小餐饮店" in receipt and "Openasmallrestaurant" in receipt and "Notneededfromyou" in receipt
    assert "决定自2026年11月20日起予以受理" in acceptance and "Itisacceptedasof20November2026" in acceptance
    for said in (receipt, acceptance):
        assert "以中文为准" in said and "theChinesetextisauthoritative" in said


def test_what_somebody_wrote_stands_once_and_what_a_rule_says_in_both(town):
    publish(shipped("standard_papers"), by="test")
    number = apply(town)
    town.do("lead", number, "decline", reason="不具备固定场所")
    town.work()
    refused = issued(number)["not_accepted"]
    assert refused.data["en"]["data"]["reasons"] == ["不具备固定场所"]
    assert said_by(refused).count("不具备固定场所") == 1
    assert "Itisnotaccepted" in said_by(refused) and "administrativereconsideration" in said_by(refused)


def test_papers_of_other_items_have_none(town):
    publish(shipped("standard_papers"), by="test")
    number = town.apply("li", other_allowance=True)
    town.work()
    assert {one.language for one in issued(number).values()} == {"zh"}
    assert all("en" not in one.data for one in issued(number).values())
