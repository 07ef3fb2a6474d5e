"""A source delivers its own categories only, by file as by hand; whom it speaks of it names, and does not make."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Role, RoleGrant
from yizhan.journal import access
from yizhan.registry import by_hand, importing, sources
from yizhan.registry.by_hand import ByHand
from yizhan.registry.faults import Refused
from yizhan.registry.importing import Loading
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models import Import, Particulars, Person, Provenance
from yizhan.registry.tests import people

HEADINGS = "记录号,数据日期,姓名,公民身份号码,婚姻状况,学校,联系电话,死亡日期"


@pytest.fixture
def civil(district):
    """The civil affairs office of sub-district X: marriages only, of people whom the police entered."""
    with scope.service():
        sources.declare("civil", zh="婚姻登记", en="Marriages", unit="440199-x", categories=["marriage"])
    post = district.accounts["clerk_x"].appointments.get().post
    RoleGrant.give(Role.objects.get(code=KEEPER), post, "area", by=HOUSE, reason="测试")


def row(record="H-1", name="陈玉兰", number=people.NUMBER_A, status="丧偶", school="", phone="", died=""):
    return f"{record},2026-11-18,{name},{number},{status},{school},{phone},{died}"


def load(district, *rows):
    data = "\r\n".join([HEADINGS, *rows, ""]).encode()
    with district.looking("clerk_x"):
        return importing.load(data, Loading(source="civil", by="account:1"))


def test_each_column_that_may_not_come_is_refused_with_words(district, civil):
    report = load(
        district,
        row(),
        row("H-2", "李志强", people.NUMBER_SON, school="云津大学", phone="1", died="2026-11-01"),
    )
    assert not report.loaded
    assert [(one.row, one.column, one.value) for one in report.rejects] == [
        (3, "死亡日期", "2026-11-01"), (3, "联系电话", "1"), (3, "学校", "云津大学"),
    ]  # fmt: skip
    assert "来源“婚姻登记”不提供“教育信息”" in report.rejects[2].reason.zh
    assert "“Marriages” does not deliver “Education”" in report.rejects[2].reason.en
    with scope.service():
        assert not Import.objects.exists() and not Particulars.objects.exists()


def test_what_may_come_is_entered_and_nothing_else_is_taken_over(district, civil):
    report = load(district, row())
    assert report.rejects == [] and (report.new, report.changed) == (0, 1)
    with scope.service():
        person = Person.objects.get(name="陈玉兰")
        assert Particulars.objects.get(person=person).marital_status == "30"
        police, civil_ = Provenance.objects.filter(person=person).order_by("id")
        assert {1, 3, 4, 6, 8, 10} <= set(police.columns) and civil_.columns == [19]
    assert load(district, row()).same == 1
    with scope.service():
        importing.undo(Import.objects.earliest("id").id, because="文件取错了", by="account:1")
        assert Particulars.objects.get(person=person).marital_status == ""


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (row("H-1", "何小满", "440199195001010018"), "没有姓名和证件号码都相符"),
        (row("H-1", "何永康", people.NUMBER_B), "没有姓名和证件号码都相符"),
        (row("H-1", "陈玉", people.NUMBER_A), "没有姓名和证件号码都相符"),
    ],
)
def test_nobody_is_made_and_nobody_of_another_area_is_told(district, civil, told, words):
    report = load(district, told)
    assert [words in one.reason.zh for one in report.rejects] == [True]
    with scope.service():
        assert Person.objects.count() == 3


def test_a_record_does_not_change_whom_it_is_of(district, civil):
    load(district, row())
    report = load(district, row(name="李志强", number=people.NUMBER_SON))
    assert "不能更改" in report.rejects[0].reason.zh


def test_a_new_person_by_hand_is_held_against_the_same_rule(district, civil):
    new = people.entry("N", "黎小满", born_on=date(2026, 11, 2), registered=people.place(people.COMMITTEE_X))

    def register():
        with district.scope_of("clerk_x") as actor, access.watching(actor.viewer()):
            how = ByHand(by=actor, because="出生医学证明 T44", command=uuid.uuid4())
            return by_hand.register(new, "civil", how=how)

    with pytest.raises(Refused, match="不提供身份信息、户籍信息"):
        register()
    with scope.service():
        sources.declare("civil", zh="户籍", en="X", unit="440199-x", categories=["identity", "household"])
    subject = register()
    with scope.service():
        said = Provenance.objects.get(person=subject.removeprefix("person:")).columns
        assert {1, 4, 8, 10} <= set(said) and 11 not in said, "where she lives is nobody's word yet"
