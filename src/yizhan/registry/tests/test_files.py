"""Files of companies, buildings, grids and facilities: looked at, entered wholly or not at all, undone as it was before."""

from __future__ import annotations

import time
from datetime import date

import pytest

from yizhan import clock
from yizhan.codes import loading as codes_loading
from yizhan.codes import uscc
from yizhan.codes.models import Division
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Role, RoleGrant
from yizhan.registry import buildings, company_file, entity_changes, importing, sources
from yizhan.registry.entity_changes import Word
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.importing import Loading
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models import (
    Address,
    Building,
    Entity,
    EntityName,
    EntityProvenance,
    Facility,
    Grid,
    Import,
)
from yizhan.registry.tests import people

X = people.COMMITTEE_X
ONE, TWO = uscc.make("91", "440199", "MA000001"), uscc.make("91", "440199", "MA000002")
COMPANIES = (
    "统一社会信用代码,数据日期,企业名称,法定代表人（负责人）,法定代表人证件号码,登记状态,成立日期,注册资本,"
    "住所所在区划,住所（经营场所）,企业联系电话"
)


def company(code=ONE, name="示例云澜有限公司", day="2026-11-18", **more):
    told = {"who": "陈玉兰", "number": people.NUMBER_A, "state": "在营", "capital": "1000000.00", "where": X,
            "address": "榕荫街9号", "phone": "02081234567"} | more  # fmt: skip
    return (f"{code},{day},{name},{told['who']},{told['number']},{told['state']},2020-03-01,{told['capital']},"
            f"{told['where']},{told['address']},{told['phone']}")  # fmt: skip


@pytest.fixture(autouse=True)
def _register(district):
    codes_loading.load()
    with scope.service():
        sources.declare("reg", zh="登记簿", en="Register", unit="440199")


def load(kind, head, *rows, encoding="utf-8"):
    data = "\r\n".join([head, *rows, ""]).encode(encoding)
    with scope.service():
        return importing.load(data, Loading(source="reg", by="account:1", name="登记.csv", kind=kind))


def undo():
    with scope.service():
        file = Import.objects.latest("id")
        return importing.undo(file.id, because="文件取错了", by="account:1")


def test_companies_come_new_and_changed_and_an_undone_file_leaves_them_as_they_were(district):
    with clock.standing_at("2026-11-19T09:00"):
        report = load("companies", COMPANIES, company(), encoding="gb18030")
        assert (report.new, report.changed, report.same) == (1, 0, 0), report.rejects
    with clock.standing_at("2026-11-20T09:00"):
        told = company(name="示例新名有限公司", day="2026-11-20", address="榕荫街10号", phone="")
        report = load("companies", COMPANIES, told, company(TWO, "示例第二公司"))
        assert (report.new, report.changed) == (1, 1)
        assert load("companies", COMPANIES, told, company(TWO, "示例第二公司")).same == 2
        with scope.service():
            one = Entity.objects.get(uscc=ONE)
            assert (one.name, one.phone, one.as_of) == ("示例新名有限公司", "02081234567", date(2026, 11, 20))
            assert EntityName.objects.filter(entity=ONE, name="示例云澜有限公司").exists()
            importing.undo(Import.objects.latest("id").id, because="重复的文件", by="account:1")
            importing.undo(Import.objects.order_by("-id")[1].id, because="文件取错了", by="account:1")
    with scope.service():
        one = Entity.objects.get(uscc=ONE)
        assert (one.name, one.address, one.as_of) == ("示例云澜有限公司", "榕荫街9号", date(2026, 11, 18))
        assert not EntityName.objects.filter(entity=ONE, name="示例云澜有限公司").exists()
        assert EntityProvenance.objects.get(entity=ONE, source_record=ONE).as_of == date(2026, 11, 18)
        assert Entity.objects.get(uscc=TWO).left_on == date(2026, 11, 20)
    with district.looking("supervisor"):
        assert [line.uscc for line in company_file.search("")] == [ONE]
        with pytest.raises(NotHere):
            company_file.read(f"entity:{TWO}", purpose=company_file.public())
    with clock.standing_at("2026-11-21T09:00"):
        assert load("companies", COMPANIES, company(TWO, "示例第二公司")).new == 1, "it can come again"
    with district.looking("supervisor"):
        assert company_file.read(f"entity:{TWO}", purpose=company_file.public()).in_operation


def test_a_company_that_changed_since_keeps_its_file_from_being_undone(district):
    with clock.standing_at("2026-11-19T09:00"):
        load("companies", COMPANIES, company())
    with scope.service():
        entity_changes.changed(
            f"entity:{ONE}", {"phone": "1"}, on=date(2026, 11, 20), word=Word(source="reg", record="9")
        )
    with pytest.raises(Refused, match="有 1 家在导入之后又有变动"):
        undo()


