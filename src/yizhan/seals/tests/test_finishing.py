"""A seal comes on what somebody approved, with a seal in use, once; and the file proves it to a stranger."""

from __future__ import annotations

import io

import pytest
from django.db import DatabaseError, connection, transaction
from pyhanko.pdf_utils.reader import PdfFileReader

from yizhan import clock
from yizhan.journal.models import News
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.records import files, numbering, originals
from yizhan.records.models import Original, StoredFile
from yizhan.seals import approvals, examination, finishing, holding, verifying, vouching
from yizhan.seals.faults import ApprovedOtherwise, CannotSeal, NoSeal, NotApproved, OtherBytes, UsedUp
from yizhan.seals.models import Approval, Use
from yizhan.seals.tests.conftest import MZ
from yizhan.seals.trust import Trust


def content_of(paper):
    with files.open_for_reading(Original.objects.get(paper=paper).file) as content:
        return content.read()


def inside(content, *certificates):
    """Which of these the file carries as proof."""
    reader = PdfFileReader(io.BytesIO(content))
    carried = {one.get_object().data for one in reader.root["/DSS"]["/Certs"]}
    return {one for one in certificates if bytes(one.der) in carried}


def lists_of(content):
    """The revocation lists that the file carries."""
    return [one.get_object().data for one in PdfFileReader(io.BytesIO(content)).root["/DSS"]["/CRLs"]]


def stranger():
    """Who trusts the root and knows nothing else."""
    return Trust(vouching.trust(Family.CLASSIC).roots)


def test_a_paper_is_sealed_as_approved_and_a_stranger_can_tell(seal, issue):
    paper = issue()
    pages = originals.typeset(paper)
    original = finishing.finish(paper)
    content = content_of(paper)
    assert content.startswith(pages)
    found = examination.examine(content, stranger(), at=clock.now())
    assert found.holds, found
    [one] = found.seals
    assert (one.name, one.unit, one.proven, one.at) == ("云津区民政局", "云津区民政局", True, clock.now())
    use = Use.objects.get(seal=seal)
    assert (use.serials, use.after) == ({one.serial: one.before}, original.sha256)
    assert [line.kind for line in News.objects.filter(subject=paper.key).order_by("id")] == [
        "paper.issued", "seal.approved", "seal.used", "paper.completed",
    ]  # fmt: skip

    assert len(content) - len(pages) < 60_000


def test_finishing_twice_gives_the_same_file(seal, issue):
    paper = issue()
    assert finishing.finish(paper) == finishing.finish(paper)
    assert Use.objects.count() == StoredFile.objects.count() == 1


def test_without_approval_no_seal(seal, issue):
    paper = issue(approved=False)
    with pytest.raises(NotApproved):
        finishing.finish(paper)
    approval = approvals.give(approvals.of_unit(paper, unit=MZ, kind="official", by="account:9", why="准予"))
    approvals.withdraw(approval, by="account:9", why="有误")
    with pytest.raises(NotApproved):
        finishing.finish(paper)
    assert not StoredFile.objects.exists()


def test_an_approval_is_for_one_content_and_given_once(seal, issue):
    paper = issue()
    again = approvals.give(approvals.of_unit(paper, unit=MZ, kind="official", by="account:8", why="再次"))
    assert (again.by, Approval.objects.count()) == ("account:9", 1)
    with pytest.raises(ApprovedOtherwise):
        approvals.give(
            approvals.of_any(paper.key, "0" * 64, unit=MZ, kind="official", by="account:8", why="另一内容")
        )
    finishing.finish(paper)
    with pytest.raises(UsedUp):
        approvals.withdraw(again, by="account:8", why="迟了")


def test_what_was_approved_for_other_bytes_is_not_sealed(seal, issue):
    paper = issue(approved=False)
    approvals.give(
        approvals.of_any(paper.key, "0" * 64, unit=MZ, kind="official", by="account:9", why="准予")
    )
    with pytest.raises(OtherBytes):
        finishing.finish(paper)
    assert not Use.objects.exists()


