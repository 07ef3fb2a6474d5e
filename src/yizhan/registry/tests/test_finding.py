"""Look-ups: both must match, so many a day, one answer for two ways to be wrong. Search in one's areas."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from yizhan.identity import scope
from yizhan.identity.actor import Actor
from yizhan.identity.faults import NotAllowed
from yizhan.journal.models import Access, News
from yizhan.registry import finding, links, persons
from yizhan.registry.facts import facts
from yizhan.registry.faults import Refused
from yizhan.registry.finding import Outcome
from yizhan.registry.models import AccountLink, Person
from yizhan.registry.purposes import ForCase, Own, Reason
from yizhan.registry.tests import people
from yizhan.registry.tests.conftest import POLICE

CASE = ForCase("440199-0001")
WRONG_NUMBER = people.number_of(people.TODAY.replace(year=1941), 22)


def match(district, who, name, number):
    account = district.accounts[who]
    with district.looking(who):
        return finding.match_real_name(account, name, number)


def test_no_such_number_and_another_name_get_one_answer_by_one_path(district):
    """Both end at the same leaf of one index: same outcome, same statements, same blocks read."""
    with district.looking("clerk_x"):
        assert finding.exact("陈玉兰", WRONG_NUMBER, purpose=CASE) == finding.exact(
            "陈玉竹", people.NUMBER_A, purpose=CASE
        )
    with scope.service(), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(
            "select from registry_identifier where document = '' and name_key = ''"
        )  # plans know the table
        plans = []
        for document, name in ((f"111:{WRONG_NUMBER}", "陈玉兰"), (f"111:{people.NUMBER_A}", "陈玉竹")):
            cursor.execute(
                """explain (analyze, buffers, costs off, timing off, summary off)
                   select person_id from registry_identifier where document = %s and name_key = %s""",
                [document, name],
            )
            plans.append([line.split("(")[0] for (line,) in cursor.fetchall() if "Cond" not in line])
    assert plans[0] == plans[1]
    assert "registry_identifier_known" in " ".join(plans[0])


def test_a_look_up_leaves_a_line_also_when_nobody_is_found(district):
    with district.looking("clerk_x"):
        finding.exact("陈玉竹", people.NUMBER_A, purpose=Reason("群众咨询"))
        finding.exact("陈玉兰", people.NUMBER_A, purpose=CASE)
    lines = {line.purpose: line for line in Access.objects.filter(action="search")}
    assert lines["reason:群众咨询"].subjects == []
    assert lines["case:440199-0001"].subjects == [district.subjects["A"]]
    assert lines["case:440199-0001"].fields == ["name", "id_number"]


def test_a_clerk_has_two_hundred_look_ups_a_day_and_failed_ones_count(district):
    with district.looking("clerk_x"):
        for _ in range(199):
            finding.exact("陈玉竹", people.NUMBER_A, purpose=CASE)
        assert finding.exact("陈玉兰", people.NUMBER_A, purpose=CASE)
        assert finding.exact("陈玉兰", people.NUMBER_A, purpose=CASE).outcome is Outcome.TOO_MANY
    with district.looking("clerk_y"):
        assert finding.exact("陈玉兰", people.NUMBER_A, purpose=CASE)


def test_a_citizen_who_knows_name_and_number_is_that_person_from_then_on(district):
    account = district.accounts["stranger"]
    found = match(district, "stranger", " 李志强", people.NUMBER_SON)
    assert found.subject == district.subjects["S"]
    account.refresh_from_db()
    assert (account.name, account.document_type, account.document_number) == (
        "李志强",
        "111",
        people.NUMBER_SON,
    )
    assert account.assurance == account.Assurance.MATCHED
    with district.looking("stranger"):
        assert links.person_of(account) == district.subjects["S"]
        assert facts(found.subject, ["person.name"], purpose=Own())["person.name"].value == "李志强"
    assert match(district, "stranger", "李志强", people.NUMBER_SON), "once more does no harm"
    with scope.service():
        assert AccountLink.objects.count() == 1


def test_a_citizen_who_is_wrong_five_times_has_to_wait_for_another_day(district):
    for _ in range(5):
        assert match(district, "stranger", "李志刚", people.NUMBER_SON).outcome is Outcome.NONE
    assert match(district, "stranger", "李志强", people.NUMBER_SON).outcome is Outcome.TOO_MANY
    account = district.accounts["stranger"]
    account.refresh_from_db()
    assert account.assurance == account.Assurance.PHONE
    with scope.service():
        assert not AccountLink.objects.exists()


def test_nobody_becomes_a_second_person_or_a_person_twice(district):
    assert match(district, "stranger", "李志强", people.NUMBER_SON)
    assert match(district, "stranger", "何永康", people.NUMBER_B).outcome is Outcome.TAKEN
    assert match(district, "citizen_b", "李志强", people.NUMBER_SON).outcome is Outcome.TAKEN


def test_nobody_becomes_somebody_who_died(district):
    with scope.service():
        persons.died(district.subjects["S"], people.TODAY, source=POLICE, source_record="D", by="house")
    assert match(district, "stranger", "李志强", people.NUMBER_SON).outcome is Outcome.NONE
    with district.looking("clerk_x"):
        assert finding.exact("李志强", people.NUMBER_SON, purpose=CASE), "heirs come to the window"


def test_only_the_account_that_is_signed_in_can_be_matched(district):
    with district.looking("stranger"), pytest.raises(ValueError, match="signed in"):
        finding.match_real_name(district.accounts["citizen_b"], "李志强", people.NUMBER_SON)


def test_at_the_window_an_account_gets_another_person(district):
    account = district.accounts["stranger"]
    match(district, "stranger", "李志强", people.NUMBER_SON)
    with district.scope_of("clerk_x") as clerk:
        links.link_at_window(account, district.subjects["A"], by=clerk)
    with district.scope_of("stranger"):
        assert [person.subject for person in Person.objects.all()] == [district.subjects["A"]]
    with scope.service():
        assert [link.until is None for link in AccountLink.objects.order_by("id")] == [False, True]
    assert News.objects.get(kind="person.linked").subject == district.subjects["A"]


def test_who_bore_a_persons_document_before_sees_nothing_of_hers_any_more(district):
    """An account that somebody opened with grandmother's number and phone, before she came to the window."""
    before, hers = district.accounts["citizen_a"], district.accounts["stranger"]
    with district.scope_of("citizen_a"):
        assert Person.objects.exists()
    with district.scope_of("clerk_x") as clerk:
        links.link_at_window(hers, district.subjects["A"], by=clerk)
    before.refresh_from_db()
    hers.refresh_from_db()
    assert (before.document_number, before.assurance) == ("", 0)
    assert (hers.document_number, hers.assurance) == (people.NUMBER_A, 2)
    with district.scope_of("citizen_a"):
        assert not Person.objects.exists()


