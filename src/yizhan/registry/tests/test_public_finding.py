"""Companies and places are found by whoever has a post; by representative only for a reason; nobody else finds any."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from yizhan.codes import uscc
from yizhan.identity import scope
from yizhan.journal.models import Access
from yizhan.registry import entities, public_finding
from yizhan.registry.models import Source
from yizhan.registry.purposes import Reason
from yizhan.registry.tests import people
from yizhan.registry.tests.conftest import POLICE


@pytest.fixture
def company(district):
    with scope.service():
        return entities.enter(
            uscc.make("91", "440199", "MA5D20YU"), "示例市榕荫街老茶楼餐饮有限公司", representative="梁伟棠",
            document=f"111:{people.NUMBER_B}",
            source=Source.objects.get(code=POLICE), as_of=date(2026, 1, 1),
            details=entities.Details(kind="有限责任公司", division="440199002003"),
        )  # fmt: skip


def found(district, who, words):
    with district.looking(who):
        return [one.name for one in public_finding.companies(words)]


def test_by_part_of_the_name_code_and_old_code(district, company):
    for words in ("老茶楼", "茶楼餐饮", "榕荫街 老茶楼", company.uscc, company.uscc[:9].lower(), company.uscc[8:17],
                  f"{company.uscc[8:16]}-{company.uscc[16]}"):  # fmt: skip
        assert found(district, "clerk_x", words) == [company.name], words
    for words in ("茶馆", "老", "", "%", "梁伟棠", "9144"):
        assert found(district, "clerk_x", words) == [], words


def test_who_has_no_post_finds_none(district, company):
    for who in ("citizen_a", "stranger", "nobody"):
        assert found(district, who, "老茶楼") == []


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("clerk_x", (None, None)),
        ("clerk_y", ("梁伟棠", "")),
        ("supervisor", ("梁伟棠", "")),
        ("security", ()),
    ],
)
def test_who_represents_it_and_where_it_sits_is_told_in_ones_areas_only(district, company, who, told):
    asked = "select representative, address from registry_search_entities(%s, false, %s, 8)"
    with district.looking(who), connection.cursor() as cursor:
        cursor.execute(asked, [company.uscc, False])
        assert cursor.fetchall() == ([told] if told else [])
        cursor.execute(asked, ["", True])
        assert cursor.fetchall() == ([told] if told and told[0] else []), "the list of one's areas"


def test_by_whom_it_is_represented_is_noted(district, company):
    with district.looking("clerk_x"):
        (one,) = public_finding.represented_by("梁伟棠", purpose=Reason("核对企业信息"))
        assert public_finding.represented_by("梁伟", purpose=Reason("核对企业信息")) == []
    line = Access.objects.get(action="search")
    assert (one.uscc, line.subjects, line.fields) == (company.uscc, [company.subject], ["representative"])


def test_places_by_their_words(district):
    with district.looking("clerk_x"):
        assert [one.text for one in public_finding.addresses("榕荫街12号")] == [
            "榕荫街12号之一2栋301房", "榕荫街12号之一2栋301房", "榕荫街12号之一2栋502房",
        ]  # fmt: skip
        assert public_finding.addresses("之") == public_finding.addresses("荫榕") == []
