"""A person's signature stamp comes beside the seal, on her own word, while she holds her post."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from yizhan import clock
from yizhan.identity import accounts, rights
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Delegation, Post
from yizhan.journal import outbox, reading
from yizhan.journal.models import Effect, News
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate
from yizhan.seals import (
    approvals,
    examination,
    finishing,
    holding,
    keeping_up,
    register,
    retiring,
    signatories,
    verdicts,
    verifying,
    vouching,
    waiting,
)
from yizhan.seals.faults import NoPost, NoSeal, OfNobody, SealExists, SignedByAnother
from yizhan.seals.models import Approval, Seal, Spell, Use
from yizhan.seals.tests.conftest import MZ
from yizhan.seals.tests.test_finishing import content_of, stranger
from yizhan.seals.verifying import Misuse


@pytest.fixture
def ended(issue, head, seal):
    """A paper that the head of the bureau signs."""

    def issued(*, signed=True, **more):
        told = {"name": "陈玥堃", "signed_post": "局长", "signed_name": "李海燕"}
        paper = issue(document="ended", only=told, **more)
        if signed:
            approvals.give(
                approvals.of_person(paper, whose=head, by=f"account:{head.account_id}", why="decided")
            )
        return paper

    return issued


def marks(content):
    """Where the seals are that can be seen, in the order in which they came on; in points."""
    reader = PdfFileReader(io.BytesIO(content))
    return [[float(edge) for edge in one.sig_field["/Rect"]] for one in reader.embedded_regular_signatures]


def authorised(paper):
    found = verifying.with_file(content_of(paper), paper.code)
    return found, next(line for line in verdicts.lines(found) if line.key == "authorised")


def test_it_comes_beside_the_seal_and_anybody_can_tell_whose_it_is(ended, seal, stamp):
    paper = ended()
    finishing.finish(paper)
    found = examination.examine(content_of(paper), stranger(), at=clock.now())
    assert found.holds, found
    assert [(one.name, one.unit) for one in found.seals] == [
        ("云津区民政局", "云津区民政局"),
        ("李海燕", "云津区民政局"),
    ]
    assert set(Use.objects.values_list("seal", flat=True)) == {seal.pk, stamp.pk}
    verified, line = authorised(paper)
    assert verified.authorised and verified.as_issued and verified.sealed
    assert [one.signs_as for one in verified.seals] == ["", "局长"]
    assert line.words == "云津区民政局、李海燕（局长，签名章），用印均有批准和登记；李海燕签名时在任"
    by_code = verifying.by_code(paper.code)
    assert [(one.name, one.signs_as, one.misuse) for one in by_code.seals] == [
        ("云津区民政局", "", None), ("李海燕", "局长", None),
    ]  # fmt: skip


def test_each_stands_in_the_place_that_is_foreseen_for_it(ended, stamp):
    paper = ended()
    finishing.finish(paper)
    boxes = marks(content_of(paper))
    (seal_left, _low, seal_right, seal_top), (left, low, right, _top) = boxes
    assert round((seal_right - seal_left) / 72 * 25.4) == 42
    assert round((right - left) / 72 * 25.4, 1) == pytest.approx(25.4, abs=0.4)
    middle = (low + (right - left) / 2) / 72 * 25.4
    assert middle - 5 > seal_top / 72 * 25.4, (
        "a stamp is some ten millimetres high, and none of it lies on the seal"
    )


def test_the_certificate_is_the_persons_own_and_lasts_a_year(stamp):
    certificate = authority.current(f"staff:{stamp.pk}", Family.CLASSIC)
    assert (certificate.name, certificate.unit) == ("李海燕", "云津区民政局")
    assert 364 <= (certificate.not_after - certificate.not_before).days <= 366


def test_without_a_stamp_the_paper_waits_and_it_is_told_for_whose(ended, head, seal):
    paper = ended()
    with pytest.raises(NoSeal, match="李海燕（局长）没有在用的签名章"):
        finishing.finish(paper)
    assert not Use.objects.exists()
    holding.make_stamp(head, number="44019910000071", by="account:1", why="签发文书")
    finishing.finish(paper)
    assert waiting.waiting() == []


def test_the_word_of_one_person_brings_no_other_s_stamp(ended, head, stamp):
    paper = ended()
    other = accounts.create_staff("wang.wu", "王五", by=HOUSE)
    second = head.post.appoint(other, by=HOUSE)
    with pytest.raises(SignedByAnother, match="已由李海燕签发"):
        approvals.give(approvals.of_person(paper, whose=second, by="account:9", why="decided"))
    assert Approval.objects.filter(kind="signature").count() == 1


def test_after_the_last_day_in_the_post_nothing_is_signed_and_the_certificate_is_revoked(
    ended, head, stamp, later
):
    before, after = ended(), ended()
    finishing.finish(before)
    head.end(by=HOUSE, on=date(2026, 11, 30))
    with later("2026-11-30T17:00"):
        assert retiring.retire() == 0
    with later("2026-12-01T09:00"):
        with pytest.raises(NoSeal):
            finishing.finish(after)
        assert keeping_up.keep_up() > 0
        assert holding.state_of(stamp) == "destroyed"
        [certificate] = Certificate.objects.filter(holder=stamp.holder)
        assert certificate.revoked_reason == "affiliation_changed"
        assert examination.examine(content_of(before), vouching.trust(Family.CLASSIC), at=clock.now()).holds
        assert authorised(before)[0].authorised


def test_whose_post_ends_at_once_has_no_stamp_when_the_news_was_read(head, stamp):
    head.end(by=HOUSE)
    told = News.objects.get(kind="appointment.ended")
    reading.readers["seals"].handlers[told.kind](told)
    assert holding.state_of(stamp) == "destroyed"


def test_one_that_was_used_outside_the_days_of_the_post_was_not_to_be_used(ended, head, stamp, later):
    paper = ended()
    with later("2026-11-25T10:00"):
        finishing.finish(paper)
    head.until = date(2026, 11, 24)
    head.save(update_fields=["until"])
    verified, line = authorised(paper)
    assert [one.misuse for one in verified.seals] == [None, Misuse.NOT_IN_POST]
    assert (line.state, line.words) == ("no", "李海燕（局长，签名章）：签名时不在该岗位任职")


def test_a_stamp_is_made_once_for_a_post_and_only_while_it_is_held(head, stamp):
    with pytest.raises(SealExists, match="李海燕在该岗位已有签名章"):
        holding.make_stamp(head, number="44019910000072", by="account:1", why="再次")
    other = holding.replace(stamp, number="44019910000073", by="account:1", why="磨损")
    assert other.appointment == head
    head.end(by=HOUSE)
    with pytest.raises(NoPost):
        holding.make_stamp(head, number="44019910000074", by="account:1", why="离任后")
    with pytest.raises(NoPost):
        holding.replace(other, number="44019910000074", by="account:1", why="离任后")
    assert holding.state_of(other) == "active"


def test_one_that_was_made_for_a_unit_before_keeps_its_certificate_and_no_other_is_made(founded, head):
    with pytest.raises(OfNobody):
        holding.make(founded, "signature", number="44019910000075", by="account:1", why="签发")
    early = Seal.objects.create(
        unit=MZ, kind="signature", name="李海燕", number="44019910000075", drawing={}, made_by="account:1"
    )
    Spell.objects.create(seal=early, state="active", by="account:1", why="启用")
    certificate = authority.issue(f"seal:{early.pk}", name="李海燕")
    assert early.holder == certificate.holder and Seal.held_by(certificate.holder) == early
    [line] = [one for one in register.page(HOUSE)[1] if one.seal == early]
    assert line.until == certificate.not_after
    assert (retiring.retire(), holding.state_of(early)) == (0, "active")
    with pytest.raises(OfNobody):
        holding.replace(early, number="44019910000076", by="account:1", why="磨损")
    holding.change(early, "destroyed", by="account:1", why="停用")
    certificate.refresh_from_db()
    assert certificate.revoked_at is not None
    [told] = News.objects.filter(kind="certificate.revoked")
    assert (told.subject, told.actor) == (early.key, "account:1")


def test_a_stamp_that_cannot_be_destroyed_stops_neither_others_nor_the_upkeep(
    head, founded, stamp, later, monkeypatch, caplog
):
    post = Post(unit=founded, code="deputy", title="副局长").found(by=HOUSE)
    second = post.appoint(accounts.create_staff("wang.wu", "王五", by=HOUSE), by=HOUSE)
    other = holding.make_stamp(second, number="44019910000072", by="account:1", why="签发文书")
    for one in (head, second):
        one.end(by=HOUSE)
    whole = holding.change

    def change(seal, *arguments, **more):
        if seal == stamp:
            raise DatabaseError("not now")
        return whole(seal, *arguments, **more)

    monkeypatch.setattr(holding, "change", change)
    with later("2026-12-01T09:00"):
        assert keeping_up.keep_up() > 1
        assert [holding.state_of(one) for one in (stamp, other)] == ["active", "destroyed"]
        assert str(stamp.pk) in caplog.text
    monkeypatch.undo()
    assert retiring.retire() == 1


def test_a_stamp_that_somebody_destroyed_meanwhile_is_left(head, stamp):
    head.end(by=HOUSE)
    holding.change(stamp, "destroyed", by="account:1", why="离任")
    assert retiring._destroyed(stamp, "任职已结束") is False


def test_a_certificate_of_who_has_left_is_not_renewed(head, stamp, later, monkeypatch):
    certificate = authority.current(stamp.holder, Family.CLASSIC)
    head.end(by=HOUSE)
    monkeypatch.setattr(retiring, "retire", lambda: 0)
    with later(certificate.not_after - timedelta(days=10)):
        keeping_up.keep_up()
        assert certificate.latest() == certificate


def test_whose_post_was_ended_at_once_did_not_hold_it_for_the_rest_of_the_day(head, later):
    with later("2026-12-01T11:00") as noon:
        head.end(by=HOUSE)
    head.refresh_from_db()
    hours = [noon - timedelta(hours=1), noon, noon + timedelta(hours=1)]
    assert [signatories.held(head, at) for at in hours] == [True, False, False]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("suspended", "云津区民政局李海燕（局长）的签名章停用中，请印章管理员恢复使用"),
        ("destroyed", "云津区民政局李海燕（局长）的签名章已销毁，请印章管理员制发新印章"),
        ("left", "云津区民政局李海燕（局长）已不任原岗位，须撤回文书，由现任人员重新签发"),
    ],
)
def test_it_is_said_whose_stamp_a_paper_waits_for(ended, head, seal, stamp, state, words):
    paper = ended()
    outbox.put("records.complete", {"paper": str(paper.pk)}, key=f"test/{paper.pk}")
    Effect.objects.update(fault="NoSeal: 没有", next_try_at=timezone.now() + timedelta(hours=1))
    if state == "left":
        head.end(by=HOUSE)
    else:
        holding.change(stamp, state, by="account:1", why="测试")
    Effect.objects.update(next_try_at=timezone.now() + timedelta(hours=1))
    assert [str(one) for one in waiting.waiting()] == [f"1 份文书待用印：{words}"]


def test_whoever_acts_for_her_signs_with_her_stamp(head, founded):
    deputy = accounts.create_staff("zhao.liu", "赵六", by=HOUSE)
    giver = rights.actor_in(head.account)
    assert signatories.of(giver) == head
    Delegation.give(head, deputy, by=giver, since=clock.today(), until=clock.today(), reason="出差")
    acting = rights.actor(deputy, next(one for one in rights.choices(deputy.pk) if one.delegation_id))
    assert signatories.of(acting) == head
    Delegation.objects.get().end(by=giver)
    Delegation.give(head, deputy, by=HOUSE, since=clock.today(), until=clock.today(), reason="住院")
    unasked = rights.actor(deputy, next(one for one in rights.choices(deputy.pk) if one.delegation_id))
    assert unasked.on_behalf_of is not None
    assert signatories.of(unasked) is None, "she never gave her word"
    assert signatories.of(rights.actor(deputy, None)) is None
    assert signatories.of(HOUSE) is None


def test_the_register_shows_whose_it_is(head, stamp):
    [line] = [one for one in register.page(HOUSE)[1] if one.seal == stamp]
    assert (line.post, line.unit, line.state) == ("局长", "云津区民政局", "active")
    assert line.until is not None
    [(certificate, _by)] = register.whole(line).certificates
    assert certificate.holder == stamp.holder
    assert head in register.signatories(HOUSE)


@pytest.mark.parametrize("holder", ["staff:7", "staff:", "unit:440199-mz", "seal:{stamp}", "staff:{seal}"])
def test_a_certificate_that_is_no_seal_s_is_taken_for_none(seal, stamp, holder, later):
    holder = holder.format(stamp=stamp.pk, seal=seal.pk)
    made = authority.issue(holder, name="陈", days=70)
    assert Seal.held_by(holder) is None
    assert verifying._is_ours(made.serial) is False
    assert verifying._is_ours(authority.current(stamp.holder, Family.CLASSIC).serial) is True
    with later("2026-12-20T10:00"):
        assert keeping_up.keep_up() > 0
        assert (made.latest() != made) is holder.startswith("unit:")


def test_a_unit_has_its_seal_whoever_has_a_stamp(seal, stamp):
    assert holding.in_use(MZ, "official") == seal
    with pytest.raises(NoSeal):
        holding.in_use(MZ, "signature")
