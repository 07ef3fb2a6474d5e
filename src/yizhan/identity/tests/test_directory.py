"""The directory comes from files: all rows are looked at, and all of a file is loaded or nothing."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.codes import uscc
from yizhan.identity import directory, rights
from yizhan.identity.actor import HOUSE
from yizhan.identity.directory import cells, reading
from yizhan.identity.directory.kinds import UNITS as UNIT_FILE
from yizhan.identity.directory.report import Words, harmless
from yizhan.identity.faults import NotAllowed
from yizhan.identity.models import Account, Appointment, Post, Unit
from yizhan.journal.models import News

pytestmark = pytest.mark.django_db

CREDIT_CODE = uscc.make("11", "440199", "00000001")
UNITS = f"""单位代码,单位名称,英文名称,简称,单位类型,上级单位代码,区划代码,统一社会信用代码,排序
440199-mz-fw,养老服务科,,,内设机构,440199-mz,440199000000,,1
440199-mz,示例区民政局,Civil Affairs Bureau,民政局,部门,440199,440199000000,{CREDIT_CODE},20
440199,示例区人民政府,,,人民政府,,440199000000,,1
440199-bj,北街街道办事处,,北街,subdistrict,440199,440199001000,,50
"""
POSTS = """unit,code,title,title_en,grade,is_head
440199-mz,head,局长,Director,正处级,是
440199-mz-fw,clerk,科员,Clerk,,否
"""
STAFF = """用户名,姓名,单位代码,岗位代码,任职类型,手机号码,电子邮箱
wang.wu,王五,440199-mz,head,主职,139 0000 0001,
li.si,李四,440199-mz-fw,clerk,,,li.si@example.org
li.si,李四,440199-mz,head,兼任,,li.si@example.org
"""


def loaded(kind: str, text: str, *, encoding: str = "utf-8"):
    return directory.load(kind, text.encode(encoding), by=HOUSE)


def counts(report) -> tuple[int, int, int]:
    return report.new, report.changed, report.same


def reasons(report) -> list[tuple[int, str, str]]:
    return [(reject.row, reject.column, reject.reason.zh) for reject in report.rejects]


@pytest.fixture
def all_three() -> None:
    for kind, text in (("units", UNITS), ("posts", POSTS), ("staff", STAFF)):
        report = loaded(kind, text)
        assert report.rejects == []
        assert report.loaded


def test_three_files_make_a_directory(all_three):
    assert Unit.objects.get(code="440199-mz-fw").path == "440199/440199-mz/440199-mz-fw/"
    assert Unit.objects.get(code="440199-mz").uscc == CREDIT_CODE
    assert Post.objects.get(code="head").is_head
    actor = rights.actor_in(Account.objects.get(username="wang.wu"))
    assert (actor.post_title, actor.unit) == ("局长", "440199-mz")
    assert Account.objects.get(username="wang.wu").phone == "13900000001"
    second = Account.objects.get(username="li.si")
    assert sorted(second.appointments.values_list("kind", flat=True)) == ["concurrent", "main"]
    assert News.objects.filter(kind="directory.loaded").count() == 3


def test_the_same_files_again_change_nothing(all_three):
    news = News.objects.count()
    for kind, text, rows in (("units", UNITS, 4), ("posts", POSTS, 2), ("staff", STAFF, 3)):
        assert counts(loaded(kind, text)) == (0, 0, rows)
    assert News.objects.count() == news + 3, "only that the files were loaded"


def test_a_changed_file_changes_what_differs(all_three):
    moved = UNITS.replace("养老服务科,,,内设机构,440199-mz", "养老和儿童科,,,内设机构,440199")
    assert counts(loaded("units", moved)) == (0, 1, 3)
    unit = Unit.objects.get(code="440199-mz-fw")
    assert (unit.name, unit.path) == ("养老和儿童科", "440199/440199-mz-fw/")
    assert counts(loaded("posts", POSTS.replace("正处级", "副处级"))) == (0, 1, 1)
    assert counts(loaded("staff", STAFF.replace("139 0000 0001", "139 0000 0002"))) == (0, 1, 2)


def test_a_preview_says_the_same_and_changes_nothing():
    report = directory.preview("units", UNITS.encode(), by=HOUSE)
    assert counts(report) == (4, 0, 0)
    assert not report.loaded
    assert not Unit.objects.exists()
    assert not News.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_the_encodings_that_offices_use(encoding):
    assert counts(loaded("units", UNITS, encoding=encoding)) == (4, 0, 0)
    assert Unit.objects.get(code="440199-bj").name == "北街街道办事处"


def test_every_wrong_cell_is_named_and_nothing_is_loaded():
    wrong = """code,name,kind,parent,division,uscc,sort,valid_from
