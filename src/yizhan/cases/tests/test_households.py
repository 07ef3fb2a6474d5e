"""A household pulled in by relation: at the window, in the check of means, in the hands of officials."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest

from yizhan import clock
from yizhan.cases import catalogue, dossier, drafts, ending, intake, timers
from yizhan.cases.models import Case, MeansCheck
from yizhan.cases.refusals import AlreadyThere, Impossible, Incomplete, MustDiffer
from yizhan.cases.tests import households
from yizhan.cases.tests.conftest import _citizen
from yizhan.cases.tests.households import ITEM, MEMBERS, Home, number
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Appointment, Role, RoleGrant
from yizhan.journal import access
from yizhan.journal.models import Access, Effect
from yizhan.registry import means, persons
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere
from yizhan.registry.purposes import ForCase, Own

home, town = households.home, households.town


def test_the_household_comes_from_the_register_and_nobody_types_it(home: Home) -> None:
    with home.at_the_window() as (actor, subject):
        desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=subject)
        rows = desk.draft.data["household"]["members"]
    assert [(row["name"], row["relation"]) for row in rows] == [
        ("温素琴", "head"),
        ("温嘉朗", "child"),
        ("区美好", "parent"),
    ]
    assert [row["id_number"] for row in rows] == [number(who) for who in ("mother", "son", "grandmother")]


def test_names_that_the_register_knows_cannot_be_changed(home: Home) -> None:
    with home.at_the_window() as (actor, subject):
        desk = home.begin(actor, subject)
        data = desk.draft.data
        data["household"]["members"][1]["name"] = "别的人"
        drafts.save(desk, data)
        with pytest.raises(
            Incomplete
        ) as refused:  # the changed row is another one now; the son's is unanswered
            intake.submit(desk, by=actor, command=uuid.uuid4())
    assert {path for path, _words in refused.value.faults} == {"household.members.1.together"}


def test_a_window_sees_the_household_only_while_it_works_for_one_of_it(home: Home) -> None:
    with home.town.acting("window"), pytest.raises(NotHere):
        facts(home.subjects["son"], ["person.id_number"], purpose=ForCase("YX2026-1120-99999"))
    with home.at_the_window() as (actor, subject):
        drafts.begin(catalogue.get(ITEM), by=actor, subject=subject)
        said = facts(home.subjects["son"], ["person.id_number"], purpose=ForCase("YX2026-1120-99999"))
        assert said["person.id_number"].value == number("son")
        with pytest.raises(NotHere):
            facts(home.subjects["cousin"], ["person.id_number"], purpose=ForCase("YX2026-1120-99999"))


def test_the_check_sets_what_was_declared_beside_what_is_recorded(home: Home) -> None:
    home.record("mother", "wage", 2600, "示例商贸有限公司")
    home.record("grandmother", "pension", 300)
    home.record("mother", "vehicle", 45000, "粤A·示例1")
    number = home.inquired(mother=2000)
    with scope.service():
        check = MeansCheck.objects.get(case__number=number)
    assert (check.persons, check.declared, check.recorded, check.income) == (3, 2000, 2900, 2900)
    mother, son, _grandmother = check.members
    assert mother["differs"] and not son["differs"]
    assert mother["doubts"][0]["zh"] == "名下有机动车，需核实用途和现值（粤A·示例1）"
    # 1238 × 3 − 2900, and 20 % each for the son and his grandmother
    assert home.town.case(number).marks["data"]["reckoning"]["monthly"] == 1309
    with home.town.acting("officer") as actor:
        report = dossier.open_(number, by=actor).means
        assert report is not None
        assert report.members[0].records[0].title == "工资薪金"
    with scope.service():
        looks = Access.objects.filter(purpose=f"case:{number}", fields__contains=["means.wage"])
        assert {subject for look in looks for subject in look.subjects} >= {
            home.subjects[who] for who in ("mother", "son", "grandmother")
        }


def test_officials_never_browse_records_of_means(home: Home) -> None:
    home.record("mother", "wage", 2600)
    number = home.inquired()
    with home.town.acting("officer") as actor:
        dossier.open_(number, by=actor)
        assert means.recorded(home.subjects["mother"], purpose=ForCase(number)) == []
    with home.town.acting("stranger"):
        assert not MeansCheck.objects.exists()


def test_from_the_window_to_the_grant(home: Home) -> None:
    number = home.proposed(mother=1200)
    with clock.standing_at("2026-11-28T00:30"):  # the notice is over
        timers.fire()
    with pytest.raises(MustDiffer):
        home.town.people["both"] = home.town.people["officer"]
        give_approver(home, "officer")
        home.do("officer", number, "grant", "confirmation")
    home.do("confirmer", number, "grant", "confirmation")
    home.town.work()
    case = home.town.case(number)
    assert (case.status, case.outcome) == ("closed", "granted")
    assert case.decision.terms == {"monthly": 3009, "persons": 3}
    assert home.town.intact(number)
    with home.at_the_window() as (actor, subject), pytest.raises(AlreadyThere):
        drafts.begin(catalogue.get(ITEM), by=actor, subject=subject)


def give_approver(home: Home, who: str) -> None:
    post = Appointment.objects.get(account=home.town.people[who]).post
    RoleGrant.give(
        Role.objects.get(code="subsistence_allowance.approver"), post, "all", by=HOUSE, reason="测试"
    )


def test_who_earns_enough_cannot_be_proposed(home: Home) -> None:
    number = home.inquired(mother=4000)
    with pytest.raises(Impossible):
        home.do("officer", number, "agree", "review")
    home.do("officer", number, "disagree", "review", reason="人均收入不低于保障标准。")
    with pytest.raises(Impossible):
        home.do("confirmer", number, "grant", "confirmation")
    home.do("confirmer", number, "refuse", "confirmation", reason="人均收入不低于保障标准。")
    assert home.town.case(number).outcome == "refused"


def test_an_income_put_right_is_reckoned_anew(home: Home) -> None:
    number = home.inquired(mother=4000)
    home.do("officer", number, "correct", "review", reason="已核实离职。", given={"income": "1000"})
    assert home.town.case(number).marks["data"]["reckoning"]["monthly"] == 3209
    home.do("officer", number, "agree", "review")


def test_a_member_who_died_or_moved_out_is_told(home: Home) -> None:
    number = home.apply()
    with scope.service(), access.watching(HOUSE.viewer()):
        persons.died(
            home.subjects["grandmother"],
            date(2026, 11, 19),
            source="police",
            source_record="d1",
            by=HOUSE.key,
        )
    home.do("officer", number, "accept", "acceptance")
    home.town.work()
    with scope.service():
        check = MeansCheck.objects.get(case__number=number)
    assert check.persons == 2
    assert check.members[2]["doubts"] == [
        {"zh": "人口库记载已去世，不计入保障人口", "en": "dead according to the register; not counted"}
    ]
    with home.town.acting("officer") as actor:
        compared = dossier.open_(number, by=actor).application.compared
    assert compared is not None
    lived = next(one for one in compared.facts if one.title == "同户人员")
    assert lived.differs and lived.now == "温素琴、温嘉朗"


def test_somebody_of_another_household_is_found_by_name_and_number(home: Home) -> None:
    home.record("cousin", "wage", 900)
    with home.at_the_window() as (actor, subject):
        desk = home.begin(actor, subject)
        data = desk.draft.data
        row = {
            "relation": "other",
            "together": True,
            "condition": "none",
            "income": 900,
            "income_from": "打工",
        }
        data["household"]["members"].append(
            {"name": MEMBERS["cousin"][0], "id_number": number("cousin"), **row}
        )
        data["household"]["members"].append({"name": "无此人", "id_number": number("cousin"), **row})
        drafts.save(desk, data)
        case = intake.submit(desk, by=actor, command=uuid.uuid4())
    home.do("officer", case, "accept", "acceptance")
    home.town.work()
    with scope.service():
        check = MeansCheck.objects.get(case__number=case)
    assert check.members[3]["recorded"] == "900.00"
    assert check.members[4]["doubts"][0]["zh"].startswith("人口库查不到")


def test_what_a_case_waited_for_is_not_done_once_it_has_ended(home: Home) -> None:
    case = home.apply()
    home.do("officer", case, "accept", "acceptance")
    home.town.people["her"] = _citizen(MEMBERS["mother"][0], number("mother"), "13800009999")
    with home.town.acting("her") as actor:
        ending.withdraw(home.town.case(case).id, by=actor, command=uuid.uuid4())
    home.town.work()
    with scope.service():
        assert not MeansCheck.objects.exists()
        assert not Effect.objects.filter(topic="case.work", done_at=None).exists()


def checked(home: Home, case: str) -> MeansCheck:
    home.do("officer", case, "accept", "acceptance")
    home.town.work()
    with scope.service():
        return MeansCheck.objects.get(case__number=case)


def test_who_lives_in_a_family_that_has_it_already_is_told(home: Home) -> None:
    first = home.apply()
    check = checked(home, home.apply("grandmother"))
    words = f"已是本事项另一办件（{first}）的家庭成员，需核实是否重复保障"
    assert [[one["zh"] for one in member["doubts"]] for member in check.members] == [[words]] * 3


def test_whoever_is_entered_twice_counts_once(home: Home) -> None:
    with home.at_the_window() as (actor, subject):
        desk = home.begin(actor, subject)
        data = desk.draft.data
        son = {
            name: value for name, value in data["household"]["members"][1].items() if name != "income_from"
        }
        data["household"]["members"].append({**son, "relation": "other"})
        drafts.save(desk, data)
        case = intake.submit(desk, by=actor, command=uuid.uuid4())
    check = checked(home, case)
    assert (check.persons, check.members[3]["doubts"][0]["zh"]) == (3, "重复填写的成员，只计算一次")


def test_a_double_click_hands_in_once(home: Home) -> None:
    command = uuid.uuid4()
    with home.at_the_window() as (actor, subject):
        desk = home.begin(actor, subject)
        first = intake.submit(desk, by=actor, command=command)
        assert intake.submit(desk, by=actor, command=command) == first
    with scope.service():
        assert Case.objects.filter(item="subsistence_allowance").count() == 1


def test_one_sees_ones_own_records(home: Home) -> None:
    home.record("mother", "deposit", 5000)
    home.town.people["her"] = _citizen(MEMBERS["mother"][0], number("mother"), "13800009999")
    with home.town.acting("her"):
        (one,) = means.recorded(home.subjects["mother"], purpose=Own())
    assert (one.kind, one.amount) == ("deposit", Decimal(5000))
