"""Files and papers are seen by those whom they concern, and by nobody else, whatever a page asks for."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from yizhan import clock
from yizhan.codes import identity_number
from yizhan.identity import scope
from yizhan.identity.models import Mandate
from yizhan.records import files, papers, verification
from yizhan.records.models import Paper, StoredFile, Withdrawal
from yizhan.records.papers import Holder
from yizhan.records.tests.conftest import made, pdf, upload
from yizhan.registry import persons, sources
from yizhan.registry.registration import Registration

NUMBER, OTHER_NUMBER = (
    identity_number.make(identity_number.DEMO_DIVISION, date(1944, 3, 8), sequence) for sequence in (2, 4)
)
PAGE = pdf(b"<< /Type /Catalog >>")


@pytest.fixture
def chen(citizen):
    return citizen("陈玥堃", "13900000001")


@pytest.fixture
def stranger(citizen):
    return citizen("王五", "13900000002")


@pytest.fixture
def paper(db, release, data, chen):
    with scope.service():
        return made(
            release.id, "grant", data, owner="case:1", issuer="云津区民政局",
            holder=Holder("person:chen", "陈玥堃"), account=chen.pk, units=["440199-mz"],
        )  # fmt: skip


def seen():
    return StoredFile.objects.count(), Paper.objects.count(), Withdrawal.objects.count()


def test_without_a_scope_nothing_is_seen(paper):
    assert seen() == (0, 0, 0)


def test_a_paper_is_seen_by_its_account_its_unit_and_the_house(paper, chen, clerk, stranger):
    with scope.service():
        papers.withdraw(paper, by="house", reason="测试")
        assert seen() == (1, 1, 1)
    for account, count in ((chen, 1), (clerk, 1), (stranger, 0)):
        with scope.as_account(account):
            assert seen() == (count, count, count), account.name


def test_a_paper_of_an_entity_is_seen_by_whoever_acts_for_it(db, release, data, chen, stranger):
    uscc = "91440199MA00000000"
    with scope.service():
        made(
            release.id,
            "grant",
            data,
            owner="case:2",
            issuer="云津区民政局",
            holder=Holder(f"entity:{uscc}", "好邻居"),
        )
    Mandate.objects.create(account=chen, uscc=uscc, since=clock.today(), granted_by="house")
    with scope.as_account(chen):
        assert seen() == (1, 1, 0)
    with scope.as_account(stranger):
        assert seen() == (0, 0, 0)


def test_a_paper_asked_for_at_a_window_is_seen_by_its_person_who_signs_in_later(
    release, data, chen, stranger
):
    with scope.service():
        sources.declare("police", zh="公安", en="Police", unit="440199-ga")
        record = Registration(source_record="A", as_of=clock.today(), name="陈玥堃", id_number=NUMBER)
        subject = persons.register(record, source="police", by="house")
        made(
            release.id, "grant", data, owner="case:3", issuer="云津区民政局", holder=Holder(subject, "陈玥堃")
        )
    for account, number in ((chen, NUMBER), (stranger, OTHER_NUMBER)):
        account.document_type, account.document_number, account.assurance = "111", number, 1
        account.save()
    with scope.as_account(chen):
        assert seen() == (1, 1, 0)
    with scope.as_account(stranger):
        assert seen() == (0, 0, 0)


def test_a_citizen_keeps_and_sees_a_draft_s_file_and_nobody_else_does(chen, stranger, clerk):
    with scope.as_account(chen):
        file = files.keep(upload(PAGE, "a.pdf"), f"account:{chen.pk}", "draft:1")
        assert seen()[0] == 1
    for account in (stranger, clerk):
        with scope.as_account(account):
            assert seen()[0] == 0
    with scope.as_account(chen):
        files.bind(file, "case:1", units=["440199-mz"])
    with scope.as_account(clerk):
        assert files.of_owner("case:1") == [file]


def test_a_clerk_scans_for_a_citizen_who_has_it_afterwards(chen, clerk):
    with scope.as_account(clerk):
        file = files.keep(
            upload(PAGE, "a.pdf"), f"account:{clerk.pk}", "draft:2", account=chen.pk, units=["440199-mz"]
        )
        files.bind(file, "case:2")
        assert seen()[0] == 1
    with scope.as_account(chen):
        assert files.of_owner("case:2") == [file]


def test_nobody_writes_into_another_s_name_or_takes_another_s_file(chen, stranger, paper):
    with (
        scope.as_account(stranger),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        files.keep(upload(PAGE, "a.pdf"), f"account:{chen.pk}", "draft:1")
    with scope.as_account(stranger):
        assert StoredFile.objects.filter(pk=paper.original.file_id).update(account=stranger.pk) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Withdrawal.objects.create(paper_id=paper.pk, by="x", reason="x")


def test_a_stranger_with_the_code_learns_what_the_page_shows_and_no_row(paper, stranger):
    with scope.as_account(stranger):
        assert verification.verify(paper.code).holder == "陈＊＊"
        assert seen() == (0, 0, 0)
        with connection.cursor() as cursor:
            cursor.execute("select * from records_verification(%s, %s)", [paper.code, ""])
            assert len(cursor.fetchone()) == 10
