"""An office enters what it answers for by hand, on a person's page: nothing else, once, with past and reason."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from yizhan.cases.tests.conftest import PERSONS, _number
from yizhan.desk.tests.conftest import give, words
from yizhan.identity import scope
from yizhan.identity.tests.browsers import browser_of
from yizhan.journal.models import Access
from yizhan.registry import sources
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models import HandEntry, Particulars, ParticularsHistory, Person, Residence, Source

_NAME, _BORN, _SERIAL, _WHERE = PERSONS["chen"]
NUMBER = _number(_BORN, _SERIAL)
WHY = {"reason": "核对婚姻登记材料"}
BECAUSE = "婚姻登记证 J440104-2026-000123"


@pytest.fixture
def chen(town):
    with scope.service():
        return f"/desk/register/persons/{Person.objects.get(name=_NAME).id}"


@pytest.fixture
def keeper(town):
    """An official of the sub-district whose unit answers for marriages and jobs only, beside the town's own source."""
    unit = town.people["clerk"].appointments.get().post.unit.code
    with scope.service():
        source = sources.declare("here", zh="本单位登记", en="Register of this office", unit=unit)
        source.categories = ["marriage", "employment"]
        source.save()
    give(town, "clerk", KEEPER, "area")
    return browser_of(town.people["clerk"])


def sent(**more) -> dict[str, str]:
    command = {"command": str(uuid.uuid4())}
    return WHY | {"act": "change", "because": BECAUSE, "on": "2026-10-01"} | command | more


def test_a_change_from_a_day_on_and_a_correction_keep_what_was(keeper, chen):
    page = f"{chen}/enter/marriage"
    first = words(keeper.post(page, WHY))
    assert 'name="new-marriage-status"' in first and "未婚" in first
    change = sent(**{"new-marriage-status": "10", "new-marriage-date": "2026-09-01"})
    done = words(keeper.post(page, change))
    assert "已登记" in done
    again = words(keeper.post(page, change))
    assert "已登记" in again, "the same command again is no error, and no second entry"
    with scope.service():
        row = Particulars.objects.get(person__name=_NAME)
        assert (row.marital_status, row.married_on) == ("10", date(2026, 9, 1))
        assert HandEntry.objects.count() == 1
    right = sent(act="correction", **{"new-marriage-status": "20"})
    words(keeper.post(page, right))
    with scope.service():
        row = Particulars.objects.get(person__name=_NAME)
        was = ParticularsHistory.objects.filter(person__name=_NAME).latest("id")
        assert row.marital_status == "20" and was.was["marital_status"] == "10" and was.valid_until is None
        assert {one.act for one in HandEntry.objects.all()} == {"change", "correction"}
    line = Access.objects.filter(action="enter").latest("id")
    assert line.purpose == f"reason:{BECAUSE}" and line.fields == ["marriage.status"]


