"""The file for the bank: whole account numbers, no formulas, and a line in the access log."""

from __future__ import annotations

import csv
import io

import pytest

from yizhan import clock
from yizhan.identity import scope
from yizhan.identity.faults import NotAllowed
from yizhan.journal.models import Access, News
from yizhan.payments import exporting
from yizhan.payments.exporting import guarded
from yizhan.payments.models import Entitlement
from yizhan.payments.refusals import Refused

NEAR = "2026-11-25T09:00"


@pytest.fixture
def closed(office):
    """The list of December is closed."""
    office.grant()
    with clock.standing_at(NEAR):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
        yield office


def rows(file: exporting.File) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))


def test_a_closed_list_as_csv(closed):
    with closed.acting("payer") as actor:
        file = exporting.export(closed.roll("2026-12"), by=actor)
    head, line = rows(file)
    assert file.name == "发放名册-高龄津贴-2026-12.csv"
    assert head == [
        "序号",
        "受理编号",
        "姓名",
        "户名",
        "开户银行",
        "银行账号",
        "所属月份",
        "金额（元）",
        "备注",
    ]
    assert line == [
        "1", "YX2026-1120-00001", "陈玥堃", "陈玥堃", "示例银行越秀支行", "6222021234567890", "2026-12", "120.00", "",
    ]  # fmt: skip


def test_arrears_say_so(closed):
    closed.grant("wang")
    with clock.standing_at("2026-12-22T09:00"):
        closed.build()
        with closed.acting("payer") as actor:
            closed.close("2027-01", actor)
            file = exporting.export(closed.roll("2027-01"), by=actor)
    assert [(row[2], row[6], row[8]) for row in rows(file)[1:]] == [
        ("陈玥堃", "2027-01", ""),
        ("王喆", "2026-12", "补发"),
        ("王喆", "2027-01", ""),
    ]


def test_the_export_is_logged(closed):
    with closed.acting("payer") as actor:
        exporting.export(closed.roll("2026-12"), by=actor)
    line = Access.objects.get(action="export")
    assert line.account == f"account:{closed.town.people['payer'].pk}"
    assert line.subjects == [closed.town.subjects["chen"]]
    assert "account_number" in line.fields
    assert line.purpose == "reason:导出高龄津贴2026年12月发放名册"
    assert News.objects.get(kind="payment_list.exported").data["lines"] == 1


def test_an_open_list_is_not_exported(office):
    office.grant()
    with office.acting("payer") as actor, pytest.raises(Refused, match="尚未关账"):
        exporting.export(office.roll("2026-12"), by=actor)


@pytest.mark.parametrize("who", ["approver", "clerk", "chen"])
def test_nobody_but_the_payer_exports(closed, who):
    with closed.acting(who) as actor, pytest.raises(NotAllowed):
        exporting.export(closed.roll("2026-12"), by=actor)
    assert not Access.objects.filter(action="export").exists()


def test_a_bank_that_is_a_formula_stays_a_text(office):
    """Whatever a resident types into the form, no spreadsheet at the bureau runs it."""
    number = office.town.apply("chen")
    with scope.service():
        case = office.town.case(number)
        filing = case.filings.get()
        data = {**filing.data, "account": {**filing.data["account"], "bank": '=HYPERLINK("http://x","点我")'}}
        case.filings.create(rev=9, form=filing.form, data=data, facts=filing.facts, by="test", at=clock.now())
    office.tell()
    with clock.standing_at(NEAR):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
            file = exporting.export(office.roll("2026-12"), by=actor)
    assert rows(file)[1][4] == '\'=HYPERLINK("http://x","点我")'
    with scope.service():
        assert Entitlement.objects.get().bank.startswith("=")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_what_could_begin_a_formula_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["6222021234567890", "示例银行", "", "A=1"])
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text
