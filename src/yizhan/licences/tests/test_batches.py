"""Many licences from one list: all of it is read or none, and whatever stops it, none is missing and none there twice."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from yizhan import clock
from yizhan.codes import uscc
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.directory.reading import FileRefused
from yizhan.identity.models import Unit
from yizhan.journal import access, worker
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.licences import batches, life
from yizhan.licences.batches import Order, Standing
from yizhan.licences.models import BatchLine
from yizhan.licences.refusals import Refused, UnknownKind
from yizhan.licences.tests.conftest import BUREAU, KIND
from yizhan.records import files
from yizhan.records.models import Original, Paper
from yizhan.registry import entity_entering as entities
from yizhan.registry.models import Licence, Source
from yizhan.seals import examination, holding, vouching, waiting
from yizhan.seals.models import Seal, Use
from yizhan.seals.tests.provided import seal_every_unit

ORDER = Order(KIND, BUREAU, "account:1", "统一换发新版招牌许可")
FIRMS = [
    (uscc.make("91", "440199", f"MA0001{number:02d}"), f"示例{number:02d}号店铺") for number in range(14)
]
PORTION = 5


@pytest.fixture
def firms(bureau, monkeypatch):
    """Fourteen firms on record, three portions of licences."""
    monkeypatch.setattr(batches, "PORTION", PORTION)
    with scope.service(), access.watching(HOUSE.viewer()):
        source = Source.objects.get(code="market.entities")
        for code, name in FIRMS:
            entities.enter(
                code, name, representative="郑丽华", document="111:440199196001010010", source=source,
                as_of=clock.today(),
            )  # fmt: skip
        yield FIRMS


def listed(rows, heads="code,name,number"):
    lines = [f"{code},{name},ZP{number:06d}" for number, (code, name) in enumerate(rows, start=1)]
    return "\r\n".join([heads, *lines]).encode("gb18030")


def test_a_list_becomes_licences_each_with_number_and_sealed_paper(firms):
    seal_every_unit()
    report, batch = batches.take(listed(firms[:3]), ORDER)
    assert (report.rejects, batch.lines) == ([], 3)
    told = []
    assert batches.run(batch, progress=lambda done, many: told.append((done, many))) == Standing(3, 0, 0)
    assert told == [(3, 3)]
    made = Licence.objects.filter(kind=KIND).order_by("number")
    assert [one.number for one in made] == ["ZP000001", "ZP000002", "ZP000003"]
    worker.drain()
    assert Original.objects.filter(paper__in=Paper.objects.filter(owner__startswith="licence:")).count() == 3


def test_what_was_stopped_goes_on_and_nothing_is_missing_or_there_twice(firms, monkeypatch):
    seal_every_unit()
    _report, batch = batches.take(listed(firms), ORDER)
    issue, left = life.issue, iter(range(8))

    def broken(*what, **more):
        if next(left, None) is None:
            raise ConnectionError("the machine stops")
        return issue(*what, **more)

    monkeypatch.setattr(life, "issue", broken)
    with pytest.raises(ConnectionError):
        batches.run(batch)
    assert batches.standing(batch) == Standing(
        PORTION, 0, 9
    )  # of a portion that was not finished nothing stays
    monkeypatch.setattr(life, "issue", issue)
    assert batches.run(batch) == Standing(14, 0, 0)
    assert batches.run(batch) == Standing(14, 0, 0)
    numbers = list(Licence.objects.filter(kind=KIND).values_list("number", flat=True))
    assert sorted(numbers) == [f"ZP{number:06d}" for number in range(1, 15)]
    papers = Paper.objects.filter(owner__startswith="licence:").count()
    assert papers == 14


def stops_the_seal(state):
    """The seal of the bureau's licences becomes something else; of a certificate alone only that is revoked."""
    seal = Seal.objects.get(unit=BUREAU, kind="certificate")
    if state == "revoked":
        revoked = authority.current(seal.key, Family.CLASSIC)
        authority.revoke(revoked, by="operator:root", because="密钥可能泄露")
    else:
        holding.change(seal, state, by="account:1", why="测试")
    return seal


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("revoked", "签章证书已撤销，请印章管理员更换印章"),
        ("lost", "已挂失，请印章管理员更换印章"),
        ("suspended", "停用中，请印章管理员恢复使用"),
        ("destroyed", "已销毁，请印章管理员制发新印章"),
    ],
)
def test_a_seal_that_ends_in_between_stops_the_rest_until_there_is_one_again(firms, state, told):
    seal_every_unit()
    _report, batch = batches.take(listed(firms), ORDER)
    seals = []

    def stopped_after_the_first_portion(_done, _many):
        if seals:
            return
        worker.drain()
        seals.append(stops_the_seal(state))

    assert batches.run(batch, progress=stopped_after_the_first_portion) == Standing(PORTION, 0, 9)
    assert told in batches.hindrance(batch)
    assert (batches.unsealed(batch), Original.objects.count()) == (0, PORTION)
    assert batches.run(batch) == Standing(PORTION, 0, 9), "nothing is issued while nobody can seal it"
    again(seals[0], state)
    assert batches.hindrance(batch) == ""
    assert batches.run(batch) == Standing(14, 0, 0)
    assert batches.unsealed(batch) == 9
    worker.drain()
    assert batches.unsealed(batch) == 0
    numbers = list(Licence.objects.filter(kind=KIND).values_list("number", flat=True))
    assert sorted(numbers) == [f"ZP{number:06d}" for number in range(1, 15)]
    assert Use.objects.count() == Original.objects.count() == 14
    known = vouching.trust(Family.CLASSIC)
    for original in (
        Original.objects.order_by("paper__number")[PORTION - 1],
        Original.objects.latest("paper__number"),
    ):
        with files.open_for_reading(original.file) as content:
            assert examination.examine(content.read(), known, at=clock.now()).holds


