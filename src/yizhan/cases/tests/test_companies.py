"""Cases about companies: whoever acts for the company applies, follows and answers; nobody else sees anything."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from yizhan.cases import (
    answering,
    dossier,
    drafts,
    ending,
    in_the_way,
    intake,
    material_words,
    mine,
    supplements,
    windows,
)
from yizhan.cases.models import Case, Draft, Task
from yizhan.cases.refusals import AlreadyThere, Incomplete, NotYours
from yizhan.cases.supplements import Missing
from yizhan.cases.tests import companies
from yizhan.cases.tests.companies import CODE, NAME, OTHER, SUBJECT
from yizhan.identity import scope
from yizhan.journal import reading
from yizhan.journal.models import News
from yizhan.licences import life, using
from yizhan.notices.models import Message
from yizhan.registry import licences
from yizhan.registry.licences import Word
from yizhan.registry.purposes import Own
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish

firm, town = companies.firm, companies.town


def numbers(town, who):
    with town.acting(who) as actor:
        return [line.number for line in mine.cases_of(actor)]


def test_an_agent_applies_and_the_register_fills_in_the_company(firm):
    firm.mandate("li")
    with firm.town.acting("li") as actor:
        desk = firm.begin(actor)
        assert desk.draft.data["company"] == {"name": NAME, "uscc": CODE, "address": "越秀区示例路8号"}
        assert desk.draft.data["agent"] == {"name": "李昇", "phone": "13800000002"}
        assert desk.prefill["company.name"].locked
        assert desk.prefill["company.name"].source.zh == "市场主体登记"
        number = intake.submit(desk, by=actor, command=uuid.uuid4())
    case = firm.town.case(number)
    assert (case.subject, case.subject_name, case.document) == (SUBJECT, NAME, f"uscc:{CODE}")
    assert case.tails == ["0002"], "everybody can look the company's code up"
    assert case.masked_name == NAME, "a company's name is public"
    assert firm.town.task(number).subject_mask == NAME


def test_the_representative_and_every_agent_see_the_case_a_stranger_does_not(firm):
    firm.mandate("li")
    number = firm.apply()
    assert numbers(firm.town, "chen") == [number]
    assert numbers(firm.town, "li") == [number]
    assert numbers(firm.town, "wang") == []
    with firm.town.acting("wang") as actor, pytest.raises(NotYours):
        dossier.open_(number, by=actor)
    with firm.town.acting("wang") as actor, pytest.raises(NotYours):
        firm.begin(actor)


def test_an_agent_whose_mandate_was_taken_back_sees_nothing_any_more(firm):
    mandate = firm.mandate("li")
    number = firm.apply()
    with firm.town.acting("li") as actor:
        left = firm.begin(actor).draft.id
    firm.dismiss(mandate)
    assert numbers(firm.town, "li") == []
    with firm.town.acting("li") as actor:
        assert not Case.objects.exists()
        assert not Draft.objects.exists()
        assert not Task.objects.exists()
        for look in (lambda: dossier.open_(number, by=actor), lambda: drafts.open_(left, by=actor)):
            with pytest.raises(NotYours):
                look()
        with pytest.raises(NotYours):
            ending.withdraw(firm_case(number), by=actor, command=uuid.uuid4())
    assert numbers(firm.town, "chen") == [number]


def firm_case(number):
    with scope.service():
        return Case.objects.get(number=number).id


def test_two_agents_type_each_their_own_and_of_one_at_a_time_the_second_is_told(firm):
    republish_one_at_a_time(firm)
    firm.mandate("li")
    firm.mandate("wang")
    with firm.town.acting("wang") as actor:
        later = firm.begin(actor, shop={"trade": "retail"}).draft.id
    number = firm.apply("li")
    with firm.town.acting("wang") as actor:
        desk = drafts.open_(later, by=actor)
        assert desk.draft.data["shop"] == {"trade": "retail"}, "nobody types into another's draft"
        with pytest.raises(AlreadyThere):
            intake.submit(desk, by=actor, command=uuid.uuid4())
        earlier = in_the_way.earlier(desk.draft.item.definition, SUBJECT)
        assert earlier is not None
        assert (earlier.number, earlier.state) == (number, "under_way")
        assert drafts.open_(later, by=actor).draft.data["shop"] == {"trade": "retail"}, "it is kept"


def republish_one_at_a_time(firm):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "outdoor_sign"
        shutil.copytree(settings.ROOT / "packs/outdoor_sign", folder)
        item = folder / "items/outdoor_sign.yaml"
        item.write_text(item.read_text("utf-8").replace("level: 4\n", "level: 4\nat_a_time: one\n"), "utf-8")
        publish(read(folder), by="test")


def test_somebody_may_not_apply_for_a_company_of_another_nor_for_one_that_is_not_there(firm):
    firm.mandate("li")
    for subject in (f"entity:{OTHER}", "entity:91440199MA0000000X"):
        with firm.town.acting("li") as actor, pytest.raises(NotYours):
            firm.begin(actor, subject=subject)


def test_messages_go_to_whoever_applied_as_long_as_they_act_for_the_company_then_to_the_representative(firm):
    mandate = firm.mandate("li")
    number = firm.apply()
    ask(firm, number)
    assert told(firm, "supplement") == ["li"]
    answer(firm, number, "chen")
    firm.dismiss(mandate)
    firm.town.do("signs", number, "accept")
    assert told(firm, "accepted") == ["chen"]


def ask(firm, number):
    task = firm.town.task(number)
    with firm.town.acting("signs") as actor:
        missing = [Missing("sign.size", "请写明招牌厚度")]
        supplements.ask(task.case_id, task.id, missing=missing, words="", by=actor, command=uuid.uuid4())


def answer(firm, number, who):
    with firm.town.acting(who) as actor:
        found = answering.Answering(dossier.open_(number, by=actor).case, actor)
        found.save({**found.data, "sign": {**found.data["sign"], "size": "宽 3 米，高 0.8 米，厚 0.2 米"}})
        found.hand_in(uuid.uuid4())


def told(firm, template):
    accounts = {account.pk: who for who, account in firm.town.people.items()}
    with scope.service():
        return [
            accounts[one.account] for one in Message.objects.filter(template=template).order_by("created_at")
        ]


def test_what_one_agent_was_asked_another_may_answer(firm):
    firm.mandate("li")
    firm.mandate("wang")
    number = firm.apply("li")
    ask(firm, number)
    answer(firm, number, "wang")
    assert firm.town.case(number).data["sign"]["size"].endswith("厚 0.2 米")
    assert firm.town.task(number).unit == "440104-cgj"


def test_what_is_granted_becomes_a_licence_of_the_company(firm):
    firm.mandate("li")
    number = firm.apply()
    firm.town.do("signs", number, "accept")
    firm.town.do("signs_head", number, "grant")
    firm.town.work()
    assert firm.town.case(number).outcome == "granted"
    with firm.town.acting("chen"):
        (licence,) = licences.held(SUBJECT, purpose=Own())
    assert (licence.kind, licence.case, licence.issuer) == ("outdoor_sign", number, "440104-cgj")
    assert licence.number == "ZP" + "".join(filter(str.isdigit, number))
    assert (licence.valid_from.isoformat(), licence.valid_to.isoformat()) == ("2026-11-20", "2029-11-19")
    assert firm.town.work() == 0, "done once"


def test_a_clerk_reads_the_company_s_register_at_the_case(firm):
    firm.mandate("li")
    number = firm.apply()
    with firm.town.acting("signs") as actor:
        compared = dossier.open_(number, by=actor).application.compared
    assert compared is not None
    assert ("企业名称", NAME, NAME) in [(one.title, one.filed, one.now) for one in compared.facts]


class TestMaterials:
    def test_what_the_register_holds_is_not_asked_for(self, firm):
        firm.mandate("li")
        with firm.town.acting("li") as actor:
            desk = firm.begin(actor, shop={"trade": "food"})
            assert standings(desk) == {
                "business_licence": "waived",
                "food_licence": "wanted",
                "design": "handed_in",
                "premises": "later",
            }
            with pytest.raises(Incomplete) as refused:
                intake.submit(desk, by=actor, command=uuid.uuid4())
            assert [path for path, _words in refused.value.faults] == ["files.food_licence"]
        firm.licensed()
        with firm.town.acting("li") as actor:
            desk = drafts.open_(desk.draft.id, by=actor)
            (food,) = [one for one in desk.needed if one.material.key == "food_licence"]
            assert food.standing == "held"
            assert food.held.number == "JY2440199000001"
            assert food.held.source.zh == "越秀区市场监督管理局"
            number = intake.submit(desk, by=actor, command=uuid.uuid4())
            (licence,) = licences.held(SUBJECT, purpose=Own())
            (used,) = using.of(licence)
            assert (used.how, used.case, used.who) == ("办事免交材料", number, firm.town.people["li"].name)

    @pytest.mark.parametrize(
        ("move", "told"),
        [(life.suspend, "已暂停"), (life.revoke, "已撤销、注销")],
    )
    def test_a_licence_that_ends_while_it_is_used_is_told_where_its_file_is_wanted(self, firm, move, told):
        firm.mandate("li")
        firm.licensed()
        with firm.town.acting("li") as actor:
            draft = firm.begin(actor, shop={"trade": "food"}).draft
        moved(firm, move)
        with firm.town.acting("li") as actor:
            desk = drafts.open_(draft.id, by=actor)
            with pytest.raises(Incomplete) as refused:
                intake.submit(desk, by=actor, command=uuid.uuid4())
            [(path, words)] = refused.value.faults
            assert path == "files.food_licence"
            assert words.startswith(f"库内食品经营许可证（JY2440199000001）{told}")
            assert [line.note for line in material_words.lines(desk.needed)][1].endswith(
                f"{told}，须另行提交"
            )
            kept = drafts.open_(draft.id, by=actor)
            assert kept.draft.data["sign"] == draft.data["sign"]
            drafts.save(
                kept,
                {
                    **kept.draft.data,
                    "files": {**kept.draft.data["files"], "food_licence": [str(uuid.uuid4())]},
                },
            )
            assert intake.submit(kept, by=actor, command=uuid.uuid4())

    def test_a_licence_that_ends_while_the_case_runs_is_told_before_it_is_decided(self, firm):
        firm.mandate("li")
        firm.licensed()
        number = firm.apply(shop={"trade": "food"})
        assert ended(firm, number) == []
        moved(firm, life.suspend)
        firm.town.work()
        assert ended(firm, number) == ["库内食品经营许可证（JY2440199000001）已暂停"]
        with firm.town.acting("signs") as actor:
            food = dossier.open_(number, by=actor).application.materials[1]
            assert (food.note, food.standing) == (
                "库内食品经营许可证（JY2440199000001）已暂停", "证照有变化",
            )  # fmt: skip
            [trace] = [
                one for one in dossier.open_(number, by=actor).trail.traces if one.what.startswith("免交材料")
            ]
        assert trace.words == ["库内食品经营许可证（JY2440199000001）已暂停"]
        told = News.objects.get(kind="case.holding_moved", subject=f"case:{number}")
        assert told.data["state"] == "suspended"
        firm.town.do("signs", number, "accept")
        moved(firm, life.resume)
        firm.town.work()
        assert ended(firm, number) == []
        assert News.objects.filter(kind="case.holding_moved").count() == 2
        firm.town.do("signs_head", number, "grant")
        moved(firm, life.revoke)
        firm.town.work()
        assert News.objects.filter(kind="case.holding_moved").count() == 2, "a closed case is left alone"

    def test_a_licence_that_was_not_taken_concerns_no_case(self, firm):
        firm.mandate("li")
        firm.licensed()
        number = firm.apply()
        moved(firm, life.revoke)
        firm.town.work()
        assert ended(firm, number) == []
        assert not News.objects.filter(kind="case.holding_moved").exists()

    def test_a_condition_that_does_not_hold_asks_for_nothing(self, firm):
        firm.mandate("li")
        with firm.town.acting("li") as actor:
            assert "food_licence" not in standings(firm.begin(actor))

    def test_a_required_one_is_missed_at_its_place(self, firm):
        firm.mandate("li")
        with firm.town.acting("li") as actor:
            desk = firm.begin(actor, files={})
            with pytest.raises(Incomplete) as refused:
                intake.submit(desk, by=actor, command=uuid.uuid4())
            assert [path for path, _words in refused.value.faults] == ["files.design"]
            assert windows.submitted_as(desk.draft.id, by=actor) == "", "the draft is kept"


def moved(firm, move):
    """The bureau lets the food licence rest, hold again or end."""
    with scope.service():
        after = reading.last()
        move(licences.latest(SUBJECT, "food_business"), word=Word("account:9", "经营场所整改"))
        reading.hear_own(after)


def ended(firm, number):
    with firm.town.acting("signs") as actor:
        return dossier.open_(number, by=actor).application.ended


def standings(desk):
    return {one.material.key: one.standing for one in desk.needed}
