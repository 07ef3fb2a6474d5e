"""Divisions through time: 22 sub-districts then, 18 now, and numbers of districts that are gone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from yizhan import clock
from yizhan.codes import divisions
from yizhan.codes.models import Division, DivisionKind, Precision

pytestmark = pytest.mark.usefixtures("loaded")

YUEXIU = "440104"
THEN, NOW = date(2010, 6, 30), date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.standing_at("2026-11-20T09:30"):
        yield


def names(found):
    return [division.name for division in found]


def test_guangzhou_has_eleven_districts():
    assert names(divisions.children("4401")) == [
        "荔湾区", "越秀区", "海珠区", "天河区", "白云区", "黄埔区",
        "番禺区", "花都区", "南沙区", "从化区", "增城区",
    ]  # fmt: skip


def test_yuexiu_has_18_sub_districts_and_222_committees():
    sub_districts = divisions.children(YUEXIU)
    assert len(sub_districts) == 18
    assert sum(len(divisions.children(d.code)) for d in sub_districts) == 222
    assert len(divisions.children("440104003")) == 13
    assert all(d.kind == DivisionKind.COMMITTEE for d in divisions.children("440104022"))


def test_in_2010_it_had_22_and_the_four_that_are_gone_are_marked_as_unverified():
    then = divisions.children(YUEXIU, THEN)
    gone = set(names(then)) - set(names(divisions.children(YUEXIU, NOW)))
    assert len(then) == 22
    assert gone == {"广卫街道", "东风街道", "诗书街道", "大新街道", "东湖街道"}
    for division in then:
        if division.name in gone:
            assert not division.verified
            assert not division.certain_on(THEN)


@pytest.mark.parametrize(
    ("gone", "successor"),
    [
        ("440104002", "北京街道"),
        ("440104006", "六榕街道"),
        ("440104008", "光塔街道"),
        ("440104009", "人民街道"),
        ("440104011", "东山街道"),
        ("440102", "越秀区"),
        ("440107", "荔湾区"),
        ("440116", "黄埔区"),
        ("440183", "增城区"),
        ("440184", "从化区"),
    ],
)
def test_what_is_gone_has_a_successor(gone, successor):
    assert names(divisions.current_successors(gone)) == [successor]


def test_what_is_there_is_its_own_successor_and_an_unknown_code_has_none():
    assert names(divisions.current_successors("440104003")) == ["北京街道"]
    assert divisions.current_successors("440199") == []
    assert len(divisions.current_successors("440112")) == 1


def test_successors_are_followed_through_several_changes():
    first, second, third = (
        Division.objects.create(
            code=f"44010480{n}000", name=f"甲{n}", kind="subdistrict", source="测试", verified=True,
            valid_to=None if n == 3 else date(2000 + n, 1, 1), to_precision="" if n == 3 else "day",
        )
        for n in (1, 2, 3)
    )  # fmt: skip
    first.successors.add(second)
    second.successors.add(third, first)
    assert names(divisions.current_successors("440104801")) == ["甲3"]


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("440104011", date(2010, 12, 26), "东湖街道"),
        ("440104011", date(2010, 12, 27), "东山街道"),
        ("440102", date(2004, 5, 1), "东山区"),
        ("440102", date(2006, 1, 1), None),
        ("440116", date(2004, 12, 31), None),
        ("440116", date(2010, 1, 1), "萝岗区"),
        ("440116", NOW, None),
        ("440104002", date(2010, 1, 1), "广卫街道"),
        ("440104002", NOW, None),
        ("440104012", date(2003, 1, 1), None),
        ("440104022014", NOW, "站西社区居委会"),
        ("440199", NOW, None),
    ],
)
def test_what_a_code_meant_on_a_day(code, on, name):
    found = divisions.at(code, on)
    assert (found.name if found else None) == name


def test_certainty_is_told_apart_from_likelihood():
    def certain(code, day):
        found = divisions.at(code, day)
        return found is not None and found.certain_on(day)

    assert certain("440102", date(2004, 12, 31))
    assert not certain("440102", date(2005, 3, 1)), "abolished in 2005, we know no day"
    assert certain("440116", date(2006, 1, 1))
    assert not certain("440116", date(2005, 12, 31))
    assert certain("440104003001", date(2023, 6, 30)) is False, "no such committee"
    assert certain("440104003104", date(2023, 6, 30))
    assert not certain("440104003104", date(2010, 6, 30)), "first seen in 2023"
    assert certain("440104011", date(2010, 12, 27))


def test_a_full_name_is_read_from_the_province_down():
    assert divisions.full_name("440104003104", NOW) == "广东省广州市越秀区北京街道流水井社区居委会"
    assert names(divisions.ancestors("440104011", THEN)) == ["广东省", "广州市", "越秀区"]
    assert divisions.full_name("440199") == ""


def test_every_row_tells_its_source_and_stands_below_another():
    codes = set(Division.objects.values_list("code", flat=True))
    for division in Division.objects.all():
        assert division.source
        assert division.name_en is None
        assert (division.parent in codes) == (division.kind != DivisionKind.PROVINCE)
        if not division.verified:
            assert "待核实" in division.notes


def test_no_end_is_written_down_without_saying_how_exactly_it_is_known():
    for wrong in ({"valid_to": date(2020, 1, 1)}, {"to_precision": Precision.DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Division.objects.create(
                code="440104999000", name="x", kind="subdistrict", source="测试", verified=True, **wrong
            )