def test_what_is_anothers_or_a_case_is_shown_with_whose_it_is_and_refused(keeper, chen):
    identity = words(keeper.post(f"{chen}/enter/identity", WHY))
    assert "按办件更正" in identity and 'name="new-person-name"' not in identity
    education = words(keeper.post(f"{chen}/enter/education", WHY))
    assert "本单位的数据来源不含这一类" in education
    forged = sent(**{"new-education-school": "云津大学", "new-person-name": "陈丽"})
    for category in ("education", "identity"):
        assert "没有填写" in words(keeper.post(f"{chen}/enter/{category}", forged), 422)
    with scope.service():
        assert not HandEntry.objects.exists() and Person.objects.filter(name=_NAME).exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"new-marriage-date": "昨天"}, "不是有效日期"),
        ({"new-marriage-status": "99x"}, "代码表"),
        ({"new-marriage-status": "10", "because": "?"}, "登记依据"),
        ({"new-marriage-status": "10", "on": "2026-12-31"}, "晚于今天"),
        ({"new-marriage-status": "10", "command": "x"}, "重新打开"),
        ({}, "没有填写"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_entered(keeper, chen, more, told):
    page = words(keeper.post(f"{chen}/enter/marriage", sent(**more)), 422)
    assert told in page
    with scope.service():
        assert not HandEntry.objects.exists()


def test_the_office_of_the_homes_enters_a_move(town, chen):
    with scope.service():
        police = Source.objects.get()
        police.unit = town.people["clerk"].appointments.get().post.unit.code
        police.save()
        division = Residence.objects.get(person__name=_NAME, kind="living").address.division
    give(town, "clerk", KEEPER, "area")
    keeper = browser_of(town.people["clerk"])
    moved = sent(
        on="2026-11-20", **{"new-residence-address": "榕荫街88号", "new-residence-address-division": division}
    )
    words(keeper.post(f"{chen}/enter/residence", moved))
    with scope.service():
        old, new = Residence.objects.filter(person__name=_NAME, kind="living").order_by("since")
        assert (old.until, new.address.full_text) == (date(2026, 11, 20), "榕荫街88号")


def test_others_do_not_come_in(town, as_, chen):
    give(town, "clerk", "platform.window_clerk", "area")
    assert as_("clerk").get(f"{chen}/enter/marriage").status_code == 403
    assert as_("clerk").get("/desk/register/persons/new").status_code == 403


class TestNewPersons:
    """Checked, doubts told first, kept with a wrong number, nobody twice by mistake."""

    PAGE = "/desk/register/persons/new"

    @pytest.fixture
    def typed(self, keeper):
        with scope.service():
            Source.objects.filter(code="here").update(categories=["identity", "household"])
            division = Residence.objects.get(person__name=_NAME, kind="living").address.division
        return {
            "source": "here", "name": "何小满", "id_number": _number("2026-10-02", 26), "division": division,
            "address": "榕荫街88号", "because": "出生医学证明 T440123456", "command": str(uuid.uuid4()),
        }  # fmt: skip

    def test_a_new_person_is_entered_once(self, keeper, typed):
        answer = keeper.post(self.PAGE, typed)
        assert answer.status_code == 302, answer.content.decode()[:3000]
        assert (
            keeper.post(self.PAGE, typed | {"sure": "yes"}).headers["Location"] == answer.headers["Location"]
        )
        with scope.service():
            person = Person.objects.get(name="何小满")
            assert (person.sex, person.born_on, person.id_ok) == ("2", date(2026, 10, 2), True)
            assert answer.headers["Location"].endswith(str(person.id))

    def test_a_wrong_number_is_doubted_then_kept_and_marked(self, keeper, typed):
        wrong = typed["id_number"][:-1] + ("0" if typed["id_number"][-1] != "0" else "1")
        page = words(keeper.post(self.PAGE, typed | {"id_number": wrong}))
        assert "校验码不符" in page and 'name="sure"' in page
        with scope.service():
            assert not Person.objects.filter(name="何小满").exists()
        assert keeper.post(self.PAGE, typed | {"id_number": wrong, "sure": "yes"}).status_code == 302
        with scope.service():
            person = Person.objects.get(name="何小满")
            assert (person.id_number, person.id_ok) == (wrong, False)

    @pytest.mark.parametrize("division", ["810000", "820000", "830000"])
    def test_a_residence_permit_of_hong_kong_macao_and_taiwan_is_told(self, keeper, typed, division):
        from yizhan.codes import identity_number  # noqa: PLC0415

        number = identity_number.make(division, date(1990, 5, 5), 21)
        assert "港澳台居民居住证" in words(keeper.post(self.PAGE, typed | {"id_number": number}))

    def test_who_bears_the_number_is_shown(self, keeper, typed, chen):
        page = words(keeper.post(self.PAGE, typed | {"id_number": NUMBER, "name": "陈某"}))
        assert chen in page and "********" in page and "同一人" in page

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"name": " "}, "请填写姓名"),
            ({"born": "?"}, "不是有效日期"),
            ({"division": ""}, "区划"),
            ({"division": "440104005001", "sure": "yes"}, "不在您的辖区"),
            ({"source": "elsewhere"}, "本单位负责"),
            ({"because": ""}, "登记依据"),
            ({"book_number": "1"}, "户号"),
        ],
    )
    def test_what_is_wrong_is_said_and_stays_typed(self, keeper, typed, more, told):
        page = words(keeper.post(self.PAGE, typed | more), 422)
        assert told in page and "榕荫街88号" in page
