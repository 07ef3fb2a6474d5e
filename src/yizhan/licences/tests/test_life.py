"""A licence's life: each step once, with its paper, and refused in words where it cannot be."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from yizhan import clock
from yizhan.codes import licence_identifier
from yizhan.identity import scope
from yizhan.journal import worker
from yizhan.journal.models import News
from yizhan.licences import life
from yizhan.licences.life import Wanted
from yizhan.licences.refusals import Refused, UnknownKind
from yizhan.licences.tests.conftest import BUREAU, KIND, SUBJECT, seated
from yizhan.records.models import Paper
from yizhan.registry import licences
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere
from yizhan.registry.licences import Issued, Verb, Word
from yizhan.registry.models import Licence, LicenceStep
from yizhan.registry.purposes import Own
from yizhan.registry.tests.test_entities import looking
from yizhan.releases.words import Text

HELD = f"entity.licence.{KIND}.held"


def word(because="依申请", **more):
    return Word("account:1", because, command=uuid.uuid4(), **more)


def do(verb, one, **more):
    with scope.service():
        return verb(one, word=word(**more))


def papers(one):
    """Of all versions: whether each paper is in force, oldest first."""
    with scope.service():
        found = Paper.objects.filter(owner=f"licence:{one.line}").order_by("issued_at", "number")
        return [(paper.number, paper.in_force) for paper in found]


def held(owner):
    with looking(owner):
        return facts(SUBJECT, [HELD], purpose=Own())[HELD].value


def steps(one):
    with scope.service():
        return [(step.verb, step.was, step.now) for step in reversed(licences.life(one))]


def test_a_case_brings_a_licence_with_number_identifier_days_and_paper(licence, owner):
    assert (licence.number, licence.valid_from, licence.valid_to) == (
        "ZP2026112000007", date(2026, 11, 20), date(2029, 11, 19),
    )  # fmt: skip
    read = licence_identifier.read(licence.identifier)
    assert read.ok and (read.serial, read.version) == (licence.number, 1)
    assert licence.holder == "示例云澜文化有限公司"
    assert papers(licence) == [("越城管招牌证〔2026〕1号", True)]
    with looking(owner):
        assert Paper.objects.get(id=licence.paper).holder_key == SUBJECT, "the holder sees it"
        assert facts(SUBJECT, [HELD], purpose=Own())[HELD].value is True


def test_a_case_and_a_command_bring_one_licence_however_often_they_ask(licence):
    with scope.service():
        assert life.issue(SUBJECT, KIND, word=Word("house", case=licence.case)) == licence
        asked = replace(word(), case="")
        wanted = Wanted(number="ZP-9", years=1)
        first = life.issue(SUBJECT, KIND, word=asked, wanted=wanted)
        assert life.issue(SUBJECT, KIND, word=asked, wanted=wanted) == first
        assert Licence.objects.count() == 2
        assert Licence.objects.get(id=licence.id).state == "replaced"
    assert [in_force for _number, in_force in papers(licence)] == [False]


def test_at_rest_it_is_no_fact_and_its_paper_does_not_hold_until_it_holds_again(licence, owner):
    do(life.suspend, licence, because="正在调查")
    assert held(owner) is False
    assert papers(licence) == [("越城管招牌证〔2026〕1号", False)]
    do(life.resume, licence, because="调查终结")
    assert held(owner) is True
    assert [in_force for _number, in_force in papers(licence)] == [False, True]
    assert steps(licence) == [
        ("issued", "", "in_force"), ("suspended", "in_force", "suspended"), ("resumed", "suspended", "in_force"),
    ]  # fmt: skip


def test_a_change_is_a_new_version_that_says_what_the_register_knows_now(licence, bureau):
    with scope.service():
        seated("示例路9号")
    made = do(life.change, licence, because="住所变更", case="YX2026-1120-00008")
    assert (made.line, made.version, made.number) == (licence.line, 2, licence.number)
    assert made.data == {"premises": "示例路9号"} and licence.data == {}
    assert licence_identifier.read(made.identifier).version == 2
    assert (made.valid_from, made.valid_to) == (licence.valid_from, licence.valid_to)
    assert [in_force for _number, in_force in papers(licence)] == [False, True]
    assert [step[0] for step in steps(made)] == ["issued", "replaced", "changed"]


def test_what_was_lost_is_issued_anew_with_the_same_rights(licence):
    made = do(life.reissue, licence, because="遗失")
    assert (made.version, made.valid_to, made.data) == (2, licence.valid_to, licence.data)
    with scope.service():
        old = Paper.objects.get(id=licence.paper)
        assert old.withdrawal.replaced_by_id == made.paper


def test_a_command_done_again_gives_the_same_answer(licence):
    asked = word()
    with scope.service():
        first = life.suspend(licence, word=asked)
        again = life.suspend(licence, word=asked)
        assert (first.id, again.id, again.state) == (licence.id, licence.id, "suspended")
        assert LicenceStep.objects.filter(verb=Verb.SUSPENDED).count() == 1
        anew = word()
        life.resume(licence, word=word())
        assert life.reissue(licence, word=anew) == life.reissue(licence, word=anew)
    assert News.objects.filter(kind="entity.licence_suspended").count() == 1


@pytest.mark.parametrize(
    ("before", "verb", "words"),
    [
        ([], life.resume, "没有暂停"),
        ([life.suspend], life.suspend, "不必再次暂停"),
        ([life.suspend], life.change, "请先恢复"),
        ([life.revoke], life.suspend, "已经撤销、注销"),
        ([life.revoke], life.resume, "已经撤销、注销"),
        ([life.revoke], life.revoke, "已经撤销、注销"),
        ([life.reissue], life.suspend, "在新版本上办理"),
    ],
)
def test_a_wrong_move_is_refused_in_words_and_changes_nothing(licence, before, verb, words):
    for one in before:
        do(one, licence)
    were = steps(licence)
    with pytest.raises(Refused, match=words):
        do(verb, licence)
    assert steps(licence) == were


def test_no_step_without_a_reason(licence):
    with pytest.raises(Refused, match="理由"):
        do(life.revoke, licence, because=" ")


def test_the_house_lets_a_licence_expire_the_day_after_its_last(licence, owner):
    with clock.standing_at("2029-11-19T23:00"):
        worker.drain()
        assert held(owner) is True
    with clock.standing_at("2029-11-20T00:30"):
        with pytest.raises(Refused, match="已过有效期"):
            do(life.suspend, licence)
        worker.drain()
        worker.drain()
        assert steps(licence)[-1] == ("expired", "in_force", "expired")
        assert len(steps(licence)) == 2
        assert [in_force for _number, in_force in papers(licence)] == [False]
        with looking(owner):
            then = facts(SUBJECT, [HELD], purpose=Own(), on=date(2029, 11, 19))
            assert then[HELD].value is True, "it was in force on its last day"


def test_row_step_paper_and_news_stand_or_fall_together(licence, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("the paper could not be issued")

    monkeypatch.setattr("yizhan.licences.paper.papers.issue", broken)
    were, news = steps(licence), News.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        do(life.reissue, licence)
    assert steps(licence) == were and News.objects.count() == news
    with scope.service():
        assert Licence.objects.get(id=licence.id).state == "in_force"


def test_what_another_office_issued_has_no_paper_and_replaces_ours(licence):
    issued = Issued(
        KIND, "外-1", "440100-x", Text(zh="示例机关", en="Example office"), clock.today(),
        clock.today() + timedelta(days=30),
    )  # fmt: skip
    with scope.service():
        other = life.enter(SUBJECT, issued, word=Word("import"))
    assert other.paper is None and papers(licence) == [("越城管招牌证〔2026〕1号", False)]


def test_what_no_pack_brings_is_refused(bureau, owner):
    with scope.service():
        with pytest.raises(UnknownKind, match="没有应用包提供"):
            life.issue(SUBJECT, "fishing", word=Word("house", case="YX1"))
        with pytest.raises(UnknownKind, match="不发给"):
            life.issue("person:1", KIND, word=Word("house", case="YX1"))
        with pytest.raises(Refused, match="由哪个单位核发"):
            life.issue(SUBJECT, "drainage", word=Word("house", case="YX1"))
        with pytest.raises(Refused, match="没有办件"):
            life.issue(SUBJECT, KIND, word=word())


def test_a_holder_moves_nothing(licence, owner):
    with looking(owner), pytest.raises(NotHere):
        life.revoke(licence, word=word())
    assert steps(licence) == [("issued", "", "in_force")]
    assert licence.issuer == BUREAU
