"""The office that keeps a register looks at its file, enters it and undoes it; no other office can."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yizhan.cases.tests.conftest import Town
from yizhan.desk.tests.conftest import browser_of, give
from yizhan.identity import scope
from yizhan.registry import sources
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models import Import, Person

PAGE = "/desk/register/imports"
GOOD = "记录号,数据日期,姓名,公民身份号码,学历\nT-1,2026-11-18,何小满,440199195001010018,本科\n"
WRONG = GOOD + "T-2,昨天,张伟,440199195001010018,本科\n"


@pytest.fixture
def keeper(town: Town):
    """An official whose office answers for a register."""
    unit = town.people["clerk"].appointments.get().post.unit.code
    with scope.service():
        sources.declare("here", zh="本单位登记", en="Register of this office", unit=unit)
        sources.declare("elsewhere", zh="别处登记", en="Register of another office", unit="440104")
    give(town, "clerk", KEEPER, "own_unit")
    give(town, "clerk", "platform.supervisor", "all")
    return browser_of(town.people["clerk"])


def sent(browser, text, then="preview", **more):
    file = SimpleUploadedFile("人口.csv", text.encode("gb18030"), "text/csv")
    return browser.post(PAGE, {"source": "here", "then": then, "file": file, **more})


def test_a_file_is_previewed_entered_and_undone(keeper):
    page = sent(keeper, GOOD).content.decode()
    assert "将新登记 1 人" in page
    with scope.service():
        assert not Person.objects.filter(name="何小满").exists()
    kept = re.search(r'name="kept" value="([^"]+)"', page)[1]
    done = keeper.post(PAGE, {"source": "here", "then": "load", "kept": kept}, follow=True).content.decode()
    assert "新登记 1 人" in done
    assert "人口.csv" in done
    with scope.service():
        file = Import.objects.get()
        assert Person.objects.get(name="何小满").until is None
    undo = f"{PAGE}/{file.id}/undo"
    assert "随文件新登记的自今天起" in keeper.get(undo).content.decode()
    assert "撤销理由" in keeper.post(undo, {"because": " "}).content.decode()
    undone = keeper.post(undo, {"because": "文件取错了"}, follow=True).content.decode()
    assert "已撤销导入" in undone
    assert "文件取错了" in undone
    assert keeper.get(undo).status_code == 404
    with scope.service():
        assert Person.objects.get(name="何小满").until is not None


def test_wrong_rows_are_listed_and_can_be_taken_away(keeper):
    page = sent(keeper, WRONG).content.decode()
    assert "有 1 处不合格" in page
    kept = re.search(r'name="kept" value="([^"]+)"', page)[1]
    rejects = keeper.post(PAGE, {"source": "here", "then": "rejects", "kept": kept})
    assert "昨天" in rejects.content.decode("utf-8-sig")
    assert "请选择要导入的文件" in keeper.post(PAGE, {"source": "here", "then": "load"}).content.decode()
    assert not Import.objects.exists()


def test_another_offices_register_is_not_here(keeper):
    assert "别处登记" not in keeper.get(PAGE).content.decode()
    assert sent(keeper, GOOD, source="elsewhere").status_code == 404


def test_without_the_role_there_is_no_page(town):
    assert browser_of(town.people["clerk"]).get(PAGE).status_code == 403
