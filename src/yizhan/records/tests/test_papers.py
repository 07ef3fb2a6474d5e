"""A paper is issued once, numbered without a gap, and whoever has its code can have it verified."""

from __future__ import annotations

import hashlib
import re
import threading
from datetime import datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from yizhan import clock
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.records import (
    files,
    originals,
    papers,
    printing,
    storage,
    typesetting,
    verification,
    verification_code,
)
from yizhan.records.documents import WrongData
from yizhan.records.models import Paper, StoredFile
from yizhan.records.papers import Holder
from yizhan.records.tests.conftest import GRANTING, made
from yizhan.records.tests.reading import characters_drawn_as_boxes, opened, text_of
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish

CHEN = Holder("person:0190b6c2", "陈玥堃")


@pytest.fixture
def make(service, release, data):
    def make_paper(key="grant", **more):
        given = {
            "owner": "case:1",
            "issuer": "云津区民政局",
            "holder": CHEN,
            "account": 7,
            "units": ["440199-mz"],
            "by": "account:9",
        }
        return made(release.id, key, {**data, **more.pop("data", {})}, **{**given, **more})

    return make_paper


def content_of(paper):
    with files.open_for_reading(paper.original.file) as content:
        return content.read()


def test_a_decision_is_made_kept_and_told(make):
    paper = make()
    assert (paper.title, paper.number, paper.kind) == (
        "高龄津贴准予决定书",
        "云民高龄〔2026〕1号",
        "approval",
    )
    assert paper.issued_at == clock.now()
    file = paper.original.file
    assert (file.media_type, file.owner, file.account) == ("application/pdf", "case:1", 7)
    assert file.name == "高龄津贴准予决定书 云民高龄〔2026〕1号.pdf"
    assert file.bound_at
    assert paper.original.sha256 == file.sha256
    assert papers.of_owner("case:1") == [papers.Listed(paper, file.size, withdrawn=False)]
    assert papers.file_of(paper.pk, owner="case:1") == file
    assert papers.file_of(paper.pk, owner="case:2") is None
    news = News.objects.get(kind="paper.issued")
    assert (news.subject, news.actor, news.data["number"]) == (f"paper:{paper.pk}", "account:9", paper.number)


def test_it_says_what_a_decision_must_say(make):
    paper = make()
    pdf = opened(content_of(paper))
    text = re.sub(r"\s", "", text_of(pdf))
    for words in (
        "云津区民政局",
        "云民高龄〔2026〕1号",
        "高龄津贴准予决定书",
        "陈玥堃：",
        "决定事项",
        "每月人民币200.00元",
        "理由和依据",
        "自收到本决定书之日起六十日内，依法向云津区人民政府申请行政复议",
        "六个月内，依法向云津区人民法院提起行政诉讼",
        "2026年11月20日",
        "yizhan.example.gov.cn/verify",
        paper.shown_code,
    ):
        assert words in text, words
    assert len(pdf.pages) == 1
    assert characters_drawn_as_boxes(pdf) == 0


def test_the_code_on_it_leads_to_the_page_that_verifies_and_says_nothing_of_anybody(make):
    paper = make()
    shown = printing.shown_on(paper)
    assert printing.address_of(paper.code) == f"https://yizhan.example.gov.cn/verify/{paper.code}"
    assert shown["qr"].startswith("<svg")
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", paper.shown_code)
    assert CHEN.name not in printing.address_of(paper.code)


def test_numbers_follow_each_other_and_begin_anew_with_the_year(make):
    assert [make().number for _ in range(3)] == [f"云民高龄〔2026〕{n}号" for n in (1, 2, 3)]
    with clock.standing_at("2027-01-04T09:00"):
        assert make().number == "云民高龄〔2027〕1号"
    assert make().number == "云民高龄〔2026〕4号"


def test_a_step_that_is_undone_gives_its_number_back(make):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make()
        1 / 0  # noqa: B018
    assert make().number == "云民高龄〔2026〕1号"


def test_a_given_number_is_taken_and_only_once(make):
    assert make(number="云民高龄〔2026〕88号").number == "云民高龄〔2026〕88号"
    with pytest.raises(papers.NumberTaken, match="88号"):
        make(number="云民高龄〔2026〕88号")
    assert Paper.objects.count() == 1
    assert StoredFile.objects.count() == 1


def test_a_step_gets_no_second_paper_of_one_key(make):
    make(once="case:1/grant")
    with pytest.raises(IntegrityError, match="records_paper_once"), transaction.atomic():
        make(once="case:1/grant")
    assert Paper.objects.count() == 1


def test_wrong_data_are_refused_all_at_once(make):
    with pytest.raises(WrongData) as wrong:
        make(
            data={"name": None, "born_on": "8 March", "monthly": 200.5, "colour": "red", "street": "x" * 5000}
        )
    assert len(wrong.value.faults) == 5
    assert "缺少“申请人”" in str(wrong.value)
    assert not Paper.objects.exists()


def test_money_and_dates_are_written_as_people_write_them(make):
    text = text_of(opened(content_of(make(data={"monthly": "12345.5"}))))
    assert "12,345.50" in text
    assert "1944年3月8日" in text


def test_a_name_no_font_can_draw_stops_the_file_and_the_paper_waits_with_its_number(make):
    with pytest.raises(typesetting.CharacterMissing, match="𪜀"):
        make(data={"name": "陈𪜀"})
    [waiting] = papers.of_owner("case:1")
    assert (waiting.paper.number, waiting.size) == ("云民高龄〔2026〕1号", None)
    assert verification.verify(waiting.paper.code).sha256 == ""
    assert not StoredFile.objects.exists()
    assert make().number == "云民高龄〔2026〕2号"


