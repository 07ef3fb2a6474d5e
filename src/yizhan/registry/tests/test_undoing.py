"""A file of fields brings people up to date, says before what it would do, and can be undone wholly or not at all."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.db import connection

from yizhan import clock
from yizhan.identity import scope
from yizhan.registry import finding, importing, particulars, persons, sources
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.importing import Loading
from yizhan.registry.models import Address, Import, Particulars, Person, Residence
from yizhan.registry.purposes import Own, Reason
from yizhan.registry.tests import people
from yizhan.registry.tests.conftest import POLICE

HEADINGS = (
    "记录号,数据日期,姓名,公民身份号码,联系电话,婚姻状况,学校,子女数,每月救助金额（元）,居住区划代码,居住地址"
)
NEW = "N-1,2026-11-18,何小满,440199195001010018,,未婚,云津第一中学,0,,440199001001,云澜路9号"


def known(phone="13811112222", place="榕荫街99号"):
    """A's record, with another phone, school and home."""
    where = f"{people.COMMITTEE_Y},{place}" if place else ","
    return f"A,2026-11-18,陈玉兰,{people.NUMBER_A},{phone},20,云津夜校,2,850.5,{where}"


def load(*rows, **more):
    data = "\r\n".join([HEADINGS, *rows, ""]).encode()
    with scope.service():
        return importing.load(data, Loading(source=POLICE, by="account:1", name="人口.csv", **more))


def own(district, *keys):
    with district.looking("citizen_a"):
        return {key: fact.value for key, fact in facts(district.subjects["A"], keys, purpose=Own()).items()}


KEYS = ("person.phone", "marriage.status", "education.school", "assistance.amount", "residence.committee")


def test_a_known_record_is_brought_up_to_date_and_the_same_file_changes_nothing_more(district):
    with clock.standing_at("2026-11-21T09:00"):
        report = load(NEW, known())
        assert (report.new, report.changed, report.same) == (1, 1, 0)
        again = load(NEW, known())
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    said = own(district, *KEYS)
    assert list(said.values()) == ["13811112222", "20", "云津夜校", "850.50", people.COMMITTEE_Y]
    with scope.service():
        stay = Residence.objects.filter(person__name="陈玉兰", kind="living").order_by("since")
        assert [row.until for row in stay] == [date(2026, 11, 18), None]


def test_what_the_file_leaves_empty_stays(district):
    load(known(phone="", place=""))
    said = own(district, *KEYS)
    assert (said["person.phone"], said["residence.committee"]) == ("13800001234", people.COMMITTEE_X)


def test_a_preview_tells_and_keeps_nothing(district):
    data = "\r\n".join([HEADINGS, NEW, known()]).encode()
    with scope.service():
        before = Person.objects.count(), Address.objects.count()
        report = importing.preview(data, Loading(source=POLICE))
        assert (report.new, report.changed, report.loaded) == (1, 1, False)
        assert (Person.objects.count(), Address.objects.count()) == before
        assert not Import.objects.exists()


def test_another_source_finds_the_person_by_number_and_name(district):
    with scope.service():
        sources.declare("civil", zh="民政登记", en="Civil affairs register", unit="440199-mz")
    row = f"H-1,2026-11-18,陈玉兰,{people.NUMBER_A},,丧偶,,,,,"
    data = "\r\n".join([HEADINGS, row]).encode("gb18030")
    with scope.service():
        assert importing.load(data, Loading(source="civil", matching=True)).changed == 1
        assert Person.objects.filter(name="陈玉兰").count() == 1
    assert own(district, "marriage.status") == {"marriage.status": "30"}
    with district.looking("citizen_a"):
        found = facts(district.subjects["A"], ["marriage.status", "person.phone"], purpose=Own())
    assert [str(fact.source) for fact in found.values()] == ["民政登记", "公安机关常住人口登记"]


