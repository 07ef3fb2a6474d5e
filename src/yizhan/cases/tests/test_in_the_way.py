"""Of some items a person has one at a time: what is under way or in force stands in the way of another."""

from __future__ import annotations

import threading
import uuid
from datetime import date

import pytest
from django.db import connection

from yizhan import clock
from yizhan.cases import catalogue, drafts, ending, in_the_way, intake, lapsing, trail
from yizhan.cases.models import Case, Draft, Lapse
from yizhan.cases.refusals import AlreadyThere
from yizhan.cases.tests.conftest import MORNING, PERSONS, Town, _number, filled
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Role, RoleGrant
from yizhan.registry import finding
from yizhan.registry.purposes import Reason
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped
from yizhan.releases.words import Text

ITEM = "elderly_allowance"
MOVED = Text(zh="户籍迁出本区", en="No longer registered in this district")


@pytest.fixture
def windowed(town: Town) -> Town:
    """The town, whose clerks sit at windows besides."""
    return at_windows(town)


def at_windows(town: Town) -> Town:
    for who in ("clerk", "stranger"):
        post = town.people[who].appointments.get().post
        role = Role.objects.get(code="platform.window_clerk")
        RoleGrant.give(role, post, "own_unit", by=HOUSE, reason="测试")
    return town


def met_at_window(who: str) -> None:
    """The clerk types what stands on somebody's card."""
    name, born, serial, _where = PERSONS[who]
    finding.exact(name, _number(born, serial), purpose=Reason("窗口收件"))


def begun(town: Town, who: str, actor) -> drafts.Desk:
    desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=town.subjects[who])
    drafts.save(desk, filled(desk.draft.data))
    return desk


def refused(town: Town, who: str = "chen") -> AlreadyThere:
    with pytest.raises(AlreadyThere) as told:
        town.apply(who)
    return told.value


def lapse(number: str, command: uuid.UUID | None = None) -> None:
    with scope.service():
        lapsing.lapse(number, on=date(2026, 11, 19), why=MOVED, by=HOUSE, command=command or uuid.uuid4())


def test_what_is_in_force_is_not_granted_again(town):
    number = town.apply("chen")
    told = refused(town)
    assert (told.earlier.number, told.earlier.state) == (number, "in_force")
    assert told.message == "此事项已于2026年11月20日准予，目前仍然有效，不需要再次申请。"
    with scope.service():
        assert Case.objects.count() == 1
        assert not Draft.objects.filter(submitted_as="").exists(), "nothing was begun"
    assert town.case(town.apply("wang")).outcome == "granted", "another person is not concerned"


def test_what_is_under_way_is_not_handed_in_again(town):
    number = town.apply("chen", other_allowance=True)
    told = refused(town)
    assert (told.earlier.number, told.earlier.state) == (number, "under_way")
    assert "已于2026年11月20日提交申请，正在办理" in told.message
    town.do("clerk", number, "accept")
    town.do("clerk", number, "agree")
    assert refused(town).earlier.state == "under_way"
    with clock.standing_at("2026-11-24T10:00"):
        town.do("approver", number, "grant")
    assert refused(town).message.startswith("此事项已于2026年11月24日准予")


@pytest.mark.parametrize("steps", [("decline",), ("accept", "disagree", "refuse"), ()])
def test_what_was_refused_or_taken_back_is_not_in_the_way(town, steps):
    number = town.apply("chen", other_allowance=True)
    for step in steps:
        town.do("approver" if step == "refuse" else "clerk", number, step, reason="测试")
    if not steps:
        with town.acting("chen") as actor:
            ending.withdraw(town.case(number).id, by=actor, command=uuid.uuid4())
    assert town.case(town.apply("chen")).outcome == "granted"


def test_what_has_lapsed_is_not_in_the_way_until_that_is_taken_back(town):
    number = town.apply("chen")
    lapse(number)
    with town.acting("chen") as actor:
        begun(town, "chen", actor)
    with scope.service():
        lapsing.take_back(number, by=HOUSE, command=uuid.uuid4())
    assert refused(town).earlier.number == number
    assert town.intact(number)
    with scope.service():
        assert Lapse.objects.get().undone_at is not None, "undone, and kept"
        case = Case.objects.get(number=number)
        steps = [
            (one.what, one.words) for one in trail.trail(case, trail.events_of(case)).traces if one.rev > 1
        ]
    assert steps == [("决定恢复效力", []), ("决定失效", ["户籍迁出本区"])]


def test_the_same_is_said_once(town):
    number, command = town.apply("chen"), uuid.uuid4()
    for one in (command, command, uuid.uuid4()):
        lapse(number, one)
    with scope.service():
        assert Lapse.objects.count() == 1
        lapsing.take_back(number, by=HOUSE, command=uuid.uuid4())
    lapse(number)
    with scope.service():
        assert Lapse.objects.count() == 2


