"""A role names the categories of a person's file that it shows; what it does not name is not there, whoever asks how."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from yizhan import clock
from yizhan.identity import roles, scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Role, RoleGrant
from yizhan.registry import acts, events, file, finding, particulars, persons, sight
from yizhan.registry.catalogue import CATEGORIES, CATEGORY_OF
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.purposes import ForCase, Own, Reason
from yizhan.registry.tests import people
from yizhan.registry.tests.conftest import POLICE

WHY = Reason("核对信息")
SAID = {
    "marriage": ("marital_status", "20"), "education": ("school", "云津大学"), "employment": ("position", "教师"),
    "assistance": ("assistance_kind", "1"), "health": ("family_doctor", "云津社区医院"),
    "floating": ("residence_permit", "R-1"),
}  # fmt: skip
KEY = {"marriage": "marriage.status", "education": "education.school", "employment": "employment.position",
       "assistance": "assistance.kind", "health": "health.family_doctor", "floating": "floating.permit"}  # fmt: skip


@pytest.fixture
def subject(district):
    """A, of whom something is known in many categories, and was otherwise before."""
    subject = district.subjects["A"]
    with scope.service():
        for day in (date(2026, 11, 1), date(2026, 11, 10)):
            told = dict(SAID.values()) | {"school": f"云津大学{day.day}"}
            particulars.record(
                subject, told, on=day, source=POLICE, source_record=f"P{day.day}", by="account:1"
            )
        persons.moved(
            subject, people.place(people.COMMITTEE_X, "999房"), on=date(2026, 11, 12), source=POLICE,
            source_record="M1", by="account:1",
        )  # fmt: skip
    return subject


def limited(district, who, *given):
    """Give somebody's post only roles with these lists of categories; none in a list shows all."""
    post = district.accounts[who].appointments.get().post
    post.grants.update(ended_at=clock.now())
    for number, categories in enumerate(given):
        role = Role.objects.create(
            code=f"test.r{number}", pack="test", title_zh="测试", title_en="Test", categories=list(categories)
        )
        RoleGrant.give(role, post, "area", by=HOUSE, reason="测试")


MATRIX = [
    ([["health"]], ["health"]),
    ([["identity", "household", "residence"]], ["identity", "household", "residence"]),
    ([["health"], ["assistance", "health"]], ["assistance", "health"]),
    ([["health"], []], list(CATEGORIES)),
    ([["nothing_of_the_kind"]], []),
    ([[]], list(CATEGORIES)),
]


@pytest.mark.parametrize(("given", "seen"), MATRIX)
def test_what_a_post_sees_is_what_its_roles_name_together(district, subject, given, seen):
    limited(district, "clerk_x", *given)
    with district.looking("clerk_x"):
        assert list(sight.shown()) == seen
        assert [one.name for one in file.read(sight.look(subject, purpose=WHY)).categories] == seen
        told = facts(subject, KEY.values(), purpose=WHY)
        assert {name for name, key in KEY.items() if told[key].value is not None} == set(KEY) & set(seen)
        happened = {events.CATEGORY[one.kind] for one in events.of(sight.look(subject, purpose=WHY))}
        assert happened == {"residence"} & set(seen)
        titles = {one.title for one in file.earlier(sight.look(subject, purpose=WHY))}
        may = {file.title_of(key) for key, name in CATEGORY_OF.items() if name in seen}
        assert titles <= may
        assert ("学校" in titles) == ("education" in seen) and ("居住地址" in titles) == ("residence" in seen)
        for name in CATEGORIES:
            if name in seen:
                file.category(sight.look(subject, purpose=WHY), name)
            else:
                with pytest.raises(NotHere):
                    file.category(sight.look(subject, purpose=WHY), name)


def test_what_is_not_shown_is_not_unmasked_either(district, subject):
    limited(district, "clerk_x", ["health"])
    with district.looking("clerk_x"):
        with pytest.raises(Refused, match="没有查询人员信息的权限"):
            acts.unmask(subject, ["marriage"], purpose=WHY)
        with pytest.raises(Refused, match="没有查询人员信息的权限"):
            acts.unmask(subject, ["health", "marriage"], purpose=WHY)
        acts.unmask(subject, ["health"], purpose=WHY)
        told = facts(subject, ["health.family_doctor", "marriage.status"], purpose=WHY)
        assert [one.value for one in told.values()] == ["云津社区医院", None]


def test_a_case_opens_what_it_needs_but_the_file_stays_as_the_role_says(district, subject):
    limited(district, "clerk_x", ["health"])
    with district.looking("clerk_x"):
        assert finding.exact("陈玉兰", people.NUMBER_A, purpose=ForCase("440199-0001"))
        told = facts(subject, ["marriage.status"], purpose=ForCase("440199-0001"))["marriage.status"]
        assert (told.value, told.masked) == ("20", False), "what the form of a case asks for"
        seen = file.read(sight.look(subject, purpose=ForCase("440199-0001"))).categories
        assert [one.name for one in seen] == ["health"]


ASKED = ("13800001234", "榕荫街12号之一", "陈 榕荫街")
"""By telephone, by where she lives, by a name and where she lives."""
ANSWERED = [
    (["identity"], ()),
    (["identity", "household"], ASKED[1:]),
    (["identity", "residence"], ASKED),
    ([], ASKED),
]


@pytest.mark.parametrize(("shown", "answered"), ANSWERED)
def test_a_search_answers_no_question_about_what_a_post_does_not_see(district, shown, answered):
    limited(district, "clerk_x", shown)
    with district.looking("clerk_x"):
        for words in ASKED:
            if words in answered:
                assert "陈玉兰" in {one.name for one in finding.search(words, purpose=WHY)}
            else:
                with pytest.raises(Refused, match="无权查看住址和联系电话"):
                    finding.search(words, purpose=WHY)
        named = finding.search("陈玉兰", purpose=WHY)
        assert [bool(one.living_division) for one in named] == [not shown or "residence" in shown]


def test_who_lives_in_a_committee_is_not_told_to_a_post_that_sees_no_residences(district):
    limited(district, "clerk_x", ["identity", "household"])
    with district.looking("clerk_x"), pytest.raises(Refused, match="无权查看住址和联系电话"):
        finding.living_in(people.COMMITTEE_X, purpose=WHY)


def test_residents_and_the_house_are_not_limited(district, subject):
    with district.looking("citizen_a"):
        assert len(file.read(sight.look(subject, purpose=Own())).categories) == len(CATEGORIES)
    with district.looking("security"):
        assert sight.shown() == (), "an administrator opens no file"
    with scope.service(), connection.cursor() as cursor:
        cursor.execute("select registry_shown()")
        assert cursor.fetchone() == (None,)


def test_the_platform_names_categories_that_there_are(district):
    assert {name for one in roles.platform_roles().values() for name in one.categories} <= set(CATEGORIES)