@pytest.mark.parametrize("state", ["suspended", "lost", "destroyed"])
def test_a_seal_that_is_not_in_use_does_not_come_on(seal, issue, state):
    paper = issue()
    holding.change(seal, state, by="account:1", why="测试")
    with pytest.raises(NoSeal, match="公章"):
        finishing.finish(paper)
    assert not StoredFile.objects.exists()


def test_what_waited_is_sealed_with_the_seal_in_the_old_one_s_place(seal, issue):
    paper = issue()
    holding.change(seal, "lost", by="account:1", why="遗失")
    other = holding.replace(seal, number="44019910000018", by="account:1", why="补发")
    finishing.finish(paper)
    assert Use.objects.get().seal == other
    assert examination.examine(content_of(paper), stranger(), at=clock.now()).holds


def test_what_was_sealed_before_a_seal_was_lost_stays_valid(seal, issue, later):
    paper = issue()
    finishing.finish(paper)
    with later("2026-12-01T10:00"):
        holding.change(seal, "lost", by="account:1", why="遗失")
        known = vouching.trust(Family.CLASSIC)
        assert examination.examine(content_of(paper), known, at=clock.now()).holds


def test_a_certificate_revoked_between_two_papers_is_noticed_by_the_second(seal, issue):
    finishing.finish(issue())
    authority.revoke(authority.current("tsa", Family.CLASSIC), by="account:1", because="试验")
    with pytest.raises(CannotSeal, match="时间戳没有有效证书"):
        finishing.finish(issue())
    assert Use.objects.count() == 1


def test_new_time_stamps_and_lists_are_in_the_next_paper(seal, issue, later):
    first, second = issue(), issue()
    finishing.finish(first)
    old = authority.current("tsa", Family.CLASSIC)
    with later("2026-11-22T10:00"):
        new = authority.renew(old)
        finishing.finish(second)
        assert examination.examine(content_of(second), stranger(), at=clock.now()).holds
        [of_today] = vouching.trust(Family.CLASSIC).revocations[:1]
    assert [inside(content_of(paper), old, new) for paper in (first, second)] == [{old}, {new}]
    assert [of_today in lists_of(content_of(paper)) for paper in (first, second)] == [False, True]


def test_what_one_paper_asks_of_the_database(seal, issue, django_assert_max_num_queries):
    first, second = issue(), issue()
    finishing.finish(first)
    with django_assert_max_num_queries(20):
        finishing.finish(second)


def test_what_will_be_undone_bears_no_seal(seal, issue):
    with numbering.apart():
        paper = issue()
        finishing.finish(paper)
    assert not Use.objects.exists()
    assert b"ByteRange" not in content_of(paper)


def test_a_worker_stopped_between_seal_and_file_leaves_nothing(seal, issue, monkeypatch):
    paper = issue()
    monkeypatch.setattr(originals, "complete", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        finishing.finish(paper)
    assert not Use.objects.exists()
    monkeypatch.undo()
    finishing.finish(paper)
    assert Use.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        "update seals_seal set unit = 'x'",
        "update seals_spell set state = 'active'",
        "update seals_approval set digest = 'x'",
        "update seals_approvalwithdrawal set why = 'x'",
        "update seals_use set after = 'x'",
        *(
            f"delete from seals_{table}"
            for table in ("seal", "spell", "approval", "approvalwithdrawal", "use")
        ),
    ],
)
def test_rows_of_seals_are_never_changed(founded, change):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change)


def test_a_district_that_seals_with_both_families_signs_twice_and_is_seen_once(seal, issue, settings):
    settings.SEAL_FAMILIES = ("classic", "sm")
    paper = issue()
    original = finishing.finish(paper)
    found = examination.examine(content_of(paper), Trust(vouching.trust().roots), at=clock.now())
    assert found.holds, found
    assert [one.family for one in found.seals] == ["classic", "sm"]
    use = Use.objects.get()
    assert use.serials == {one.serial: one.before for one in found.seals}
    assert use.after == original.sha256
    told = verifying.with_file(content_of(paper), paper.code)
    assert [one.misuse for one in told.seals] == [None, None]
