"""A licence is changed by the decision of a case: row, paper and what a stranger is told, together."""

from __future__ import annotations

import uuid

import pytest

from yizhan import clock
from yizhan.cases import catalogue, drafts, ending, intake, works
from yizhan.cases.refusals import Refusal
from yizhan.cases.tests import test_restaurant as restaurant
from yizhan.cases.tests.companies import SUBJECT
from yizhan.identity import scope
from yizhan.licences import life
from yizhan.records import verification
from yizhan.records.models import Paper
from yizhan.registry import entity_changes, licences
from yizhan.registry.licences import Issued, Word
from yizhan.releases.words import Text
from yizhan.seals import finishing
from yizhan.seals.models import Approval

town = restaurant.town
CHANGE = "food_licence_change"


@pytest.fixture
def held(town):
    """The company holds a food licence of the bureau's, and is called otherwise since."""
    with scope.service():
        held = life.issue(SUBJECT, "food_business", word=Word("house", case="YX2026-1119-00001"))
        word = entity_changes.Word(source="market.entities", record="renamed", by="test")
        entity_changes.changed(SUBJECT, {"name": "示例泮水茶居有限公司"}, on=clock.today(), word=word)
    town.work()
    return held


def wants_change(town, **more):
    """The company applies; ``more`` is what it types besides."""
    typed = {"change": {"about": "name"}, "declaration": {"true": True}, **more}
    with town.acting("li") as actor:
        desk = drafts.begin(catalogue.get(CHANGE), by=actor, subject=SUBJECT)
        drafts.save(desk, {**desk.draft.data, **typed})
        return intake.submit(desk, by=actor, command=uuid.uuid4())


def test_a_decision_changes_a_licence_its_paper_and_what_a_stranger_is_told_together(town, held):
    number = wants_change(town)
    town.do("lead", number, "accept")
    before = paper_of(held)
    town.do("head", number, "grant")
    town.work()
    assert town.case(number).outcome == "granted"
    assert town.intact(number)
    with scope.service():
        now = licences.latest(SUBJECT, "food_business")
        was = licences.one(held.id)
    assert (now.version, now.number, now.valid_to, now.line) == (2, held.number, held.valid_to, held.line)
    assert (held.holder, now.holder, now.case) == ("示例泮水餐饮有限公司", "示例泮水茶居有限公司", number)
    assert (now.state, was.state) == ("in_force", "replaced")
    after = paper_of(now)
    assert [verification.verify(code).state for code in (before.code, after.code)] == [
        "withdrawn", "in force",
    ]  # fmt: skip
    assert (after.data["holder"], after.data["change"]) == ("示例泮水茶居有限公司", "食品经营许可变更")
    assert finishing.finish(after).sha256 == verification.verify(after.code).sha256
    with scope.service():
        verbs = [step.verb for step in licences.life(now)]
    assert verbs[0] == "changed" and verbs.count("changed") == 1
    assert town.work() == 0, "done once"


def paper_of(licence):
    with scope.service():
        return Paper.objects.get(id=licences.one(licence.id).paper)


def test_a_licence_that_rests_at_that_moment_is_looked_into_and_changed_when_it_holds_again(town, held):
    number = stands_at_checked(town, held, life.suspend, "整改")
    assert (town.case(number).decided_at, papers_of(number)) == (None, []), (
        "nothing is decided, nothing issued"
    )
    with scope.service():
        life.resume(licences.one(held.id), word=Word("account:9", "已整改"))
    town.do("head", number, "again", reason="证照已恢复")
    town.work()
    assert town.case(number).outcome == "granted"
    assert papers_of(number) == ["changed"]
    with scope.service():
        assert licences.latest(SUBJECT, "food_business").version == 2


def test_it_is_the_decision_and_the_seal_of_whoever_granted_it(town, held):
    number = wants_change(town)
    town.do("lead", number, "accept")
    town.do("head", number, "grant", reason="名称已变更登记")
    assert town.case(number).decided_at is None, "not before the licence is changed"
    town.work()
    decision = town.case(number).decision
    assert (decision.by, decision.automatic) == ("head · 科员", False)
    assert decision.reasons == [{"words": "名称已变更登记"}]
    with scope.service():
        paper = Paper.objects.get(owner=f"case:{number}", document="changed")
    assert Approval.objects.get(document=paper.key).by == town.people["head"].subject


def stands_at_checked(town, held, becomes=life.revoke, why="违法经营"):
    """The licence rests or was revoked between the acceptance and the word of the approver."""
    number = wants_change(town)
    town.do("lead", number, "accept")
    with scope.service():
        becomes(licences.one(held.id), word=Word("account:9", why))
    town.do("head", number, "grant")
    town.work()
    assert town.task(number).node == "checked"
    return number


def test_a_licence_that_was_revoked_meanwhile_ends_in_a_refusal_and_no_paper_ever_said_otherwise(town, held):
    number = stands_at_checked(town, held)
    town.do("head", number, "again")
    town.work()
    assert town.task(number).node == "checked"
    town.do("head", number, "refuse", reason="许可证已被撤销")
    town.work()
    case = town.case(number)
    assert (case.status, case.outcome, case.decision.by) == ("closed", "refused", "head · 科员")
    assert "changed" not in papers_of(number)
    assert town.intact(number)


