"""Addresses as they are written in Guangzhou come apart, and no character is lost."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.codes.addresses import Gazetteer, parse

GAZETTEER = Gazetteer(
    [
        ("440000000000", "广东省"),
        ("440100000000", "广州市"),
        ("440104000000", "越秀区"),
        ("440104003000", "北京街道"),
        ("440104003001", "广卫社区居民委员会"),
        ("440104012000", "农林街道"),
    ]
)

WRITTEN = (
    ("榕荫街12号之一2栋301房", "榕荫街|12号之一|2栋|||301房"),
    ("榕荫街12号之一自编3栋2梯301", "榕荫街|12号之一|自编3栋|2梯||301房"),
    ("自编12号", "|自编12号||||"),
    ("望溪路自编3号之二首层", "望溪路|自编3号之二|||首层|"),
    ("农林下路81号大院3号楼2单元801", "农林下路|81号大院|3号楼|2单元||801房"),
    ("文德北路108-1号文德大楼12楼1203室", "文德北路|108-1号|文德大楼||12楼|1203室"),
    ("中山三路33号中华国际中心A座1501房", "中山三路|33号|中华国际中心A座|||1501房"),
    ("书香横街7号后座", "书香横街|7号|后座|||"),
    ("云澜路望溪花园3栋", "云澜路||望溪花园3栋|||"),
    ("寺贝通津1号", "寺贝通津|1号||||"),
    ("流霞直街 8 号 自编 A 栋 5 梯 1204", "流霞直街|8号|自编A栋|5梯||1204房"),
    ("松涛大街20号之1二梯303", "松涛大街|20号之1||二梯||303房"),
    ("共和村大街12号之3副2号", "共和村大街|12号之3副2号||||"),
    ("明德路36、38号", "明德路|36、38号||||"),
    ("明德路36号首层自编5铺", "明德路|36号|||首层|自编5铺"),
    ("建设六马路", "建设六马路|||||"),
    ("１２号", "|12号||||"),
)


@pytest.mark.parametrize(("text", "elements"), WRITTEN)
def test_an_address_comes_apart(text, elements):
    found = parse(text)
    said = "|".join((found.road, found.door_plate, found.building, found.unit, found.floor, found.room))
    assert (said, found.rest) == (elements, "")


def test_what_stands_above_the_road_is_known_by_name():
    for text in ("广东省广州市越秀区北京街道榕荫街12号", "越秀区北京街榕荫街12号", "北京街榕荫街12号"):
        found = parse(text, GAZETTEER)
        assert (found.division, found.full_text) == ("440104003000", "榕荫街12号")
    assert parse("北京街广卫社区榕荫街12号", GAZETTEER).division == "440104003001"


def test_a_road_that_is_named_like_a_subdistrict_is_a_road_where_no_other_follows():
    found = parse("北京街12号", GAZETTEER)
    assert (found.division, found.road, found.door_plate) == ("", "北京街", "12号")


def test_what_is_not_understood_stays():
    assert parse("榕荫街12号后面那间铁皮屋").rest == "后面那间铁皮屋"
    long = "长" * 9_000
    began = time.monotonic()
    assert parse(long).rest == long
    assert time.monotonic() - began < 1


@given(st.text(alphabet="榕荫街路号栋梯房之自编大院一十北京12AaＢ楼层-、座 （", max_size=300))
def test_no_character_is_lost(text):
    began = time.monotonic()
    found = parse(text, GAZETTEER)
    assert time.monotonic() - began < 0.5
    plain = re.sub(r"[\s,，。;；()（）]+", "", unicodedata.normalize("NFKC", text)).replace("#", "号")
    assert (found.above + found.full_text).removesuffix("房") == plain.removesuffix("房")
