"""The administrator looks who can change over to a new version, decides with a reason, and sees what became of it."""

import pytest

from yizhan.cases import move_survey
from yizhan.cases.models import Move
from yizhan.cases.tests.conftest import _staff
from yizhan.cases.tests.moves import in_flight
from yizhan.identity import scope

HERE = "/desk/admin/moves"
SENT = {"pack": "elderly_allowance", "version": "3"}
PACK = f"{HERE}?pack=elderly_allowance"


@pytest.fixture
def system(town, as_):
    town.people["system"] = _staff("system", "邓文博", "440104", "platform.system_admin")
    return as_("system")


@pytest.fixture
def flight(town):
    """Two cases in flight when the acceptance gets another name and the check is gone."""
    return in_flight(town)


def shown(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_every_pack_is_listed_with_the_cases_of_earlier_versions(system, flight):
    page = shown(system, HERE)
    assert 'href="/desk/admin/moves?pack=elderly_allowance"' in page
    assert '<td class="listing__number" data-label="按原版办理的在办件">2</td>' in page


def test_a_look_tells_who_can_go_and_who_cannot_and_why(town, system, flight):
    first, second = flight
    page = shown(system, PACK)
    assert "可以改用 1 件，仍用原版 1 件，原已使用这一版 0 件。" in page
    assert page.index(second) < page.index(first)
    assert "办件停在“材料核对”（check），新版流程中没有对应的环节" in page
    assert "王喆" not in page
    assert town.task(first).node == "acceptance"


def test_the_processes_are_drawn_the_one_in_force_and_the_one_that_cases_began_with(system, flight):
    page = shown(system, PACK)
    assert page.count("<svg") >= 2
    assert page.index("流程：高龄津贴申领，第 3 版") < page.index("流程：高龄津贴申领，第 2 版")
    assert page.count('id="process-elderly_allowance-3') >= 1


def test_what_the_version_in_force_changed_is_listed_in_words(system, flight):
    page = shown(system, PACK)
    assert "与第 2 版相比的变化" in page
    assert "流程“高龄津贴申领” › 环节 › " in page


def test_the_decision_wants_a_reason_and_keeps_what_was_typed(system, flight):
    answer = system.post(HERE, {**SENT, "reason": " ", "limits": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写明改用新版的理由" in page
    assert "checked" in page
    with scope.service():
        assert not Move.objects.exists()


def test_a_version_that_came_meanwhile_is_looked_at_first(town, system, flight):
    answer = system.post(HERE, {**SENT, "version": "2", "reason": "受理改由综合窗口登记"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "核对以后又发布了新版" in page
    assert "受理改由综合窗口登记" in page
    with scope.service():
        assert not Move.objects.exists()


def test_then_the_cases_go_one_by_one_and_the_page_tells_what_became_of_them(town, system, flight):
    first, second = flight
    answer = system.post(HERE, {**SENT, "reason": "受理改由综合窗口登记"})
    page = shown(system, answer.headers["Location"])
    assert "还有 2 件等待处理" in page
    town.work()
    page = shown(system, answer.headers["Location"])
    assert "已改用新版 1 件，仍用原版 1 件。" in page
    assert "受理改由综合窗口登记" in page
    assert (town.task(first).node, town.task(second).node) == ("intake", "check")
    assert "邓文博" in shown(system, HERE)


def test_deciding_looks_at_no_case(system, flight, monkeypatch):
    monkeypatch.setattr(move_survey, "look", lambda _to: pytest.fail("the cases were looked at"))
    assert system.post(HERE, {**SENT, "reason": "受理改由综合窗口登记"}).status_code == 302
    with scope.service():
        assert Move.objects.get().cases.count() == 2


def test_a_page_looks_at_so_many_and_says_how_many_there_are_besides(system, flight, monkeypatch):
    monkeypatch.setattr(move_survey, "MOST", 1)
    assert "另有 1 件没有在此核对" in shown(system, PACK)


def test_the_history_of_the_case_tells_its_officials(town, system, flight, as_):
    first, _second = flight
    system.post(HERE, {**SENT, "reason": "受理改由综合窗口登记"})
    town.work()
    page = shown(as_("clerk"), f"/desk/cases/{first}")
    assert "改用新版流程" in page
    assert "由第 2 版改为第 3 版：受理改由综合窗口登记" in page


@pytest.mark.parametrize("query", ["?pack=nothing", "?move=7", "?move=x", "?move=" + "9" * 40])
def test_what_is_not_there_is_not_found(system, query):
    shown(system, f"{HERE}{query}", 404)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 3_000,
        "9" * 5_000,
        "²",
        "'; drop table cases_move; -- <script>alert(1)</script> {{ 7*7 }}",
    ],
)
def test_whatever_is_typed_is_taken_as_words_or_refused_at_its_place(system, flight, text):
    answer = system.post(HERE, {**SENT, "reason": text, "limits": text})
    assert answer.status_code in {302, 422}
    page = answer.content.decode() if answer.status_code == 422 else shown(system, answer.headers["Location"])
    assert "<script>alert(1)</script>" not in page
    assert system.post(HERE, {**SENT, "reason": f"改版\0{text}"}).status_code in {400, 422}
    for pack, version in ((text, "3"), ("elderly_allowance", text)):
        assert system.post(HERE, {"pack": pack, "version": version, "reason": "改版"}).status_code in {
            404,
            422,
        }


def test_nobody_else_may(town, as_):
    shown(as_("clerk"), HERE, 403)
