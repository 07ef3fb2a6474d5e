"""A unit answers the bad ratings it got."""

from __future__ import annotations

import pytest

from yizhan.identity import scope
from yizhan.voice import rating
from yizhan.voice.models import Redress


@pytest.fixture
def bad(town):
    """A bad rating of a case that was granted on the spot, so that nobody had a hand in it."""
    case = town.case(town.apply("chen"))
    with town.acting("chen") as actor:
        rating.rate(case, 1, by=actor, remarks=["unclear"], words="<b>看不懂指南</b>")
    with scope.service():
        return Redress.objects.get()


def test_the_list_and_one_of_it(town, bad, as_):
    page = as_("approver").get("/desk/redress").content.decode()
    assert "YX2026-1120-00001" in page and "非常不满意" in page and "剩余 1 个工作日" in page
    one = as_("approver").get(f"/desk/redress/{bad.pk}").content.decode()
    assert "&lt;b&gt;看不懂指南&lt;/b&gt;" in one
    assert 'href="/desk/cases/YX2026-1120-00001"' in one
    assert as_("approver").get("/desk/cases/YX2026-1120-00001").status_code == 200, "the unit takes part"
    assert "13800001234" in one and "指南不清楚" in one and "待核实" in one


@pytest.mark.parametrize("state", ["verify", "rectify", "done", "nonsense"])
def test_every_state_has_its_page(bad, as_, state):
    assert as_("approver").get(f"/desk/redress?state={state}&page=x").status_code == 200


def test_other_units_see_nothing(bad, as_):
    assert "没有待办理的差评" in as_("clerk").get("/desk/redress").content.decode()
    assert as_("clerk").get(f"/desk/redress/{bad.pk}").status_code == 404
    assert as_("clerk").post(f"/desk/redress/{bad.pk}/verify", {"words": "没事"}).status_code == 404
    assert as_("chen").get("/desk/redress").status_code == 403


def test_verified_and_answered(bad, as_):
    browser = as_("approver")
    asked = browser.post(f"/desk/redress/{bad.pk}/verify", {"words": "已电话回访，情况属实。"}, follow=True)
    assert "核实情况已登记" in asked.content.decode()
    done = browser.post(
        f"/desk/redress/{bad.pk}/rectify", {"words": "指南已改写。"}, follow=True
    ).content.decode()
    assert "答复已提交" in done and "梁建国 · 科员：指南已改写。" in done
    assert "YX2026-1120-00001" in browser.get("/desk/redress?state=done").content.decode()


def test_missing_words_are_asked_for_and_typed_ones_kept(bad, as_):
    answer = as_("approver").post(f"/desk/redress/{bad.pk}/verify", {"words": " "})
    assert answer.status_code == 422
    assert "请填写内容" in answer.content.decode()
    long = as_("approver").post(f"/desk/redress/{bad.pk}/verify", {"words": "长" * 1001})
    assert long.status_code == 422
    assert "长" * 1001 in long.content.decode()


def test_the_second_step_cannot_be_the_first(town, bad, as_):
    answer = as_("approver").post(f"/desk/redress/{bad.pk}/rectify", {"words": "已改。"})
    assert answer.status_code == 409
    assert "请先回访核实" in answer.content.decode()


def test_whoever_handled_the_case_does_not_answer(town, doubtful, as_):
    town.do("clerk", doubtful, "accept")
    town.do("clerk", doubtful, "agree")
    town.do("approver", doubtful, "grant")
    with town.acting("chen") as actor:
        rating.rate(town.case(doubtful), 2, by=actor)
    with scope.service():
        one = Redress.objects.get()
    answer = as_("approver").post(f"/desk/redress/{one.pk}/verify", {"words": "没事"})
    assert answer.status_code == 409
    assert "您办理过这件事" in answer.content.decode()
