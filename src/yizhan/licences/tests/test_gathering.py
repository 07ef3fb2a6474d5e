"""Licences of other offices from a file: all rows or none, each once, ours never overwritten."""

from __future__ import annotations

import pytest

from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.directory.reading import FileRefused
from yizhan.journal import access
from yizhan.licences import gathering, life
from yizhan.licences.tests.conftest import SUBJECT
from yizhan.registry.licences import Word
from yizhan.registry.models import Licence
from yizhan.registry.tests.test_entities import COMPANY

HEAD = "kind,code,name,number,issuer,issued_by,valid_from,valid_to,identifier"
ROW = f"drainage,{COMPANY},示例云澜文化有限公司,粤排 0001,440100-sw,示例市水务局,2025-01-01,2030-01-01,"


def gather(*rows, encoding="utf-8"):
    with scope.service(), access.watching(HOUSE.viewer()):
        return gathering.gather(
            "\n".join((HEAD, *rows)).encode(encoding), by="account:1", because="市水务局每月推送"
        )


def held():
    with scope.service():
        return [
            (one.kind, one.number, one.state) for one in Licence.objects.order_by("recorded_at", "number")
        ]


def test_what_another_office_issued_is_held_and_the_same_file_again_changes_nothing(company):
    assert gather(ROW).new == 1
    assert gather(ROW, encoding="gb18030").new == 0
    assert held() == [("drainage", "粤排 0001", "in_force")]
    with scope.service():
        (one,) = Licence.objects.all()
    assert (one.subject, one.holder, one.issuer_zh) == (SUBJECT, "示例云澜文化有限公司", "示例市水务局")
    assert one.paper is None


def test_a_later_one_replaces_the_earlier(company):
    gather(ROW)
    gather(ROW.replace("粤排 0001", "粤排 0002").replace("2030", "2031"))
    assert held() == [("drainage", "粤排 0001", "replaced"), ("drainage", "粤排 0002", "in_force")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("drainage", "fishing", "没有应用包提供"),
        ("示例云澜", "示例云海", "号码和名称都相符"),
        ("2030-01-01", "2024-01-01", "早于"),
        ("2025-01-01", "去年", "2026-11-20"),
        (
            "2030-01-01,",
            "2030-01-01,1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.M",
            "校验",
        ),
        ("粤排 0001", "", "必填"),
        ("drainage", "food_business", "系统登记"),
    ],
)
def test_one_wrong_row_and_nothing_is_entered(company, old, new, words):
    row = ROW.replace("440100-sw", "440104-scj") if new == "food_business" else ROW
    report = gather(ROW, row.replace(old, new))
    assert [one.row for one in report.rejects] == [3] and words in report.rejects[0].reason.zh
    assert held() == [] and not report.loaded


def test_what_the_house_issued_is_not_overwritten(licence):
    with scope.service():
        life.suspend(licence, word=Word("account:1", "正在调查"))
    report = gather(ROW.replace("drainage", "outdoor_sign"))
    assert "本区核发" in report.rejects[0].reason.zh
    assert [state for _kind, _number, state in held()] == ["suspended"], "also one that rests"


def test_what_is_no_list_is_refused(company):
    with pytest.raises(FileRefused), scope.service():
        gathering.gather(b"a,b\n1,2", by="account:1", because="市水务局每月推送")
