"""A licence is changed by the decision of a case: row, paper and what a stranger is told, together."""

from __future__ import annotations

import uuid

import pytest

from yizhan import clock
from yizhan.cases import catalogue, drafts, intake
from yizhan.cases.refusals import Refusal
from yizhan.cases.tests import test_restaurant as restaurant
from yizhan.cases.tests.companies import SUBJECT
from yizhan.identity import scope
from yizhan.licences import life
from yizhan.records import verification
from yizhan.records.models import Paper
from yizhan.registry import entity_changes, licences
from yizhan.registry.licences import Word
from yizhan.seals import finishing

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


def wants_change(town):
    with town.acting("li") as actor:
        desk = drafts.begin(catalogue.get(CHANGE), by=actor, subject=SUBJECT)
        drafts.save(desk, {**desk.draft.data, "change": {"about": "name"}, "declaration": {"true": True}})
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
    number = wants_change(town)
    town.do("lead", number, "accept")
    with scope.service():
        life.suspend(licences.one(held.id), word=Word("account:9", "整改"))
    town.do("head", number, "grant")
    town.work()
    assert town.task(number).node == "checked"
    with scope.service():
        life.resume(licences.one(held.id), word=Word("account:9", "已整改"))
    town.do("head", number, "again", reason="证照已恢复")
    town.work()
    assert town.case(number).outcome == "granted"
    with scope.service():
        assert licences.latest(SUBJECT, "food_business").version == 2


def test_without_a_licence_in_force_a_change_is_not_accepted(town):
    with town.acting("li") as actor:
        desk = drafts.begin(catalogue.get(CHANGE), by=actor, subject=SUBJECT)
        drafts.save(
            desk,
            {
                **desk.draft.data, "change": {"about": "name"}, "declaration": {"true": True},
                "licence": {"number": "JY0000000000"},
            },
        )  # fmt: skip
        number = intake.submit(desk, by=actor, command=uuid.uuid4())
    with pytest.raises(Refusal):
        town.do("lead", number, "accept")
    town.do("lead", number, "decline", reason="没有有效的食品经营许可证")
    assert town.case(number).outcome == "not_accepted"