def test_an_undone_file_leaves_everything_as_it_was(district):
    before = own(district, *KEYS)
    with clock.standing_at("2026-11-21T09:00"):
        load(NEW, known())
    with clock.standing_at("2026-11-22T09:00"), scope.service():
        (file,) = Import.objects.all()
        undone = importing.undo(file.id, because="文件取错了", by="account:1")
        assert (undone.fresh, undone.changed, undone.undone_because) == (1, 1, "文件取错了")
        with pytest.raises(NotHere):
            importing.undo(file.id, because="文件取错了", by="account:1")
    assert own(district, *KEYS) == before
    with district.looking("citizen_a"):
        fact = facts(district.subjects["A"], ["person.phone"], purpose=Own())["person.phone"]
    assert str(fact.source) == "公安机关常住人口登记"
    with scope.service():
        assert Person.objects.get(name="何小满").until == date(2026, 11, 22)
    assert load(NEW, known()).new == 1, "the same file can come again"


def test_whoever_changed_since_keeps_a_file_from_being_undone(district):
    with clock.standing_at("2026-11-21T09:00"):
        load(NEW, known())
    with clock.standing_at("2026-11-22T09:00"), scope.service():
        particulars.record(
            district.subjects["A"], {"school": "云津大学"}, on=date(2026, 11, 22), source=POLICE, source_record="S-9",
            by="account:1",
        )  # fmt: skip
        (file,) = Import.objects.all()
        for reason, words in (("文件取错了", "有 1 人在导入之后又有变动"), (" ", "撤销理由")):
            with pytest.raises(Refused, match=words):
                importing.undo(file.id, because=reason, by="account:1")
        assert Person.objects.get(name="何小满").until is None
        assert own(district, "education.school") == {"education.school": "云津大学"}


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        (5, "已婚吗", "代码表"),
        (7, "-1", "整数"),
        (7, "99999", "整数"),
        (8, "1.234", "金额"),
        (8, "NaN", "金额"),
    ],
)
def test_a_cell_that_cannot_be_is_named(district, cell, value, words):
    cells = known().split(",")
    cells[cell] = value
    report = load(NEW, ",".join(cells))
    assert not report.loaded
    assert (report.rejects[0].row, report.rejects[0].value) == (3, value)
    assert words in report.rejects[0].reason.zh
    with scope.service():
        assert not Particulars.objects.exists()


def test_one_bad_line_among_very_many_is_named_and_nobody_is_entered(district):
    rows = [f"M-{n},2026-11-18,张伟,,,10,,,,440199001001,云澜路{n}号" for n in range(2_000)]
    rows[1_500] = rows[1_500].replace(",10,", ",不知道,")
    began = time.monotonic()
    report = load(
        NEW.replace("何小满", "何大满"), *(row.replace("张伟,,", "张伟,440199195001010018,") for row in rows)
    )
    assert time.monotonic() - began < 60
    assert [reject.row for reject in report.rejects] == [1_503]
    with scope.service():
        assert not Person.objects.filter(name="何大满").exists()


def test_a_correction_after_an_import_is_still_a_correction(district):
    load(known())
    with clock.standing_at("2026-11-25T09:00"), scope.service():
        persons.correct(
            district.subjects["A"], "school", "云津大学", source=POLICE, because="登错", by="account:1"
        )
    assert own(district, "education.school") == {"education.school": "云津大学"}


def test_whom_one_only_sees_one_does_not_change(district):
    """The window of Y was admitted to A of X for a case; a file of hers still stops at her areas."""
    data = "\r\n".join([HEADINGS, known(place="")]).encode()
    with district.looking("clerk_y"):
        assert finding.exact("陈玉兰", people.NUMBER_A, purpose=Reason("核对信息"))
        with pytest.raises(Refused, match="不在您的辖区内"):
            importing.load(data.replace(b",,\r\n", b",\r\n"), Loading(source=POLICE, by="account:1"))
    assert own(district, "person.phone") == {"person.phone": "13800001234"}


def test_tables_that_somebody_else_made_are_not_taken_for_the_staging(district):
    """A view of that name could run its code with the owner's rights."""
    with scope.service(), pytest.raises(Exception, match="not the register's own"):
        with connection.cursor() as cursor:
            cursor.execute("discard temp")
            cursor.execute("create temporary view registry_ready as select 1::bigint as line")
        load(NEW)