def again(seal, state):
    """There is a seal again: it comes back, or another one in its place."""
    if state == "suspended":
        holding.change(seal, "active", by="account:1", why="测试")
    elif state == "destroyed":
        unit = Unit.objects.get(code=BUREAU)
        holding.make(unit, "certificate", number="44019999999999", by="account:1", why="重新制发")
    else:
        holding.replace(seal, number="44019999999999", by="account:1", why="补发")


def test_papers_that_were_issued_when_the_certificate_was_revoked_wait_and_are_sealed_with_the_next(firms):
    seal_every_unit()
    _report, batch = batches.take(listed(firms[:3]), ORDER)
    assert batches.run(batch) == Standing(3, 0, 0)
    seal = stops_the_seal("revoked")
    worker.drain()
    assert batches.unsealed(batch) == 3
    assert ["3 份文书待用印" in str(one) for one in waiting.waiting()] == [True]
    other = holding.replace(seal, number="44019999999999", by="account:1", why="补发")
    worker.drain()
    assert (batches.unsealed(batch), waiting.waiting()) == (0, [])
    assert {use.seal for use in Use.objects.all()} == {other}


def test_without_any_seal_nothing_is_issued_and_it_is_said_who_must_act(firms):
    _report, batch = batches.take(listed(firms[:3]), ORDER)
    assert batches.run(batch) == Standing(0, 0, 3)
    assert batches.hindrance(batch) == ("越秀区城市管理和综合执法局没有证照专用章，请印章管理员制发")


def test_what_cannot_be_issued_is_told_on_its_line(firms):
    seal_every_unit()
    rows = "\r\n".join(
        ["统一社会信用代码或公民身份号码,名称或姓名", *(f"{code},{name}" for code, name in firms[:3])]
    )
    _report, batch = batches.take(rows.encode(), ORDER)
    assert batches.run(batch) == Standing(0, 3, 0)  # its rule counts cases, and here is none
    assert "办件编号" in batches.refused(batch)[0].fault


def test_a_list_with_a_strange_firm_is_refused_as_a_whole(firms):
    strange = [*firms[:2], (FIRMS[0][0], "另一家店"), firms[1]]
    report, batch = batches.take(listed(strange), ORDER)
    assert batch is None
    assert [(one.row, one.reason.zh) for one in report.rejects] == [
        (4, "登记簿中没有号码和名称都相符的"),
        (5, "与第 3 行重复"),
    ]
    assert not BatchLine.objects.exists()


def test_what_is_no_list_no_kind_no_unit_is_refused_in_words(firms):
    with pytest.raises(FileRefused, match="不认识的列"):
        batches.take("编号,别的\r\n1,2".encode(), ORDER)
    with pytest.raises(UnknownKind):
        batches.take(listed(firms), Order("nothing", BUREAU, "x", "统一换发"))
    with pytest.raises(Refused, match="没有代码为"):
        batches.take(listed(firms), Order(KIND, "440104-none", "x", "统一换发"))


@pytest.mark.parametrize(
    "change", ["update licences_batchline set subject = 'x'", "delete from licences_batch"]
)
def test_lists_stay_as_they_were_given(firms, change):
    batches.take(listed(firms[:1]), ORDER)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change)
