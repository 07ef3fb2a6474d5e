"""A case is rated once, after its end, by whom it concerns, and counted in the same moment."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from yizhan import clock
from yizhan.cases.mine import by_number
from yizhan.cases.models import Case
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.voice import rating
from yizhan.voice.grades import Grade
from yizhan.voice.models import Rating, Redress, Tally
from yizhan.voice.refusals import AlreadyRated, NotYours, Refused
from yizhan.voice.tally import tally
from yizhan.voice.tests.conftest import rate


def test_the_applicant_rates_the_case(town, number):
    given = rate(town, "chen", number, 5, remarks=["easy", "fast", "easy"], words=" 很方便。 ")
    assert (given.grade, given.remarks, given.words) == (5, ["fast", "easy"], "很方便。")
    assert (given.case_status, given.channel, given.unit) == ("closed", "web", "440104-mz")
    assert Grade(given.grade).label == "非常满意"
    news = News.objects.get(kind="voice.rated")
    assert (news.subject, news.data["grade"], news.data["item"]) == (f"case:{number}", 5, "elderly_allowance")


def test_a_second_rating_is_refused_and_changes_nothing(town, number):
    rate(town, "chen", number, 5)
    with pytest.raises(AlreadyRated, match="已经评价过了"):
        rate(town, "chen", number, 1)
    with scope.service():
        assert Rating.objects.get().grade == 5
        assert not Redress.objects.exists()
    assert tally("elderly_allowance").all == 1


def test_of_two_who_rate_at_once_one_counts(town_committed):
    number = town_committed.apply("chen")
    barrier, told = threading.Barrier(2), []

    def rates():
        with clock.standing_at("2026-11-20T10:00"):
            barrier.wait(10)
            try:
                rate(town_committed, "chen", number, 1)
                told.append("rated")
            except AlreadyRated:
                told.append("refused")
        connection.close()

    threads = [threading.Thread(target=rates) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["rated", "refused"]
    assert tally("elderly_allowance").all == 1
    with scope.service():
        assert Redress.objects.count() == 1


def test_a_case_that_goes_on_is_not_rated(town):
    number = town.apply("chen", other_allowance=True)
    with pytest.raises(Refused, match="尚未办结"):
        rate(town, "chen", number, 5)


@pytest.mark.parametrize("who", ["wang", "clerk", "approver"])
def test_nobody_rates_anothers_case(town, handled, who):
    with pytest.raises(NotYours):
        rate(town, who, handled, 5)
    assert tally().all == 0


def test_number_and_last_four_show_a_case_and_do_not_let_one_rate_it(town, number):
    with transaction.atomic():
        case = by_number(number, "1234")
        assert case is not None
        with pytest.raises(NotYours):
            rating.rate(case, 1, by=None)


def test_the_house_itself_does_not_rate(town, number):
    with scope.service(), pytest.raises(NotYours):
        rating.rate(Case.objects.get(number=number), 5, by=None)


@pytest.mark.parametrize("who", ["wang", "approver"])
def test_the_database_refuses_a_rating_that_passed_by_the_verb(town, handled, who):
    case = town.case(handled)
    forged = Rating(
        case=case, case_number=handled, case_status="closed", item=case.item_id, unit=case.unit, grade=5,
        channel="web", by="account:1", at=clock.now(),
    )  # fmt: skip
    with town.acting(who), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        forged.save(force_insert=True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"grade": 0}, "请选择满意程度"),
        ({"grade": 6}, "请选择满意程度"),
        ({"words": "长" * 501}, "现有 501 字"),
        ({"remarks": ["<script>"]}, "标签有误"),
    ],
)
def test_what_is_not_well_formed_is_refused_in_words(town, number, more, words):
    with pytest.raises(Refused, match=words):
        rate(town, "chen", number, **{"grade": 5, **more})
    with scope.service():
        assert not Rating.objects.exists()


def test_five_hundred_characters_are_kept(town, number):
    assert len(rate(town, "chen", number, 3, words="好" * 500).words) == 500


def test_the_share_of_good_ratings(town):
    town.permit_several()
    for grade in (5, 4, 3, 2, 1, 1):
        rate(town, "chen", town.apply("chen"), grade)
    counts = tally("elderly_allowance", unit="440104-mz")
    assert counts.of == {5: 1, 4: 1, 3: 1, 2: 1, 1: 2}
    assert counts.good_share == 0.5
    assert tally("another_item").good_share is None


def test_counts_are_kept_by_month_in_district_time(town):
    town.permit_several()
    with clock.standing_at("2026-11-30T23:59"):
        rate(town, "chen", town.apply("chen"), 5)
    with clock.standing_at("2026-12-01T00:00"):
        rate(town, "chen", town.apply("chen"), 4)
    assert [one.month.isoformat() for one in Tally.objects.order_by("month")] == ["2026-11-01", "2026-12-01"]
    assert tally(since=clock.parse("2026-12-24").date()).of[Grade.GOOD] == 1
    assert tally(since=clock.parse("2026-12-24").date()).all == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update voice_tally set grade_1 = 0",
        "delete from voice_tally",
        "insert into voice_tally (item, unit, month) values ('x', 'y', '2026-11-01')",
        "update voice_rating set grade = 5",
        "delete from voice_rating",
    ],
)
def test_neither_counts_nor_ratings_are_ever_touched_up(town, number, statement):
    rate(town, "chen", number, 1)
    with scope.service(), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_counts_disappear_with_a_rating_that_is_taken_back_by_its_transaction(town, number):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rate(town, "chen", number, 5)
        raise ZeroDivisionError
    assert tally().all == 0


def test_statements_do_not_grow_with_ratings(town, django_assert_num_queries):
    town.permit_several()
    for _ in range(3):
        rate(town, "chen", town.apply("chen"), 5)
    with django_assert_num_queries(1):
        assert tally("elderly_allowance").all == 3
