"""One box: numbers, names, sounds, slips, telephones, addresses, and several at once; nobody outside of one's areas."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from yizhan.codes.models import Division
from yizhan.identity import scope
from yizhan.journal.models import Access
from yizhan.registry import correcting, deriving, finding, loading, persons, question
from yizhan.registry.mistypings import mistyped
from yizhan.registry.models import Person
from yizhan.registry.names import characters, sounding
from yizhan.registry.places import Place
from yizhan.registry.purposes import Reason
from yizhan.registry.tests import people
from yizhan.registry.tests.conftest import POLICE

WHY = Reason("核对信息")
A = people.NUMBER_A


def search(district, words: str, who: str = "clerk_x") -> list[str]:
    with district.looking(who), transaction.atomic():
        return [one.name for one in finding.search(words, purpose=WHY)]


FOUND = {
    A: "number", A.lower(): "number", f"{A[:6]} ": "", A[-6:]: "number", A[-8:]: "number",
    A[:6] + A[7] + A[6] + A[8:]: "near_number",
    A[:8] + ("9" if A[8] != "9" else "8") + A[9:]: "near_number",
    A[:9] + A[10:]: "near_number", A[:9] + "7" + A[9:]: "near_number",
    "13800001234": "phone",
    "陈玉兰": "exact", "陈玉": "part", "陈玉栏": "sound", "陈雨岚": "sound",
    "陈玉竹": "near", "王玉兰": "near", "陈大兰": "near",
    "chenyulan": "part", "chen yulan": "part", "yulan chen": "part", "cyl": "part",
    "cenyulan": "sound", "chengyulang": "sound", "chenyunan": "sound",
    "1941 陈玉": "part", "19410305 陈": "part", "1942 陈玉": "", "陈 榕荫街": "part", "榕荫街12号之一": "address",
    "陈 松涛巷": "", "何永康": "", people.NUMBER_B: "", people.NUMBER_B[-6:]: "", "13900005678": "", "陈 玉兰": "exact",
    "1941": "", "陈 12345678901234567890": "", "兰玉": "",
}  # fmt: skip


@pytest.mark.parametrize(("words", "how"), FOUND.items())
def test_by_all_that_is_known_of_her(district, words, how):
    with district.looking("clerk_x"):
        found = {one.name: one.how for one in finding.search(words, purpose=WHY)}
    assert found.get("陈玉兰", "") == how
    assert "何永康" not in found


def test_the_name_of_a_sub_district_beside_a_name_is_where_she_lives(district, enter):
    Division.objects.create(code="440199001000", name="东山街道", verified=False)
    enter("E", "陈玉莲", living=people.place(people.COMMITTEE_Y))
    assert search(district, "东山 chenyulan", "supervisor") == ["陈玉兰"]
    assert search(district, "chenyul", "supervisor") == ["陈玉兰", "陈玉莲"]
    assert search(district, "东山", "supervisor") == [], "alone it is a name, and nobody bears it"


def test_a_name_that_ends_like_a_road_is_a_name_first(district, enter):
    enter("1", "陈榕街", living=people.place(people.COMMITTEE_X))
    assert search(district, "陈榕街") == ["陈榕街"]
    assert search(district, "榕荫街") == ["陈榕街", "陈玉兰", "李志强"], "all of them live there"


def test_the_surest_come_first(district, enter):
    for record, name in (("1", "陈玉栏"), ("2", "陈玉竹"), ("3", "陈玉兰香")):
        enter(record, name, living=people.place(people.COMMITTEE_X))
    with district.looking("clerk_x"):
        found = finding.search("陈玉兰", purpose=WHY)
    assert [(one.name, one.how) for one in found] == [
        ("陈玉兰", "exact"), ("陈玉兰香", "part"), ("陈玉栏", "sound"), ("陈玉竹", "near"),
    ]  # fmt: skip


def test_a_former_name_is_found_however_it_came(district):
    with scope.service():
        persons.renamed(
            district.subjects["A"],
            "陈毓珍",
            on=date(2026, 1, 5),
            source=POLICE,
            source_record="r1",
            by="house",
        )
    assert search(district, "陈玉兰") == ["陈毓珍"]
    assert search(district, "chenyulan") == ["陈毓珍"]
    with scope.service():  # a file that says nothing of former names
        changed = people.entry("A", "陈毓真", living=people.place(people.COMMITTEE_X))
        loading.enter([changed], source=POLICE, updating=True)
    assert search(district, "陈玉兰") == ["陈毓真"]
    with scope.service():
        correcting.correct(
            district.subjects["A"], "former_name", "陈玉环", source=POLICE, because="登记有误", by="house"
        )
    assert search(district, "陈玉环") == ["陈毓真"]
    assert search(district, "yulan") == []


def test_every_character_of_names_is_told_with_how_often_it_stands_there(district, enter):
    before = characters()
    enter("1", "昇昇玥", living=people.place(people.COMMITTEE_X))
    with scope.service():
        persons.renamed(
            district.subjects["A"],
            "陈堃",
            on=date(2026, 1, 5),
            source=POLICE,
            source_record="r1",
            by="house",
        )
    found = characters()
    assert [found[one] - before[one] for one in "昇玥堃陈兰"] == [2, 1, 1, 1, 0], "the former name stays"


def test_a_right_number_leads_to_one_person_and_to_no_slip(district, enter):
    near = A[:6] + A[7] + A[6] + A[8:]
    enter("1", "陈近似", id_number=near, living=people.place(people.COMMITTEE_X))
    assert search(district, A) == ["陈玉兰"]
    assert search(district, near) == ["陈近似"]


class TestOutside:
    """Who is outside of one's areas changes nothing that one can see."""

    @pytest.mark.parametrize(
        "words", ["何永康", people.NUMBER_B, "heyongkang", "何永", "13900005678", "何永糠"]
    )
    def test_none_and_some_give_one_answer_one_count_and_one_line(self, district, words):
        nobody = {"何永康": "罗永康"}.get(words, "罗永寿" if not words[0].isascii() else words[:-1] + "9")
        for wanted in (words, nobody):
            assert search(district, wanted) == []
        lines = Access.objects.filter(action="search").order_by("id")
        assert {(str(line.subjects), str(line.fields), line.purpose) for line in lines} == {
            ("[]", "['name', 'sex', 'born', 'id_number']", str(WHY))
        }

    def test_the_list_is_as_long_and_in_the_same_order(self, district, enter):
        enter("1", "陈玉莲", living=people.place(people.COMMITTEE_X))
        before = search(district, "陈玉")
        for number in range(30):
            enter(f"out{number}", "陈玉兰", living=people.place(people.COMMITTEE_Y))
        assert search(district, "陈玉") == before
        assert search(district, "陈玉栏") == ["陈玉兰", "陈玉莲"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhangsheng", "zansen"), ("lan", "nan"), ("lin", "ling"), ("chenyulan", "cenyulang"), ("lv", "lu")],
)
def test_what_southern_ears_confuse_sounds_alike(one, other):
    assert sounding(one) == sounding(other)


def test_a_slip_is_one_digit_two_neighbours_one_too_few_or_too_many():
    near = mistyped(A)
    assert A not in near
    assert len(near) <= 18 * 10 + 17
    assert A in mistyped(A[:3] + A[4:])
    assert mistyped("12345") == []


@pytest.mark.parametrize(
    "words", ["'", "\\", "' | 'a", "a':*", "陈'玉", "&!|", "😀", "a" * 500, "{", "~", "%_"]
)
def test_no_words_break_the_search(district, words):
    assert search(district, words) == [] or "陈" in words


def test_all_that_is_derived_is_worked_out_again(district):
    with scope.service():
        Person.objects.update(name_sort="", name_tokens="")
        assert search(district, "陈玉兰") == []
    assert [counts for _last, *counts in deriving.all_again()] == [[3, 3]]
    assert [counts for _last, *counts in deriving.all_again()] == [[3, 0]]
    assert search(district, "chenyulan") == ["陈玉兰"]


def test_a_place_without_a_number(district, enter):
    there = Place(division=people.COMMITTEE_X, full_text="白鹤洞旧码头")
    enter("F", "林白鹤", living=there)
    assert search(district, "白鹤") == ["林白鹤"]
    assert question.read("旧码头3号").address == "旧码头3号"
