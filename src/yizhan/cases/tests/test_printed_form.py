"""Application forms as PDF: blank for everybody and set once, filled in as the case's page shows it."""

from __future__ import annotations

import io
import json
import uuid

import pypdf
import pytest

from yizhan import clock
from yizhan.cases import catalogue, dossier, drafts, intake, paper_materials, printed_form, supplements
from yizhan.cases.supplements import Missing
from yizhan.cases.tests.conftest import filled as answers
from yizhan.identity import scope
from yizhan.identity.models import Unit
from yizhan.journal.models import Access
from yizhan.records.tests.reading import text_of
from yizhan.records.typesetting import TypesettingFailed

CODE = "elderly_allowance"


pytestmark = pytest.mark.usefixtures("no_form_remembered")


def said(made):
    return "".join(text_of(pypdf.PdfReader(io.BytesIO(made.content))).split())


def told(made):
    (about,) = pypdf.PdfReader(io.BytesIO(made.content)).trailer["/Root"]["/AF"]
    return json.loads(about.get_object()["/EF"]["/F"].get_object().get_data())


def blank(**how):
    return printed_form.blank(catalogue.get(CODE).release_id, CODE, **how)


def filled(town, number, who):
    with town.acting(who) as actor:
        return printed_form.filled(dossier.open_(number, by=actor).application)


def test_a_blank_form_asks_what_the_item_asks(town):
    made = blank()
    assert made.name == "高龄津贴申领空白申请表.pdf"
    for one in ("越秀区民政局", "银行账号", "代办", "申请材料", "委托书", "申请人（签名或者盖章）"):
        assert one in said(made), one
    assert "Account" not in said(made)
    assert "Bankaccount" in said(blank(two_languages=True)).replace("number", "")
    assert told(made)["item"] == CODE and told(made)["schema"]["type"] == "object"


def test_a_blank_form_is_set_once_for_each_language(town):
    asked = []
    first, again = blank(first=lambda: asked.append(1)), blank(first=lambda: asked.append(1))
    assert first is again and asked == [1]
    assert blank(two_languages=True, first=lambda: asked.append(2)) is not first
    assert asked == [1, 2]


def test_whoever_asks_too_often_stops_the_press_and_nothing_is_remembered(town):
    def stop():
        raise TypesettingFailed

    with pytest.raises(TypesettingFailed):
        blank(first=stop)
    assert printed_form.shelf.keys == []


def test_a_new_release_has_a_form_of_its_own(town):
    before = blank()
    town.republish("items/elderly_allowance.yaml", 'version: "2026.1"', 'version: "2026.2"')
    assert "2026.2" in said(blank()) and "2026.2" not in said(before)


def test_a_unit_that_is_renamed_stands_on_the_form_by_its_new_name(town):
    before = blank()
    with scope.service():
        Unit.objects.filter(name="越秀区民政局").update(name="越秀区民政和老龄局")
    assert "越秀区民政和老龄局" in said(blank()) and "老龄局" not in said(before)


def test_a_filled_form_says_what_was_filed_and_the_look_is_logged(town):
    number = town.apply("chen")
    made = filled(town, number, "chen")
    assert made.name == f"高龄津贴申领申请表 {number}.pdf"
    for one in (
        "高龄津贴申领表",
        number,
        "陈玥堃",
        "示例银行越秀支行",
        "6222021234567890",
        "网上提交",
        "2026年11月20日",
    ):
        assert one in said(made), one
    assert told(made)["answers"]["account"]["bank"] == "示例银行越秀支行"
    assert told(made)["number"] == number
    looks = Access.objects.filter(purpose=f"case:{number}", account=town.people["chen"].subject)
    assert any("application" in look.fields for look in looks)


def test_a_character_that_no_font_has_is_a_mark_and_says_so(town):
    typed = "示例银行👍🏽𪚥分行👨\u200d👩\u200d👧"
    with town.acting("chen") as actor:
        desk = drafts.begin(catalogue.get(CODE), by=actor, subject=town.subjects["chen"])
        data = answers(desk.draft.data)
        data["account"]["bank"] = typed
        drafts.save(desk, data)
        number = intake.submit(desk, by=actor, command=uuid.uuid4())
    made = filled(town, number, "chen")
    assert "示例银行〓" in said(made) and "〓分行〓" in said(made)
    assert "填写的原文见本文件所附的data.json" in said(made)
    assert told(made)["answers"]["account"]["bank"] == typed
    with town.acting("chen") as actor:
        both = printed_form.filled(dossier.open_(number, by=actor).application, two_languages=True)
    assert "standsforacharacter" in said(both)


def test_staff_who_handle_it_have_the_same(town):
    number = town.apply("chen", other_allowance=True)
    assert "6222021234567890" in said(filled(town, number, "clerk"))


def test_a_supplement_changes_no_day_of_handing_in(town):
    number = town.apply("chen", other_allowance=True)
    task = town.task(number)
    with town.acting("clerk") as actor:
        asked = [Missing("agent.letter", "请补交委托书")]
        supplements.ask(task.case_id, task.id, missing=asked, words="", by=actor, command=uuid.uuid4())
    with clock.standing_at("2026-11-25T10:00"), town.acting("chen") as actor:
        data = answers(town.case(number).data, other_allowance=False)
        supplements.answer(task.case_id, data=data, by=actor, command=uuid.uuid4())
    made = filled(town, number, "chen")
    assert "提交时间2026年11月20日09:30" in said(made)
    assert "补正时间2026年11月25日10:00" in said(made)
    assert "于2026年11月20日09:30在网上提交，于2026年11月25日10:00补正。" in said(made)
    about = told(made)
    assert about["filed_at"].startswith("2026-11-20T") and about["supplemented_at"].startswith("2026-11-25T")


def test_what_was_filed_keeps_the_item_of_its_form(town):
    """A later release wants another material; the case goes on with the release it began with."""
    number = town.apply("chen", other_allowance=True)
    town.rewrite(
        {
            "items/elderly_allowance.yaml": [
                ('version: "2026.1"', 'version: "2027.1"'),
                ("zh: 高龄津贴申领,", "zh: 高龄补贴申领,"),
                ("  - key: household_book\n", HEALTH + "  - key: household_book\n"),
            ]
        }
    )
    assert "健康状况说明" in said(blank())
    words = said(filled(town, number, "chen"))
    assert "高龄津贴申领表" in words
    for later in ("健康状况说明", "高龄补贴", "2027.1"):
        assert later not in words, later
    with scope.service():
        case = town.case(number)
        received = paper_materials.received(case, case.filings.latest("rev"))
    assert "健康状况说明" not in dict(received)


HEALTH = """  - key: health
    title: {zh: 健康状况说明, en: Statement on health}
    need: required
"""
