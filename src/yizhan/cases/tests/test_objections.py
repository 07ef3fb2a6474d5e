"""Objecting to what the register says: a case at the office that answers for it, and what becomes of the value."""

import uuid

import pytest

from yizhan.cases import dossier, drafts, ending, intake, objections
from yizhan.cases.refusals import CannotGoOn, Incomplete
from yizhan.cases.tests.conftest import _staff
from yizhan.codes import loading as codes_loading
from yizhan.forms.paths import put
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Unit
from yizhan.journal.reading import hear_own
from yizhan.registry import objecting
from yizhan.registry.facts import facts
from yizhan.registry.faults import Refused
from yizhan.registry.models import Correction, Objection, ParticularsHistory
from yizhan.registry.purposes import Own
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

WHY = "出生医学证明上写明了"


@pytest.fixture
def objects(town):
    """A town whose government answers for the police's register, with somebody who looks into objections."""
    codes_loading.load()
    Unit(
        code="440104-zsj", name="区政务数据局", kind="department", parent_id="440104", division="440104000000"
    ).found(by=HOUSE)
    publish(shipped("register_objection"), by="test")
    town.people["keeper"] = _staff("keeper", "冯核实", "440104", "register_objection.handler")
    return town


def objection(town, key="person.birthplace", wanted="示例市", who="chen"):
    """Somebody objects to a value; the number of the case."""
    with town.acting(who) as actor:
        item = objections.offered()
        begun = objections.begin(item, by=actor, subject=town.subjects[who], key=key)
        desk = drafts.open_(begun.draft.id, by=actor)
        data = desk.form.settled(desk.draft.data, desk.conditions, prefill=desk.prefill)
        for path, answer in (
            ("objection.kind", "wrong"), ("objection.wanted", wanted), ("objection.why", WHY),
            ("applicant.phone", "13800001234"), ("declaration.true", True),
        ):  # fmt: skip
            put(data, path, answer)
        drafts.save(desk, data)
        return intake.submit(desk, by=actor, command=uuid.uuid4())


def own(town, key, who="chen"):
    with town.acting(who):
        fact = facts(town.subjects[who], [key], purpose=Own())[key]
        return fact, objecting.contested(objecting.of_person(town.subjects[who]))


def test_the_office_of_the_value_corrects_it_and_the_old_one_stays(objects):
    number = objection(objects)
    assert own(objects, "person.birthplace")[1] == {"person.birthplace": number}
    assert objects.task(number).unit == "440104"
    with objects.acting("keeper") as actor:
        shown = dossier.open_(number, by=actor).objection
        assert (shown.title, shown.was, shown.row.wanted) == ("出生地", "无记载", "示例市")
        assert shown.now.words == "无记载" and shown.how
    objects.do("keeper", number, "correct", given={"value": "示例省示例市"}, reason="原登记漏录")
    objects.work()
    fact, contested = own(objects, "person.birthplace")
    assert (fact.value, str(fact.source)) == ("示例省示例市", "公安户籍登记") and not contested
    case = objects.case(number)
    assert (case.status, case.outcome, case.decision.terms["matter"]) == ("closed", "granted", "出生地")
    with objects.acting("chen"):
        assert Objection.objects.get(case=number).outcome == Objection.Outcome.CORRECTED
        correction = Correction.objects.get(column="birthplace")
        assert (correction.was, correction.by) == ("", objects.people["keeper"].subject)
    assert objects.intact(number)


def test_what_a_field_cannot_hold_is_refused_at_its_place_and_changes_nothing(objects):
    number = objection(objects, key="person.born", wanted="1946-03-08")
    for value, words in (("昨天", "不是有效日期"), ("1945-03-08", "相同"), ("无记载", "不能清空")):
        with pytest.raises(Incomplete) as refused:
            objects.do("keeper", number, "correct", given={"value": value}, reason="核对")
        assert refused.value.faults[0][0] == "value" and words in refused.value.faults[0][1]
    assert objects.task(number).node == "verify"
    objects.do("keeper", number, "correct", given={"value": "1946-03-08"}, reason="抄录有误")
    objects.work()
    assert own(objects, "person.born")[0].value.isoformat() == "1946-03-08"
    with objects.acting("chen"):
        assert ParticularsHistory.objects.count() == 0


def test_an_account_bears_the_name_that_was_put_right(objects):
    number = objection(objects, key="person.name", wanted="陈玥坤")
    objects.do("keeper", number, "correct", given={"value": "陈玥坤"}, reason="抄录有误")
    objects.work()
    with scope.service():
        hear_own(0)  # as the worker does once the step is there
    assert Account.objects.get(pk=objects.people["chen"].pk).name == "陈玥坤"
    assert own(objects, "person.name")[0].value == "陈玥坤"


def test_who_handles_another_case_is_told_that_a_value_is_contested(objects):
    other = objects.apply("chen", other_allowance=True)
    objection(objects, key="person.born", wanted="1945-03-07")
    with objects.acting("clerk") as actor:
        compared = dossier.open_(other, by=actor).application.compared
    assert [one.title for one in compared.facts if one.contested] == ["出生日期"]


def test_it_is_kept_with_reasons(objects):
    number = objection(objects, key="person.sex", wanted="男")
    with pytest.raises(Incomplete, match="相同"):
        objects.do("keeper", number, "correct", given={"value": "女性"}, reason="核对")
    objects.do("keeper", number, "keep", reason="身份证、户口簿均为女")
    objects.work()
    fact, contested = own(objects, "person.sex")
    assert fact.value == "2" and not contested
    assert objects.case(number).outcome == "refused"
    with objects.acting("chen"):
        assert Objection.objects.get(case=number).outcome == Objection.Outcome.KEPT


def test_an_address_is_settled_at_its_source(objects):
    number = objection(objects, key="household.address", wanted="示例路 9 号")
    with objects.acting("keeper") as actor:
        one = dossier.open_(number, by=actor)
        closed = {choice.key: choice.closed for work in one.works for choice in work.choices}
        assert closed["correct"] and not closed["at_source"] and not one.objection.how
    objects.do("keeper", number, "at_source", given={"record": "2026-11-20 迁移登记 8 号"}, reason="已办迁移")
    objects.work()
    with objects.acting("chen"):
        assert Objection.objects.get(case=number).outcome == Objection.Outcome.AT_SOURCE


def test_one_objection_to_a_value_at_a_time_and_taken_back_it_marks_nothing(objects):
    number = objection(objects)
    with pytest.raises(CannotGoOn, match="正在处理"):
        objection(objects)
    with objects.acting("chen") as actor:
        ending.withdraw(objects.case(number).id, by=actor, command=uuid.uuid4())
    with scope.service():
        hear_own(0)  # as the worker does once the step is there
    assert not own(objects, "person.birthplace")[1]
    assert objection(objects) != number


def test_a_value_that_became_right_meanwhile_is_left_to_people(objects):
    number = objection(objects)
    objects.do("keeper", number, "correct", given={"value": "示例市"}, reason="原登记漏录")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("yizhan.cases.objection_works.correcting.correct", _refuses)
        objects.work()
    assert objects.task(number).node == "by_hand"
    objects.do("keeper", number, "done", reason="已在登记簿更正")
    assert objects.case(number).outcome == "granted"


def _refuses(*_args, **_more):
    raise Refused("不行")