def test_the_applicant_may_take_it_back_and_the_coordinator_end_it_there(town, held):
    number = stands_at_checked(town, held)
    with town.acting("head") as actor:
        ending.terminate(town.case(number).id, reason="许可证已撤销", by=actor, command=uuid.uuid4())
    assert town.case(number).outcome == "terminated"
    again = wants_change(town, licence={"number": "JY0000000000"})
    with town.acting("li") as actor:
        ending.withdraw(town.case(again).id, by=actor, command=uuid.uuid4())
    assert town.case(again).outcome == "withdrawn"


def test_a_work_whose_case_was_taken_back_is_not_done(town, held):
    number = wants_change(town)
    town.do("lead", number, "accept")
    town.do("head", number, "grant")
    with town.acting("li") as actor:
        ending.withdraw(town.case(number).id, by=actor, command=uuid.uuid4())
    town.work()
    with scope.service():
        assert licences.latest(SUBJECT, "food_business").version == 1


def reopened(town, number):
    with town.acting("head") as actor:
        case = town.case(number).id
        ending.reopen(case, "decision", reason="复查发现登载有误", by=actor, command=uuid.uuid4())


def renamed(name):
    with scope.service():
        word = entity_changes.Word(source="market.entities", record=name, by="test")
        entity_changes.changed(SUBJECT, {"name": name}, on=clock.today(), word=word)


def test_a_case_that_was_reopened_changes_the_licence_anew(town, held):
    number = wants_change(town)
    town.do("lead", number, "accept")
    town.do("head", number, "grant")
    town.work()
    reopened(town, number)
    renamed("示例泮水新茶居有限公司")
    town.do("head", number, "grant")
    town.work()
    with scope.service():
        now = licences.latest(SUBJECT, "food_business")
    assert (now.version, now.holder, now.state) == (3, "示例泮水新茶居有限公司", "in_force")
    assert town.work() == 0, "done once"


def test_a_version_that_was_revoked_before_the_case_was_reopened_is_no_success(town, held):
    number = wants_change(town)
    town.do("lead", number, "accept")
    town.do("head", number, "grant")
    town.work()
    with scope.service():
        life.revoke(licences.latest(SUBJECT, "food_business"), word=Word("account:9", "登载有误"))
    reopened(town, number)
    town.do("head", number, "grant")
    town.work()
    assert town.task(number).node == "checked"
    assert town.case(number).outcome == ""


def test_a_case_that_was_reopened_brings_its_licence_again_where_the_first_was_revoked(town):
    number = restaurant.accepted(town, cooking="cold", area=40, sign=False)
    town.do("food", number, "agree")
    town.do("head", number, "grant")
    town.work()
    with scope.service():
        first = licences.latest(SUBJECT, "food_business")
        life.revoke(first, word=Word("account:9", "核发有误"))
    reopened(town, number)
    town.do("head", number, "grant")
    town.work()
    with scope.service():
        now = licences.latest(SUBJECT, "food_business")
    assert (now.state, now.number, now.line, now.version) == ("in_force", first.number, first.line, 2)
    assert now.identifier != first.identifier
    reopened(town, number)
    town.do("head", number, "grant")
    town.work()
    with scope.service():
        assert licences.latest(SUBJECT, "food_business") == now, "what stands is not issued twice"


@pytest.fixture
def gathered(town):
    """The company's food licence is of another district's bureau, which is no unit here."""
    bureau = Text(zh="天河区市场监督管理局", en="Tianhe Market Supervision Bureau")
    issued = Issued("food_business", "JY2440106000001", "440106-scj", bureau, clock.today())
    with scope.service():
        return life.enter(SUBJECT, issued, word=Word("house"))


def test_a_licence_of_another_district_is_not_accepted_for_a_change(town, gathered):
    number = wants_change(town)
    with pytest.raises(Refusal):
        town.do("lead", number, "accept")
    town.do("lead", number, "decline", reason="请向核发机关申请")
    assert town.case(number).outcome == "not_accepted"


def test_a_licence_in_force_that_cannot_be_changed_here_is_not_told_as_out_of_force(town, gathered):
    case = town.case(wants_change(town))
    with scope.service():
        failed = works.carried_out(case, "change_licence", 1, {"kind": "food_business"})
    assert failed.error == "refused"


def papers_of(number):
    with scope.service():
        return list(Paper.objects.filter(owner=f"case:{number}").values_list("document", flat=True))


def test_without_a_licence_in_force_a_change_is_not_accepted(town):
    number = wants_change(town, licence={"number": "JY0000000000"})
    with pytest.raises(Refusal):
        town.do("lead", number, "accept")
    town.do("lead", number, "decline", reason="没有有效的食品经营许可证")
    assert town.case(number).outcome == "not_accepted"
