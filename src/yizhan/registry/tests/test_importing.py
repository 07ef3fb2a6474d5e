"""A department's file becomes people: wholly or not at all, and the same file again changes nothing."""

from __future__ import annotations

import pytest

from yizhan.identity import scope
from yizhan.registry import importing, numbers
from yizhan.registry.importing import Loading
from yizhan.registry.models import Person, Residence, Source
from yizhan.registry.tests.conftest import POLICE

HEADINGS = "记录号,数据日期,姓名,公民身份号码,户号,与户主关系代码,户籍区划代码,户籍地址"
WOMAN = "P-1,2026-11-18,陈玥堃,44019919450308002X,H-1,02,440199003001,云澜路1号"
MAN = "P-2,2026-11-18,黄锦,440199194705120011,H-1,11,440199003001,云澜路1号"


def file(*rows: str) -> bytes:
    return "\r\n".join([HEADINGS, *rows, ""]).encode("gb18030")


def test_what_a_file_says_and_what_follows_from_the_number(district):
    with scope.service():
        report = load(WOMAN, MAN)
        assert (report.loaded, report.rows, report.new, report.rejects) == (True, 2, 2, [])
        her = Person.objects.get(name="陈玥堃")
        assert (her.sex, f"{her.born_on}", her.register_division) == ("2", "1945-03-08", "440199003001")
        assert Residence.objects.filter(person=her).count() == 2, "who lives nowhere else lives at home"
        again = load(WOMAN, MAN)
        assert (again.new, again.same) == (0, 2)


def test_an_empty_birthday_says_nothing(district):
    """A number that tells none, wrong as it is, and a file that leaves it out."""
    first = (
        "记录号,数据日期,姓名,公民身份号码,出生日期\r\nP-9,2026-11-18,韦新,44019919459999002X,1945-03-08\r\n"
    )
    later = "记录号,数据日期,姓名,公民身份号码\r\nP-9,2026-11-18,韦新,44019919459999002X\r\n"
    with scope.service():
        for text, came in ((first, (1, 0, 0)), (later, (0, 0, 1))):
            report = importing.load(text.encode(), Loading(source=POLICE, by="account:1"))
            assert (report.new, report.changed, report.same) == came
        assert f"{Person.objects.get(name='韦新').born_on}" == "1945-03-08"


def load(*rows: str, source: str = POLICE):
    return importing.load(file(*rows), Loading(source=source, by="account:1", name="人口.csv"))


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("P-3,昨天,张伟,440199195001010018,,,,", "数据日期", "不是有效日期"),
        ("P-3,2026-11-18,,440199195001010018,,,,", "姓名", "必填项是空的"),
        ("P-3,2026-11-18,张伟,440199195001010018,,,4401,云澜路2号", "户籍区划代码", "12 位数字"),
        ("P-3,2026-11-18,张伟,440199195001010018,H-2,,,", "记录号", "户号和与户主关系须同时填写"),
        ("P-1,2026-11-18,张伟,440199195001010018,,,,", "记录号", "记录号在文件中重复"),
    ],
)
def test_one_wrong_row_is_named_and_nobody_is_entered(district, row, column, words):
    with scope.service():
        before = Person.objects.count()
        report = load(WOMAN, row)
        assert (report.loaded, Person.objects.count()) == (False, before)
    reject = report.rejects[0]
    assert (reject.row, reject.column) == (3, column)
    assert words in reject.reason.zh
    assert reject.reason.en


def test_numbers_that_belong_to_nobody_are_told_in_a_real_register_only(district, settings):
    real = "P-4,2026-11-18,何志,440104195203080027,,,,"
    with scope.service():
        assert load(WOMAN, real).warnings == []
        settings.DEMO = False
        [warning] = load(WOMAN, MAN, real).warnings
        assert "有 2 个公民身份号码" in warning.zh
        assert warning.en.startswith("2 identity numbers")
    before = int(numbers.count_invented())
    with scope.service():
        load(MAN)
    assert before >= 2
    assert int(numbers.count_invented()) == before, "the same file brings nobody again"


def test_a_source_must_be_declared(district):
    with scope.service(), pytest.raises(Source.DoesNotExist):
        load(WOMAN, source="nobody")


def test_the_template_is_a_file_that_can_be_filled_in(district):
    with scope.service():
        headings = importing.template().decode("utf-8-sig").strip()
        row = "P-9,2026-11-18,张伟,440199195001010018" + "," * (headings.count(",") - 3)
        assert importing.load(f"{headings}\r\n{row}\r\n".encode(), Loading(source=POLICE)).new == 1