def test_a_file_is_made_once_however_often_it_is_asked_for(make):
    paper = make()
    again = originals.complete(paper, originals.typeset(paper) + b"\n")
    assert again == paper.original
    assert StoredFile.objects.count() == 1


def test_what_was_issued_is_what_is_set(make, monkeypatch):
    """Nobody can have other data set under an approved digest."""
    paper = make()
    paper.data = {**paper.data, "monthly": "9,999.00"}
    with pytest.raises(originals.NotAsApproved):
        originals.typeset(paper)


def test_the_address_of_the_site_may_change_before_the_file_is_made(make, settings):
    paper = make()
    settings.PUBLIC_ADDRESS = "https://elsewhere.example.gov.cn"
    assert "elsewhere.example.gov.cn/verify" in text_of(opened(originals.typeset(paper)))


def test_the_digits_on_the_paper_unmask_its_holder(make):
    paper = make()
    assert re.fullmatch(r"\d{6}", paper.factor)
    text = text_of(opened(content_of(paper)))
    assert paper.factor in text
    wrong = f"{(int(paper.factor) + 1) % 10**6:06d}"
    for given, holder, unmasked in (
        ("", "陈＊＊", False),
        (wrong, "陈＊＊", False),
        (paper.factor, "陈玥堃", True),
    ):
        found = verification.verify(paper.code, given)
        assert (found.holder, found.unmasked, found.has_factor) == (holder, unmasked, True)
    company = make(holder=Holder("entity:91440199MA00000000", "云津区好邻居餐厅"))
    assert company.factor == ""
    assert not verification.verify(company.code, "").unmasked


def test_an_unknown_document_is_an_error(make):
    with pytest.raises(KeyError):
        make(key="nothing")


# --- verifying ---------------------------------------------------------------------------------------------


def test_whoever_has_the_code_learns_the_state_and_a_masked_name(make):
    paper = make()
    found = verification.verify(paper.shown_code)
    assert (found.state, found.title, found.number) == ("in force", paper.title, paper.number)
    assert (found.issuer, found.holder, found.sha256) == ("云津区民政局", "陈＊＊", paper.original.sha256)
    assert found.issued_at == datetime(2026, 11, 20, 9, 30, tzinfo=clock.ZONE)
    assert CHEN.key not in str(found)


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda c: c.replace("0", "o").replace("1", "l"),
        lambda c: f"  {c[:7]} {c[7:]}\n",
        lambda c: c + "。",
    ],
)
def test_a_code_is_understood_however_it_is_typed(make, typed):
    assert verification.verify(typed(make().shown_code)).state == "in force"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "0" * 20,
        "7K3M-9QXW-2HBV-5RTC-8NP",
        "U" * 20,
        "' or 1=1 --",
        "𠀀" * 20,
        "%" * 20,
        "9" * 10_000,
        "\x00",
    ],
)
def test_any_other_code_is_unknown(make, typed):
    make()
    assert verification.verify(typed) == verification.UNKNOWN


def test_codes_are_read_as_they_are_shown():
    codes = {verification_code.new() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(verification_code.read(verification_code.shown(code)) == code for code in codes)
    assert set("".join(codes)) == set(verification_code.ALPHABET)


def test_an_entity_is_no_secret(make):
    paper = make(holder=Holder("entity:91440199MA00000000", "云津区好邻居餐厅"))
    assert verification.verify(paper.code).holder == "云津区好邻居餐厅"
    assert verification.verify(make(holder=papers.NOBODY).code).holder == ""


def test_a_paper_is_known_by_the_bytes_of_its_file_and_by_no_others(make):
    paper = make()
    digest = hashlib.sha256(content_of(paper)).hexdigest()
    assert verification.verify(paper.shown_code).sha256 == digest
    assert verification.code_of(digest) == paper.code
    assert verification.code_of(hashlib.sha256(content_of(paper) + b"\n").hexdigest()) == ""


def test_a_withdrawn_paper_says_so_and_stays(make):
    paper, better = make(), make()
    with clock.standing_at("2026-12-01T10:00"):
        papers.withdraw(paper, by="account:9", reason="金额有误", replaced_by=better)
        with pytest.raises(papers.AlreadyWithdrawn):
            papers.withdraw(paper, by="account:9", reason="再次")
    found = verification.verify(paper.code)
    assert found.state == "withdrawn"
    assert found.withdrawn_at == datetime(2026, 12, 1, 10, tzinfo=clock.ZONE)
    assert "金额" not in str(found)
    assert not Paper.objects.get(pk=paper.pk).in_force
    assert Paper.objects.get(pk=better.pk).in_force
    assert News.objects.filter(kind="paper.withdrawn").count() == 1


def test_issued_papers_cannot_be_changed(make):
    paper = make()
    for change in (
        "update records_paper set holder = 'x'",
        "delete from records_paper",
        "update records_original set sha256 = 'x'",
        "delete from records_storedfile",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        StoredFile.objects.filter(pk=paper.original.file_id).update(sha256="0" * 64)


def test_papers_of_one_series_made_at_once_have_all_different_numbers(committed, data):
    release = publish(read(GRANTING), by="house").release
    failed = []

    def issue():
        try:
            with scope.service():
                for _ in range(3):
                    made(release.id, "grant", data, owner="case:1", issuer="云津区民政局", holder=CHEN)
        except Exception as fault:
            failed.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with scope.service():
        numbers = sorted(int(p.number.split("〕")[1][:-1]) for p in Paper.objects.all())
        assert numbers == list(range(1, 13))
        assert all(storage.place_of(p.original.sha256).exists() for p in Paper.objects.all())
