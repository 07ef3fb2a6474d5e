"""A person's signature stamp comes beside the seal, on her own word, while she holds her post."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from yizhan import clock
from yizhan.identity import accounts, rights
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Delegation
from yizhan.journal import reading
from yizhan.journal.models import News
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
from yizhan.seals.faults import ApprovedOtherwise, NoPost, NoSeal, SealExists
from yizhan.seals.models import Approval, Seal, Use
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
            approvals.sign(paper, whose=head, by=f"account:{head.account_id}", why="decided")
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
    with pytest.raises(NoSeal, match="签名章"):
        finishing.finish(paper)
    assert not Use.objects.exists()
    holding.make_stamp(head, number="44019910000071", by="account:1", why="签发文书")
    finishing.finish(paper)
    assert waiting.waiting() == []


def test_the_word_of_one_person_brings_no_other_s_stamp(ended, head, stamp):
    paper = ended()
    other = accounts.create_staff("wang.wu", "王五", by=HOUSE)
    second = head.post.appoint(other, by=HOUSE)
    with pytest.raises(ApprovedOtherwise):
        approvals.sign(paper, whose=second, by="account:9", why="decided")
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
    assert (line.state, line.words) == ("no", "李海燕（局长，签名章）：签名时已不任该岗位")


def test_a_stamp_is_made_once_for_a_post_and_only_while_it_is_held(head, stamp):
    with pytest.raises(SealExists):
        holding.make_stamp(head, number="44019910000072", by="account:1", why="再次")
    assert holding.replace(stamp, number="44019910000073", by="account:1", why="磨损").appointment == head
    head.end(by=HOUSE)
    with pytest.raises(NoPost):
        holding.make_stamp(head, number="44019910000074", by="account:1", why="离任后")


def test_whoever_acts_for_her_signs_with_her_stamp(head, founded):
    deputy = accounts.create_staff("zhao.liu", "赵六", by=HOUSE)
    giver = rights.actor_in(head.account)
    assert signatories.of(giver) == head
    Delegation.give(head, deputy, by=giver, since=clock.today(), until=clock.today(), reason="出差")
    acting = rights.actor(deputy, next(one for one in rights.choices(deputy.pk) if one.delegation_id))
    assert signatories.of(acting) == head
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
