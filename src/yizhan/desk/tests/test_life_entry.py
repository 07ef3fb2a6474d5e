"""A death and a household book at the desk: first why, counted as a look at the file, said with words, entered once."""

from __future__ import annotations

import uuid

import pytest

from yizhan import clock
from yizhan.desk.tests.conftest import give, words
from yizhan.identity import scope
from yizhan.identity.tests.browsers import browser_of
from yizhan.journal.models import Access
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models import HandEntry, Membership, Person, Source

WHY = {"reason": "核对户籍登记材料"}
QUOTA = {"act": "quota", "who": "staff", "of": "file", "a_day": "1"}


@pytest.fixture
def chen(town):
    return f"/desk/register/persons/{town.subjects['chen'].removeprefix('person:')}"


@pytest.fixture
def keeper(town):
    """The sub-district answers for the town's one register."""
    with scope.service():
        Source.objects.update(unit=town.people["clerk"].appointments.get().post.unit.code)
    give(town, "clerk", KEEPER, "area")
    return browser_of(town.people["clerk"])


def sent(act, **more):
    return WHY | {"act": act, "because": "居民死亡医学证明 D-0045", "command": str(uuid.uuid4())} | more


def looks():
    with scope.service():
        return Access.objects.filter(fields__contains=["person.file"]).count()


def test_a_death_is_entered_and_taken_back(keeper, chen):
    assert "其他事由" in words(keeper.get(f"{chen}/death"))
    assert looks() == 0
    page = words(keeper.post(f"{chen}/death", WHY))
    assert 'name="place"' in page and "没有死亡登记" in page and looks() == 1
    for more, told in (({}, "请填写死亡日期"), ({"on": "昨天"}, "不是有效日期"), ({"on": "2026-12-31"}, "晚于今天"),
                       ({"on": "2026-11-18", "because": ""}, "登记依据")):  # fmt: skip
        again = words(keeper.post(f"{chen}/death", sent("died", place="区人民医院", **more)), 422)
        assert told in again and "区人民医院" in again, "what was typed stays"
    done = words(keeper.post(f"{chen}/death", sent("died", on="2026-11-18", place="区人民医院")))
    assert "已登记" in done and "撤销死亡登记" in done and "2026-**-**" in done
    assert "此人已故" in words(keeper.post(chen, WHY))
    with clock.standing_at("2026-11-21T09:00"):
        assert "没有死亡登记" in words(keeper.post(f"{chen}/death", sent("mistaken")))
        file = words(keeper.post(chen, WHY))
        assert "此人已故" not in file and "登记有误，已更正" in file, "the mistake stays in the past"
    with scope.service():
        assert Person.objects.get(id=chen.rpartition("/")[2]).died_on is None
        assert [one.act for one in HandEntry.objects.order_by("at", "act")] == ["death", "correction"]


def test_a_household_of_ones_own(keeper, town, chen):
    page = words(keeper.post(f"{chen}/book", WHY))
    assert 'id="act-join"' in page and looks() == 1
    wrong = words(keeper.post(f"{chen}/book", sent("join", book="X-1", relation="20")), 422)
    assert "没有这个户号" in wrong and 'value="X-1"' in wrong
    assert "请填写户口簿上的户号" in words(keeper.post(f"{chen}/book", sent("join")), 422)
    words(keeper.post(f"{chen}/book", sent("found", book="X-1")))
    with scope.service():
        stands = Membership.objects.get(person=chen.rpartition("/")[2], until=None)
        assert (stands.household.book_number, stands.relation) == ("X-1", "02")
    assert keeper.post(f"{chen}/book", sent("burn")).status_code == 404


@pytest.mark.parametrize("page", ["death", "book", "enter/marriage"])
def test_each_page_counts_as_a_look_at_the_file_and_is_refused_with_words(keeper, town, as_, chen, page):
    give(town, "colleague", "platform.security_admin", "all")
    assert as_("colleague").post("/desk/admin/guarding", QUOTA).status_code == 302
    assert "登记依据" in words(keeper.post(f"{chen}/{page}", WHY)) and looks() == 1
    refused = words(keeper.post(f"{chen}/{page}", WHY), 422)
    assert "次数已用完" in refused and 'name="because"' not in refused
    assert "次数已用完" in words(keeper.post(chen, WHY), 422), "the file counts with them"


@pytest.mark.parametrize("page", ["death", "book", "enter/marriage"])
def test_others_do_not_come_in(town, as_, chen, page):
    give(town, "clerk", "platform.window_clerk", "area")
    assert as_("clerk").post(f"{chen}/{page}", WHY).status_code == 403


def test_each_member_who_was_left_out_is_named_at_its_place(keeper, town, chen):
    words(keeper.post(f"{chen}/book", sent("found", book="X-1")))
    li = f"/desk/register/persons/{town.subjects['li'].removeprefix('person:')}"
    words(keeper.post(f"{li}/book", sent("join", book="X-1", relation="20")))
    field = f"relation-{chen.rpartition('/')[2]}"
    wrong = words(keeper.post(f"{li}/book", sent("head")), 422)
    assert f'href="#{field}"' in wrong and f'id="{field}-error"' in wrong
    words(keeper.post(f"{li}/book", sent("head", **{field: "52"})))
    with scope.service():
        stand = {
            one.person.name: one.relation
            for one in Membership.objects.filter(until=None, household__book_number="X-1")
        }
        assert stand == {"李昇": "02", "陈玥堃": "52"}