440199,示例区人民政府,government,,440199000000,,,
a_b,坏代码,department,440199,,,,
440199-x,,department,440199,123,91440199MA00000000,first,2026-02-30
440199-y,不知何类,bureau,440199,,,,
440199-z,无上级,department,nowhere,,,,
440199,又一个,department,,,,,
"""
    report = loaded("units", wrong)
    assert reasons(report) == [
        (3, "单位代码", "代码只能由字母、数字和连字符组成，最长 40 位"),
        (4, "单位名称", "必填项是空的"),
        (4, "区划代码", "区划代码应为 12 位数字"),
        (4, "统一社会信用代码", "统一社会信用代码不正确，请对照证照核对"),
        (4, "排序", "应为整数"),
        (4, "成立日期", "不是有效日期，请写成 2026-11-20"),
        (5, "单位类型", "应为其中之一：government, department, subdistrict, committee, section, window"),
        (6, "单位代码", "单位 nowhere 不存在或已撤销"),
        (7, "code", "与第 2 行重复"),
    ]
    assert not report.loaded
    assert not Unit.objects.exists()


def test_what_the_verbs_refuse_is_told_with_its_row(all_three):
    report = loaded(
        "staff", STAFF + "zhao.liu,赵六,440199-mz,nothing,,,\nwang.wu,王五,440199-mz-fw,clerk,,,\n"
    )
    assert [(row, zh) for row, _column, zh in reasons(report)] == [
        (5, "单位 440199-mz 没有岗位 nothing"),
        (6, "王五 在此期间已有主职，请先办理免职或按兼任登记"),
    ]
    assert not Account.objects.filter(username="zhao.liu").exists()
    assert Appointment.objects.count() == 3


def test_units_in_a_circle_are_refused():
    report = loaded("units", "code,name,kind,parent\na,甲,department,b\nb,乙,department,a\n")
    assert len(report.rejects) == 2
    assert not Unit.objects.exists()


def test_the_rejects_are_a_file_in_both_languages_without_formulas():
    report = loaded("units", "code,name,kind\n=cmd|calc,甲,department\n")
    text = report.rejects_csv().decode("utf-8-sig")
    (head, row) = csv.reader(io.StringIO(text))
    assert head == ["行号", "列", "内容", "原因", "reason"]
    assert row[:3] == ["2", "单位代码", "'=cmd|calc"]
    assert row[3].startswith("代码只能由")
    assert row[4]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x" * (reading.LARGEST + 1), "10 MB"),
        (b"\xff\xfe\x00\x00\xff", "编码"),
        (b"", "缺少列"),
        ("单位代码,单位名称,单位类型\n".encode(), "没有数据"),
        ("单位代码,单位名称\nx,y\n".encode(), "缺少列：单位类型"),
        (b"code,name,kind,color\nx,y,department,red\n", "不认识的列：color"),
        ("code,name,kind,单位名称\nx,y,department,z\n".encode(), "列重复：name"),
        (b'code,name,kind\n"x,y,department\n', "不是有效的 CSV"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(data, words):
    with pytest.raises(directory.FileRefused, match=words):
        directory.load("units", data, by=HOUSE)


def test_empty_lines_and_tabs_from_a_spreadsheet_do_no_harm():
    text = "code\tname\tkind\t\n\t\t\t\nx1\t甲局\tdepartment\t\n"
    report = loaded("units", text)
    assert (report.rows, report.new) == (1, 1)


def test_a_row_is_counted_as_the_spreadsheet_counts():
    report = loaded("units", "code,name,kind\nx1,甲,department\n,,\n,丙,department\n")
    assert [row for row, *_ in reasons(report)] == [4]


def test_only_the_system_administrator_imports(person, post):
    account = person("li.si")
    post("440199-mz", clerk="own_unit").appoint(account, by=HOUSE)
    with pytest.raises(NotAllowed):
        directory.preview("units", UNITS.encode(), by=rights.actor_in(account))


def test_an_empty_form_can_be_had_and_is_understood():
    form = directory.template("staff").decode("utf-8-sig")
    assert form.startswith("用户名,姓名,单位代码,岗位代码")
    with pytest.raises(directory.FileRefused, match="没有数据"):
        directory.load("staff", directory.template("staff"), by=HOUSE)


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_refused(data):
    try:
        rows = reading.rows_of(b"code,name,kind\n" + data, UNIT_FILE.columns)
    except directory.FileRefused:
        return
    for reject in reading.read_cells(rows, UNIT_FILE.columns):
        assert isinstance(reject.reason, Words)


@given(st.text(max_size=20))
def test_no_cell_of_the_rejects_is_a_formula(cell):
    assert not harmless(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("typed", "read"), [("2026-11-20", "2026-11-20"), ("2026/1/2", "2026-01-02"), ("20261120", "2026-11-20")]
)
def test_days_are_read_as_people_write_them(typed, read):
    assert str(cells.day(typed)) == read


def test_names_lose_what_nobody_sees():
    report = loaded("units", UNITS.replace("养老服务科", "养老\u202e服\u200b务科"))
    assert report.rejects == []
    assert Unit.objects.get(code="440199-mz-fw").name == "养老服务科"


def test_a_file_that_no_table_of_text_can_hold_is_refused():
    with pytest.raises(reading.FileRefused, match="无法识别文件编码"):
        loaded("units", UNITS.replace("养老服务科", "养老\0服务科"))
    with pytest.raises(reading.FileRefused, match="无法识别文件编码"):
        loaded("units", UNITS, encoding="utf-16")


def test_a_file_may_hold_units_a_thousand_levels_deep():
    lines = [f"D{level},单位,内设机构,{f'D{level - 1}' if level else ''}" for level in range(1_100, -1, -1)]
    report = directory.preview(
        "units", "\n".join(["单位代码,单位名称,单位类型,上级单位代码", *lines]).encode(), by=HOUSE
    )
    assert report.rows == 1_101
    assert "单位层级过多，请放到更高的上级之下" in {reject.reason.zh for reject in report.rejects}