def test_a_wrong_code_is_kept_and_marked_an_older_word_changes_nothing(district):
    assert load("companies", COMPANIES, company("91440199MA0000019X")).new == 1
    load("companies", COMPANIES, company())
    assert load("companies", COMPANIES, company(name="旧名", day="2026-01-01")).same == 1
    with scope.service():
        assert not Entity.objects.get(uscc="91440199MA0000019X").code_ok
        assert Entity.objects.get(uscc=ONE).name == "示例云澜有限公司"


def test_one_bad_line_among_a_hundred_thousand_is_named_and_nothing_is_entered(district):
    good = company("{}")
    rows = [good.replace("{}", f"MB{n:07d}") for n in range(99_999)]
    rows[77_000] = rows[77_000].replace(",在营,", ",好的,")
    began = time.monotonic()
    report = load("companies", COMPANIES, *rows)
    assert time.monotonic() - began < 90
    assert [(one.row, one.value) for one in report.rejects] == [(77_002, "好的")]
    with scope.service():
        assert not Entity.objects.exists()


def test_a_committee_that_is_no_more_is_named_with_what_it_became(district):
    known = {"kind": "committee", "source": "测试", "verified": True}
    ended = Division.objects.create(
        code="440199009009", name="旧街社区居委会", valid_to=date(2025, 6, 30), to_precision="day", **known
    )
    ended.successors.add(Division.objects.create(code=X, name="新街社区居委会", **known))
    report = load("companies", COMPANIES, company(where="440199009009"))
    (reject,) = report.rejects
    assert reject.value == "440199009009"
    assert "已于 2025-06-30 撤销" in reject.reason.zh and X in reject.reason.zh
    assert "ended on 2025-06-30" in reject.reason.en


def test_a_keeper_enters_only_what_lies_in_his_areas(district):
    post = district.accounts["clerk_x"].appointments.get().post
    data = "\r\n".join([COMPANIES, company()]).encode()
    with district.looking("clerk_x"), pytest.raises(Refused, match="不在您的辖区"):
        importing.load(data, Loading(source="reg", kind="companies"))
    RoleGrant.give(Role.objects.get(code=KEEPER), post, "area", by=HOUSE, reason="测试")
    with district.looking("clerk_x"):
        assert importing.load(data, Loading(source="reg", kind="companies")).new == 1
        file = Import.objects.latest("id")
    with district.looking("clerk_y"), pytest.raises(Refused, match="没有撤销"):
        importing.undo(file.id, because="文件取错了", by="account:1")
    with district.looking("clerk_x"):
        importing.undo(file.id, because="文件取错了", by="account:1")
    data = "\r\n".join([COMPANIES, company(), company(TWO, where=people.COMMITTEE_Y)]).encode()
    with district.looking("clerk_x"):
        report = importing.load(data, Loading(source="reg", kind="companies"))
        assert [reject.value for reject in report.rejects] == [people.COMMITTEE_Y]
        assert "不在您的辖区" in report.rejects[0].reason.zh
        none = "\r\n".join([COMPANIES, company(where="")]).encode()
        with pytest.raises(Refused, match="不在您的辖区"):
            importing.load(none, Loading(source="reg", kind="companies"))


BUILDINGS = "楼栋编码,数据日期,所在区划代码,路名,门牌号,栋号,层数,经度,纬度"
GRIDS = "网格编码,起始日期,所在区划代码,网格名称,轮廓"


def square(west):
    east = west + 0.01
    return f'"POLYGON(({west} 23.13, {east} 23.13, {east} 23.14, {west} 23.14, {west} 23.13))"'


def test_buildings_and_grids_come_and_go_together(district):
    with clock.standing_at("2026-11-18T09:00"):
        assert load("grids", GRIDS, f"G1,2026-01-01,{X},第一网格,{square(113.26)}").new == 1
        row = f"B1,2026-11-18,{X},榕荫街,12号之一,2栋,9,113.2650001,23.1350001"
        assert load("buildings", BUILDINGS, row).new == 1
        assert load("buildings", BUILDINGS, row).same == 1
    house = Building.objects.get(code="B1")
    assert house.grid == "G1"
    assert Address.objects.filter(estate=house).exists(), "the rooms that were known belong to it"
    with clock.standing_at("2026-11-19T09:00"):
        taller = row.replace(",9,", ",12,").replace("2026-11-18", "2026-11-19")
        report = load(
            "buildings", BUILDINGS, taller, f"B2,2026-11-19,{X},云澜路,1号,,3,113.2660001,23.1360001"
        )
        assert (report.new, report.changed) == (1, 1)
        undo()
    house.refresh_from_db()
    assert (house.floors, house.as_of) == (9, date(2026, 11, 18))
    assert Building.objects.get(code="B2").until == date(2026, 11, 19)
    with clock.standing_at("2026-11-20T09:00"):
        report = load("grids", GRIDS, f"G1,2026-06-01,{X},第一网格,{square(113.10)}")
        assert (report.new, report.changed) == (0, 1)
        house.refresh_from_db()
        assert house.grid_doubt == "uncovered"
        undo()
    house.refresh_from_db()
    assert (house.grid, Grid.objects.get(until=None).since) == ("G1", date(2026, 1, 1))


