"""A bad rating is verified and put right by somebody who had no hand in the case; the person gets an answer."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from yizhan import clock
from yizhan.database import asking
from yizhan.identity import scope
from yizhan.journal.models import Access, News
from yizhan.notices.models import Message
from yizhan.voice import inbox, rating, redress
from yizhan.voice.models import Redress
from yizhan.voice.refusals import NotYours, Refused
from yizhan.voice.tests.conftest import rate, redress_of, tell


@pytest.fixture
def bad(town, handled, deputy):
    """A bad rating of a case that 梁建国 decided."""
    rate(town, "chen", handled, 2, remarks=["slow"], words="跑了三趟。")
    return redress_of(handled)


@pytest.mark.parametrize(("grade", "opened"), [(5, 0), (4, 0), (3, 0), (2, 1), (1, 1)])
def test_the_two_lowest_grades_open_a_redress(town, number, grade, opened):
    rate(town, "chen", number, grade)
    with scope.service():
        assert Redress.objects.count() == opened
    assert News.objects.filter(kind="voice.redress_opened").count() == opened


def test_its_limits_run_in_working_days_from_the_rating(bad):
    """Rated on Friday the 20th: verified by Monday; fifteen working days later is Friday, 11 December."""
    assert bad.verify_by.astimezone(clock.ZONE).isoformat() == "2026-11-24T00:00:00+08:00"
    assert bad.rectify_by.astimezone(clock.ZONE).isoformat() == "2026-12-12T00:00:00+08:00"


def test_called_back_put_right_and_answered(town, handled, bad):
    with town.acting("deputy") as actor:
        redress.verify(bad, "已电话回访，情况属实。", by=actor)
        redress.rectify(bad, "已简化材料，今后一次办结，向您致歉。", by=actor)
    done = redress_of(handled)
    assert (done.verified.words, done.verified.by_name) == ("已电话回访，情况属实。", "赵清 · 副科长")
    assert inbox.state_of(done) == "done"
    assert News.objects.get(kind="voice.redress_verified").data["on_time"] is True
    tell("voice.redress_rectified")
    tell("voice.redress_rectified")
    with scope.service():
        assert Message.objects.get(template="rating_answered").title == "您的评价已有答复"
    with town.acting("chen"):
        assert rating.of(town.case(handled)).redress.rectified.words == "已简化材料，今后一次办结，向您致歉。"


def test_late_is_said_so(town, bad):
    with clock.standing_at("2026-11-24T09:00"), town.acting("deputy") as actor:
        redress.verify(bad, "已回访。", by=actor)
    assert News.objects.get(kind="voice.redress_verified").data["on_time"] is False


def test_nobody_looks_into_the_rating_of_their_own_work(town, bad):
    with town.acting("approver") as actor, pytest.raises(NotYours, match="您办理过这件事"):
        redress.verify(bad, "没有问题。", by=actor)


@pytest.mark.parametrize("who", ["clerk", "stranger", "chen", "wang"])
def test_other_units_and_residents_do_not_answer(town, bad, who):
    with town.acting(who) as actor, pytest.raises(NotYours):
        redress.verify(bad, "没有问题。", by=actor)


def test_first_verified_then_put_right_each_once(town, bad):
    with town.acting("deputy") as actor:
        with pytest.raises(Refused, match="请先回访核实"):
            redress.rectify(bad, "已改。", by=actor)
        redress.verify(bad, "属实。", by=actor)
        with pytest.raises(Refused, match="已经核实过"):
            redress.verify(bad, "不属实。", by=actor)
        redress.rectify(bad, "已改。", by=actor)
        with pytest.raises(Refused, match="已经答复过"):
            redress.rectify(bad, "又改。", by=actor)


@pytest.mark.parametrize(("words", "told"), [("  ", "请填写内容"), ("长" * 1001, "现有 1001 字")])
def test_words_are_needed_and_not_too_many(town, bad, words, told):
    with town.acting("deputy") as actor, pytest.raises(Refused, match=told):
        redress.verify(bad, words, by=actor)


def test_the_list_of_a_unit_goes_by_what_is_due(town, deputy, django_assert_num_queries):
    for who, when in (("chen", "2026-11-20T10:00"), ("wang", "2026-11-23T10:00")):
        with clock.standing_at(when):
            rate(town, who, town.apply(who), 1)
    with town.acting("deputy") as actor:
        with django_assert_num_queries(2):
            page = inbox.page("verify")
        assert [row.case_number for row in page.rows] == ["YX2026-1120-00001", "YX2026-1123-00001"]
        assert page.rows[0].grade == "非常不满意"
        assert asking.answer(inbox.waiting()) == 2
        redress.verify(redress_of("YX2026-1120-00001"), "属实。", by=actor)
        assert [row.case_number for row in inbox.page("rectify").rows] == ["YX2026-1120-00001"]
        assert inbox.page("done").rows == []
    with town.acting("clerk"):
        assert inbox.page("verify").rows == []


def test_looking_at_one_is_logged(town, handled, bad):
    with town.acting("deputy"):
        assert inbox.phone_of(inbox.one(bad.pk)) == "13800001234"
        assert inbox.one(bad.pk + 1) is None
    line = Access.objects.get(account=f"account:{town.people['deputy'].pk}")
    assert (line.purpose, line.subjects) == (f"case:{handled}", [town.subjects["chen"]])


def test_no_step_is_ever_changed_or_entered_by_others(town, bad):
    with town.acting("deputy") as actor:
        step = redress.verify(bad, "属实。", by=actor)
    with scope.service():
        for table in ("voice_redress", "voice_verified", "voice_rectified"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                connection.cursor().execute(f"delete from {table}")
    step.pk = None
    with town.acting("chen"), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        step.save(force_insert=True)


def test_of_two_colleagues_at_once_one_verifies(town_committed):
    town = town_committed
    number = town.apply("chen")
    with clock.standing_at("2026-11-20T10:00"):
        rate(town, "chen", number, 1)
    one, barrier, told = redress_of(number), threading.Barrier(2), []

    def verifies():
        with clock.standing_at("2026-11-20T11:00"), town.acting("approver") as actor:
            barrier.wait(10)
            try:
                redress.verify(one, "属实。", by=actor)
                told.append("verified")
            except Refused:
                told.append("refused")
        connection.close()

    threads = [threading.Thread(target=verifies) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["refused", "verified"]
