"""Code lists: names on a day, codes from names, loading again and again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from yizhan import clock, codes
from yizhan.codes import files, lists, loading
from yizhan.codes.models import Code, CodeList, Edition

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.mark.parametrize(
    ("key", "code", "zh", "en"),
    [
        ("sex", "1", "男性", "male"),
        ("marital_status", "21", "初婚", "first marriage"),
        ("ethnic_group", "36", "毛南族", "Maonan"),
        ("ethnic_group", "10", "朝鲜族", "Korean"),
        ("family_relation", "11", "夫", "husband"),
        ("document_type", "111", "居民身份证", "resident identity card"),
        ("uscc_category", "91", "企业", "enterprise"),
    ],
)
def test_a_code_has_a_name_in_both_languages(key, code, zh, en):
    assert codes.name_of(key, code, on=date(2026, 11, 20)) == zh
    with translation.override("en"):
        assert codes.name_of(key, code) == en


def test_an_unknown_code_or_list_is_no_empty_name():
    for key, code in (("sex", "7"), ("no_such_list", "1")):
        with pytest.raises(codes.UnknownCode):
            codes.name_of(key, code)


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("ethnic_group", "毛难族", "36"),
        ("ethnic_group", "崩龙", "46"),
        ("ethnic_group", "汉", "01"),
        ("ethnic_group", " ０１ ", "01"),
        ("education", "大专", "31"),
        ("sex", "MALE", "1"),
    ],
)
def test_imports_find_codes_by_name_alias_or_code(key, text, code):
    found = codes.find(key, text)
    assert found is not None
    assert found.code == code


def test_what_no_name_means_is_nothing():
    assert codes.find("sex", "雄") is None


def test_a_changed_meaning_is_a_row_of_its_own():
    nation = CodeList.objects.get(key="sex")
    more = {"code_list": nation, "code": "3", "name_en": "x", "source": "测试", "verified": True}
    Code.objects.create(**more, name="旧", valid_to=date(2019, 12, 31))
    Code.objects.create(**more, name="新", valid_from=date(2020, 1, 1))
    lists.forget()
    assert codes.name_of("sex", "3", on=date(2019, 12, 31)) == "旧"
    assert codes.name_of("sex", "3", on=date(2020, 1, 1)) == "新"
    assert codes.name_of("sex", "3") == "新"
    with clock.standing_at("2019-06-01"):
        assert [e.name.zh for e in codes.entries("sex") if e.code == "3"] == ["旧"]


def test_a_code_out_of_use_is_still_readable_but_not_offered():
    Code.objects.filter(code_list="sex", code="9").update(valid_to=date(2020, 1, 1))
    lists.forget()
    assert codes.name_of("sex", "9") == "未说明的性别"
    assert "9" not in {entry.code for entry in codes.entries("sex")}
    with pytest.raises(codes.UnknownCode):
        codes.name_of("sex", "9", on=date(2026, 1, 1))


def test_entries_come_in_the_lists_order_and_by_level():
    assert [e.code for e in codes.entries("marital_status")] == [
        "10",
        "20",
        "21",
        "22",
        "23",
        "30",
        "40",
        "90",
    ]
    assert [e.code for e in codes.entries("marital_status", parent="20")] == ["21", "22", "23"]
    assert [e.code for e in codes.entries("marital_status", parent="")] == ["10", "20", "30", "40", "90"]
    assert len(codes.entries("ethnic_group")) == 58


def test_names_cost_no_query_each():
    codes.name_of("sex", "1")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for _ in range(50):
            codes.name_of("sex", "1")
            codes.name_of("ethnic_group", "01")
    assert len(queries) == 0


def test_what_is_known_by_heart_only_is_marked():
    assert codes.entry("sex", "1").verified
    assert not codes.entry("political_status", "01").verified
    unverified = {
        e.source for key in CodeList.objects.all() for e in codes.entries(key.key) if not e.verified
    }
    assert unverified == {"待核实"}


# --- the files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [row["key"] for row in files.read("lists")])
def test_every_list_is_whole(key):
    rows = files.read(key)
    known = {row["code"] for row in rows}
    assert len(known) == len(rows)
    for row in rows:
        assert row["name_zh"]
        assert row["name_en"]
        assert row["source"]
        assert row["verified"] in {"true", "false"}
        assert row["parent"] == "" or row["parent"] in known - {row["code"]}


def test_no_alias_means_two_things():
    for listed in files.read("lists"):
        words = [w for row in files.read(listed["key"]) for w in {row["name_zh"], *row["aliases"].split()}]
        assert len(words) == len(set(words)), listed["key"]


def test_loading_again_changes_nothing_and_repairs_on_demand():
    before = list(Code.objects.order_by("id").values_list())
    assert not loading.load().new
    Code.objects.filter(code_list="sex", code="1").update(name="错")
    own = Code.objects.create(
        code_list_id="sex", code="5", name="本地", name_en="local", source="x", verified=True
    )
    assert loading.load(again=True).new
    assert list(Code.objects.exclude(id=own.id).order_by("id").values_list()) == before
    assert Code.objects.filter(id=own.id).exists(), "what others added stays"


def test_editions_can_never_be_changed_by_the_application():
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Edition.objects.update(sha256="")