def test_a_clerk_links_whom_she_may_see_and_never_herself(district):
    with district.scope_of("clerk_x") as clerk:
        for account, record in (("stranger", "B"), ("clerk_x", "A")):
            with pytest.raises(Refused), transaction.atomic():
                links.link_at_window(district.accounts[account], district.subjects[record], by=clerk)
    nobody = Actor(account_id=district.accounts["stranger"].pk, kind="citizen", name="")
    with district.scope_of("stranger"), pytest.raises(NotAllowed):
        links.link_at_window(district.accounts["stranger"], district.subjects["A"], by=nobody)


SEARCHES = {
    "陈": ["陈玉兰"],
    "玉兰": ["陈玉兰"],
    "chen": ["陈玉兰"],
    "chenyul": ["陈玉兰"],
    "cyl": ["陈玉兰"],
    "yulan": ["陈玉兰"],
    "CHEN yulan": ["陈玉兰"],
    "li": ["李志强"],
    "何永康": [],  # of the other sub-district
    "兰玉": [],
    "%": [],
    "'": [],
    "玉兰 & !陈": ["陈玉兰"],
    "": [],
    "\\": [],
}


@pytest.mark.parametrize(("words", "names"), SEARCHES.items())
def test_a_clerk_finds_names_in_characters_and_pinyin_inside_her_area(district, words, names):
    with district.looking("clerk_x"):
        assert [one.name for one in finding.search(words, purpose=Reason("核对信息"))] == names


def test_a_list_of_found_persons_is_sorted_short_masked_and_logged(district, enter):
    for record, name in (("1", "陈阿妹"), ("2", "陈宝珠"), ("3", "单雄信")):
        enter(record, name, born_on=people.TODAY.replace(year=1950), living=people.place(people.COMMITTEE_X))
    with district.looking("clerk_x"):
        found = finding.search("陈", purpose=Reason("核对信息"))
        assert [one.name for one in found] == ["陈阿妹", "陈宝珠", "陈玉兰"]
        assert len(finding.search("陈", purpose=Reason("核对信息"), limit=2)) == 2
        assert finding.search("shan", purpose=Reason("核对信息"))[0].name == "单雄信"
    grandmother = found[-1]
    assert grandmother.id_number == f"440199********{people.NUMBER_A[-4:]}"
    assert grandmother.born == "1941-**-**"
    line = Access.objects.get(action="search")
    assert set(line.subjects) >= {one.subject for one in found}
    assert line.purpose == "reason:核对信息"


@pytest.mark.parametrize("who", ["citizen_a", "stranger", "nobody", "admin"])
def test_search_is_for_staff_whose_post_opens_records(district, who):
    with district.looking(who):
        assert finding.search("陈", purpose=Reason("核对信息")) == []


@pytest.mark.parametrize("who", ["supervisor", "service"])
def test_who_sees_the_whole_district_finds_in_the_whole_district(district, who):
    with district.looking(who):
        assert [one.name for one in finding.search("he", purpose=Reason("核对信息"))] == ["何永康"]


def test_searches_count_like_look_ups_and_end_for_the_day(district):
    """A curious clerk cannot leaf through the district by names."""
    with district.looking("clerk_x"), transaction.atomic():
        for _search in range(150):
            finding.search("陈", purpose=Reason("核对信息"), limit=1)
        for _look_up in range(50):
            finding.exact("无此人", people.NUMBER_A, purpose=Reason("核对信息"))
        with pytest.raises(Refused, match="今天的查询次数已用完"):
            finding.search("陈", purpose=Reason("核对信息"))
        assert finding.exact("陈玉兰", people.NUMBER_A, purpose=Own()).outcome is Outcome.TOO_MANY
