"""The tree of units: founded, moved, renamed, closed; nothing is deleted and no circle is made."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yizhan import clock
from yizhan.identity import rights
from yizhan.identity.actor import HOUSE
from yizhan.identity.faults import NotAllowed, Refused
from yizhan.identity.models import Unit
from yizhan.identity.models.unit import division_prefix
from yizhan.journal.models import News

pytestmark = pytest.mark.django_db


def paths() -> dict[str, str]:
    return dict(Unit.objects.values_list("code", "path"))


def test_a_path_names_every_unit_above(district):
    assert paths()["440199-mz-fw"] == "440199/440199-mz/440199-mz-fw/"


def test_moving_a_unit_moves_all_below_it_and_nothing_else(district):
    district["440199-mz"].move(district["440199-rs"], by=HOUSE)
    assert paths()["440199-mz-fw"] == "440199/440199-rs/440199-mz/440199-mz-fw/"
    assert paths()["440199-rs"] == "440199/440199-rs/"
    assert Unit.objects.get(code="440199-mz").parent_id == "440199-rs"
    assert News.objects.get(kind="unit.moved").data == {"was": "440199", "parent": "440199-rs"}


def test_a_unit_whose_code_merely_begins_alike_does_not_move_along(district):
    Unit(code="440199-mz2", name="别的局", kind="department", parent=district["440199"]).found(by=HOUSE)
    district["440199-mz"].move(district["440199-rs"], by=HOUSE)
    assert paths()["440199-mz2"] == "440199/440199-mz2/"


@pytest.mark.parametrize("below", ["440199-mz", "440199-mz-fw"])
def test_a_unit_cannot_be_moved_below_itself(district, below):
    before = paths()
    with pytest.raises(Refused, match="自己或其下级"):
        district["440199-mz"].move(district[below], by=HOUSE)
    assert paths() == before


def test_a_unit_can_become_a_root(district):
    district["440199-bj"].move(None, by=HOUSE)
    assert paths()["440199-bj-01"] == "440199-bj/440199-bj-01/"


def test_a_renamed_unit_keeps_its_old_name_in_the_journal(district):
    district["440199-mz"].rename("示例区民政和社会工作局", by=HOUSE, name_en="Civil Affairs")
    news = News.objects.get(kind="unit.renamed")
    assert (news.subject, news.data["was"]) == ("unit:440199-mz", "示例区民政局")


def test_a_unit_with_open_units_below_it_cannot_be_closed(district):
    with pytest.raises(Refused, match="下级单位"):
        district["440199-mz"].close(by=HOUSE)


def test_a_unit_with_somebody_in_a_post_cannot_be_closed(district, post, person):
    post("440199-rs").appoint(person("li.si"), by=HOUSE)
    with pytest.raises(Refused, match="在任"):
        district["440199-rs"].close(by=HOUSE)


def test_a_closed_unit_is_still_there_and_open_no_more_from_the_next_day(district):
    last = clock.today()
    district["440199-rs"].close(by=HOUSE, on=last)
    assert Unit.objects.open().filter(code="440199-rs").exists()
    assert not Unit.objects.open(last + timedelta(days=1)).filter(code="440199-rs").exists()
    assert Unit.objects.filter(code="440199-rs").exists()


def test_no_unit_is_founded_under_a_closed_one(district):
    Unit.objects.filter(code="440199-rs").update(
        valid_from=clock.today() - timedelta(days=9), valid_to=clock.today() - timedelta(days=1)
    )
    with pytest.raises(Refused, match="已撤销"):
        Unit(code="x1", name="新科", kind="section", parent=district["440199-rs"]).found(by=HOUSE)


@pytest.mark.parametrize("code", ["", "a_b", "a/b", "a%", "街道", "-a", "x" * 41])
def test_codes_are_letters_digits_and_hyphens(district, code):
    with pytest.raises(Refused, match="单位代码"):
        Unit(code=code, name="新科", kind="section").found(by=HOUSE)


def test_a_code_is_given_once(district):
    with pytest.raises(Refused, match="已被使用"):
        Unit(code="440199", name="又一个", kind="government").found(by=HOUSE)


def test_only_the_system_administrator_changes_units(district, post, person):
    clerk = person("wang.wu")
    post("440199-mz").appoint(clerk, by=HOUSE)
    with pytest.raises(NotAllowed):
        district["440199-rs"].rename("别名", by=rights.actor_in(clerk))


@pytest.mark.parametrize(
    ("division", "prefix"),
    [
        ("440199001001", "440199001001"),
        ("440199001000", "440199001"),
        ("440199000000", "440199"),
        ("440100000000", "4401"),
        ("440000000000", "44"),
        ("", ""),
    ],
)
def test_a_division_s_significant_beginning(division, prefix):
    assert division_prefix(division) == prefix