def test_a_building_placed_in_a_grid_anew_is_not_changed_but_one_that_ended_is(district):
    row = f"B1,2026-11-18,{X},榕荫街,12号之一,2栋,9,113.2650001,23.1350001"
    with clock.standing_at("2026-11-17T09:00"):
        load("grids", GRIDS, f"G1,2026-01-01,{X},第一网格,{square(113.26)}")
        load("buildings", BUILDINGS, row)
    with clock.standing_at("2026-11-18T09:00"):
        taller = load("buildings", BUILDINGS, row.replace(",9,", ",12,"))
        assert taller.changed == 1
    with clock.standing_at("2026-11-19T09:00"):
        load("grids", GRIDS, f"G1,2026-06-01,{X},第一网格,{square(113.10)}",
             f"G2,2026-06-01,{X},第二网格,{square(113.26)}")  # fmt: skip
        assert Building.objects.get(code="B1").grid == "G2"
    with clock.standing_at("2026-11-20T09:00"), scope.service():
        file = Import.objects.filter(kind="buildings").latest("id")
        importing.undo(file.id, because="文件取错了", by="account:1")
        house = Building.objects.get(code="B1")
        assert (house.floors, house.grid) == (9, "G2"), "as it was, and where it lies now"
        assert house.history.latest("id").state == {"floors": 12}
    load("buildings", BUILDINGS, f"B2,2026-11-18,{X},云澜路,1号,,3,,")
    with clock.standing_at("2026-11-21T09:00"):
        with scope.service():
            buildings.end("B2", on=date(2026, 11, 21), source="reg", by=HOUSE)
        with pytest.raises(Refused, match="有 1 栋在导入之后又有变动"):
            undo()


@pytest.mark.parametrize(
    ("kind", "head", "row", "words"),
    [
        ("buildings", BUILDINGS, f"B1,2026-11-18,{X},榕荫街,12号,,9,23.1350001,113.2650001", "国境"),
        ("buildings", BUILDINGS, f"B1,2026-11-18,{X},,,,9,,", "地址要素"),
        ("grids", GRIDS, f"G1,2026-01-01,{X},第一网格,圆的", "POLYGON"),
        ("grids", GRIDS, f"G1,2026-01-01,{X},第一网格,[[[113.1]]]", "POLYGON"),
        ("companies", COMPANIES, company(capital="很多"), "金额"),
        ("companies", COMPANIES, company(day="2026-12-31"), "晚于今天"),
    ],
)
def test_what_cannot_be_is_a_clear_reject(district, kind, head, row, words):
    report = load(kind, head, row)
    assert not report.loaded and words in report.rejects[0].reason.zh
    assert report.rejects[0].row == 2


def test_two_buildings_at_one_address_are_refused_as_a_whole(district):
    rows = [f"B{n},2026-11-18,{X},云澜路,1号,,3,," for n in (1, 2)]
    with pytest.raises(Refused, match="同一地址已有另一楼栋"):
        load("buildings", BUILDINGS, *rows)
    assert not Building.objects.exists()


FACILITIES = "设施编码,数据日期,设施类别,设施名称,所在区划代码,设施地址,开放时间,电话"


def test_facilities_come_with_their_hours_and_an_undone_file_restores_them(district):
    row = f"F1,2026-11-18,4,示例长者饭堂,{X},示例路2号,1-5 10:30-13:00 16:30-18:30; 6 10:30-13:00,02088880000"
    assert load("facilities", FACILITIES, row).new == 1
    assert Facility.objects.get().hours[:2] == [[1, "10:30", "13:00"], [1, "16:30", "18:30"]]
    assert load("facilities", FACILITIES, row).same == 1
    other = row.replace("02088880000", "02088881111").replace("2026-11-18", "2026-11-19")
    assert load("facilities", FACILITIES, other).changed == 1
    undo()
    assert (Facility.objects.get().phone, Facility.objects.get().as_of) == ("02088880000", date(2026, 11, 18))
    wrong = load("facilities", FACILITIES, row.replace("1-5 10:30-13:00", "工作日"))
    assert "开放时间应写成" in wrong.rejects[0].reason.zh


def test_the_template_of_each_register_is_read_by_it(district):
    for kind, register in importing.REGISTERS.items():
        head = importing.template(kind).decode("utf-8-sig").strip().split(",")
        assert len(head) == len(register.columns())
    with pytest.raises(NotHere):
        importing.template("nothing")
