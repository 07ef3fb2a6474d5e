"""A paper that a person signs is signed by whoever decides, with her own stamp, or by nobody."""

from __future__ import annotations

import uuid

import pytest

from yizhan import clock
from yizhan.cases import handling
from yizhan.cases import signing as signing_of
from yizhan.cases.refusals import MustSign, NotNow
from yizhan.cases.step import Step
from yizhan.cases.tests.papers import said_by
from yizhan.identity import accounts, rights, scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Appointment, Delegation
from yizhan.records.models import Paper
from yizhan.seals import holding, verifying, waiting
from yizhan.seals.models import Approval, Use

SIGNED = {
    "documents/refused.yaml": [
        ("data:\n", "signed_by: elderly_allowance.{role}\ndata:\n"),
        (
            "  - {key: reasons",
            "  - {key: signed_post, meaning: {zh: 签发人岗位, en: post}, example: 局长}\n"
            "  - {key: signed_name, meaning: {zh: 签发人, en: who signs}, example: 李海燕}\n"
            "  - {key: reasons",
        ),
    ],
    "documents/refused.typ": [
        (
            "letter.with(to: data.name)",
            "letter.with(to: data.name, signer: (data.signed_post, data.signed_name))",
        )
    ],
}


def signed_by(role):
    """The pack, its refusals signed by a role."""
    return {
        file: [(old, new.replace("{role}", role)) for old, new in changes] for file, changes in SIGNED.items()
    }


@pytest.fixture
def signing(town):
    """Refusals are signed by whoever approves, who has a stamp."""
    town.rewrite(signed_by("approver"))
    appointment = Appointment.objects.get(account=town.people["approver"])
    holding.make_stamp(appointment, number="44010499000071", by="account:1", why="签发文书")
    return town


def disagreed(town):
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    town.do("clerk", number, "disagree", reason="在别处领取。")
    return number


def refuse(town):
    number = disagreed(town)
    town.do("approver", number, "refuse", reason="在别处领取同类津贴。")
    return number


def paper_of(number):
    with scope.service():
        return Paper.objects.get(owner=f"case:{number}")


def test_who_decides_signs_beside_the_seal(signing):
    number = refuse(signing)
    signing.work()
    paper = paper_of(number)
    assert "科员" in said_by(paper) and paper.data["signed_name"] == "梁建国"
    given = Approval.objects.filter(document=paper.key).order_by("at", "kind")
    assert [(one.kind, one.by) for one in given] == [
        (kind, signing.people["approver"].subject) for kind in ("official", "signature")
    ]
    assert {one.digest for one in given} == {paper.digest}
    assert Use.objects.filter(approval__document=paper.key).count() == 2
    found = verifying.by_code(paper.code)
    assert [(one.signs_as, one.misuse) for one in found.seals] == [("", None), ("科员", None)]


def test_whoever_she_lets_act_signs_with_her_stamp_and_is_named(signing):
    giver = Appointment.objects.get(account=signing.people["approver"])
    deputy = accounts.create_staff("deputy", "赵代签", by=HOUSE)
    by = rights.actor_in(signing.people["approver"])
    Delegation.give(giver, deputy, by=by, since=clock.today(), until=clock.today(), reason="出差")
    acting = rights.actor(deputy, next(one for one in rights.choices(deputy.pk) if one.delegation_id))
    number = disagreed(signing)
    task = signing.task(number)
    with scope.service():
        handling.complete(
            task.case_id, task.id, action="refuse", by=acting, command=uuid.uuid4(), reason="在别处领取同类津贴。"
        )  # fmt: skip
    signing.work()
    paper = paper_of(number)
    given = Approval.objects.get(document=paper.key, kind="signature")
    assert (given.by, given.appointment) == (deputy.subject, giver)
    assert paper.data["signed_name"] == "梁建国"
    assert Use.objects.get(approval=given).seal.name == "梁建国"


def test_a_delegation_that_she_never_gave_signs_nothing(signing):
    """The system administrator lets somebody act for one who cannot: work goes on, her stamp stays where it is."""
    giver = Appointment.objects.get(account=signing.people["approver"])
    deputy = accounts.create_staff("deputy", "赵代签", by=HOUSE)
    Delegation.give(giver, deputy, by=HOUSE, since=clock.today(), until=clock.today(), reason="住院")
    acting = rights.actor(deputy, next(one for one in rights.choices(deputy.pk) if one.delegation_id))
    task = signing.task(disagreed(signing))
    with scope.service(), pytest.raises(MustSign) as refused:
        handling.complete(
            task.case_id, task.id, action="refuse", by=acting, command=uuid.uuid4(), reason="在别处领取同类津贴。"
        )  # fmt: skip
    assert "岗位人员或者其委托的人员签发" in refused.value.message
    assert not Approval.objects.exists()


def test_who_does_not_hold_the_role_cannot_issue_it_and_nothing_is_changed(town):
    town.rewrite(signed_by("approver"))
    case = town.case(disagreed(town))
    with town.acting("clerk") as actor, pytest.raises(MustSign) as refused:
        signing_of.of(
            Step(case, by=actor, command=uuid.uuid4(), kind="task.completed"), case.release_id, "refused"
        )
    assert "须由“高龄津贴审定”岗位人员或者其委托的人员签发" in refused.value.message
    assert not isinstance(refused.value, NotNow), "not a matter of when: doors lead nowhere else"


def test_without_a_stamp_the_paper_waits_and_who_keeps_seals_is_told(town):
    town.rewrite(signed_by("approver"))
    refuse(town)
    town.work()
    assert not Use.objects.exists()
    assert [str(one) for one in waiting.waiting()] == [
        "1 份文书待用印：越秀区民政局梁建国（科员）没有签名章，请印章管理员制发"
    ]
    appointment = Appointment.objects.get(account=town.people["approver"])
    holding.make_stamp(appointment, number="44010499000071", by="account:1", why="签发文书")
    town.work()
    assert Use.objects.count() == 2