def test_nobody_but_the_house_says_that_a_decision_lapsed(town):
    number = town.apply("chen")
    for who in ("chen", "approver"):
        with (
            town.acting(who) as actor,
            pytest.raises(Exception, match="row-level security"),
            scope.transaction.atomic(),
        ):
            lapsing.lapse(number, on=date(2026, 11, 19), why=MOVED, by=actor, command=uuid.uuid4())


def test_a_draft_of_before_is_kept_and_not_handed_in(windowed):
    """She began at home; meanwhile the window took it in for her."""
    town = windowed
    with town.acting("chen") as actor:
        desk = begun(town, "chen", actor)
    with town.acting("clerk") as actor:
        met_at_window("chen")
        intake.submit(begun(town, "chen", actor), by=actor, command=uuid.uuid4())
    with town.acting("chen") as actor, pytest.raises(AlreadyThere):
        intake.submit(drafts.open_(desk.draft.id, by=actor), by=actor, command=uuid.uuid4())
    with scope.service():
        assert Draft.objects.get(id=desk.draft.id).submitted_as == ""


def test_a_window_that_may_not_see_the_case_learns_that_there_is_one(windowed):
    number = windowed.apply("chen", other_allowance=True)
    for who, shown in (("clerk", number), ("stranger", "")):
        with windowed.acting(who) as actor:
            met_at_window("chen")
            assert Case.objects.filter(number=number).exists() == bool(shown)
            with pytest.raises(AlreadyThere) as told:
                begun(windowed, "chen", actor)
            assert (told.value.earlier.number, told.value.earlier.state) == (shown, "under_way")


@pytest.mark.parametrize("who", ["wang", "clerk", "approver"])
def test_it_is_no_way_to_ask_about_strangers(town, who):
    town.apply("chen")
    item = catalogue.get(ITEM).definition
    with town.acting(who):
        assert in_the_way.earlier(item, town.subjects["chen"]) is None
    with town.acting("chen"):
        assert in_the_way.earlier(item, town.subjects["chen"]) is not None
    with connection.cursor() as cursor:
        cursor.execute("select * from case_in_the_way(%s, %s)", [ITEM, town.subjects["chen"]])
        assert cursor.fetchall() == [], "nor without a scope"


def test_where_a_pack_does_not_say_so_any_number_is_taken_in(town, django_assert_num_queries):
    town.permit_several()
    assert town.apply("chen") != town.apply("chen")
    item = catalogue.get(ITEM).definition
    with town.acting("chen"), django_assert_num_queries(0):
        assert in_the_way.earlier(item, town.subjects["chen"]) is None


def test_a_draft_from_before_the_rule_is_under_it(town):
    """A pack says so from one day on: what was begun before goes by it as well."""
    town.permit_several()
    with town.acting("chen") as actor:
        desk = begun(town, "chen", actor)
    with town.acting("chen") as actor:
        other = Draft.objects.get(id=desk.draft.id)
        other.id, other.expires_at = uuid.uuid4(), clock.now() + drafts.KEPT
        other.save(force_insert=True)
        intake.submit(drafts.open_(other.id, by=actor), by=actor, command=uuid.uuid4())
    publish(shipped("elderly_allowance"), by="test")
    with town.acting("chen") as actor, pytest.raises(AlreadyThere):
        intake.submit(drafts.open_(desk.draft.id, by=actor), by=actor, command=uuid.uuid4())


def test_a_second_click_still_finds_its_case(town):
    command = uuid.uuid4()
    with town.acting("chen") as actor:
        desk = begun(town, "chen", actor)
        assert intake.submit(desk, by=actor, command=command) == intake.submit(
            desk, by=actor, command=command
        )


def together(*acts) -> list[str]:
    """Do it all in the same moment, each in a transaction of its own; what came of each."""
    start, came = threading.Barrier(len(acts)), []

    def run(act) -> None:
        with clock.standing_at(MORNING):
            came.append(act(start))
        connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_at_home_and_at_the_window_in_the_same_moment_one_is_taken_in(committed, request):
    town = at_windows(request.getfixturevalue("town_committed"))
    desks = {}
    for who in ("chen", "clerk"):
        with town.acting(who) as actor:
            if who == "clerk":
                met_at_window("chen")
            desks[who] = begun(town, "chen", actor).draft.id

    def hand_in(who):
        def act(start: threading.Barrier) -> str:
            with town.acting(who) as actor:
                desk = drafts.open_(desks[who], by=actor)
                start.wait(10)
                try:
                    return intake.submit(desk, by=actor, command=uuid.uuid4())
                except AlreadyThere as there:
                    return there.earlier.state

        return act

    came = together(hand_in("chen"), hand_in("clerk"))
    assert sorted(came)[1] == "in_force"
    with scope.service():
        assert [case.number for case in Case.objects.all()] == [sorted(came)[0]]


def test_a_double_click_begins_one_draft(committed, request):
    town = request.getfixturevalue("town_committed")

    def begin(start: threading.Barrier) -> str:
        with town.acting("chen") as actor:
            start.wait(10)
            return str(drafts.begin(catalogue.get(ITEM), by=actor, subject=town.subjects["chen"]).draft.id)

    assert len(set(together(begin, begin, begin))) == 1
