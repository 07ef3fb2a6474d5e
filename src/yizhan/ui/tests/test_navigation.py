import pytest
from django.test import RequestFactory

from yizhan.ui import navigation
from yizhan.ui.navigation import AlreadyAnnouncedError, Entry, announce, fill, grouped, menu, slot

HOME = Entry("home", "工作台", "desk:home", order=1)
INBOX = Entry("inbox", "待办", "desk:inbox", order=2, count=lambda request: 23)
LATE = Entry("late", "超期", "desk:late", order=3)


def at(path):
    return RequestFactory().get(path)


def test_entries_stand_in_their_order_whoever_announced_first():
    announce("desk", LATE, HOME)
    announce("desk", INBOX)
    assert [(shown.url, shown.count) for shown in menu("desk", at("/elsewhere"))] == [
        ("/desk/", None),
        ("/desk/inbox/", 23),
        ("/desk/inbox/late/", None),
    ]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/desk/", "home"),
        ("/desk/inbox/", "inbox"),
        ("/desk/inbox/late/7", "late"),
        ("/desk/other", "home"),
        ("/", None),
    ],
)
def test_the_closest_entry_is_the_present_one(path, current):
    announce("desk", HOME, INBOX, LATE)
    marked = [shown.entry.key for shown in menu("desk", at(path)) if shown.current]
    assert marked == ([current] if current else [])


def test_an_entry_that_stands_alone_is_no_other_pages():
    announce("desk", Entry("home", "待办", "desk:home", alone=True))
    assert [shown.current for shown in menu("desk", at("/desk/other"))] == [False]
    assert [shown.current for shown in menu("desk", at("/desk/"))] == [True]


def test_what_a_visitor_may_not_see_is_left_out():
    announce("public", Entry("secret", "内部", "desk:home", visible=lambda request: "staff" in request.GET))
    assert menu("public", at("/")) == []
    assert len(menu("public", at("/?staff"))) == 1


def test_groups_stand_where_their_first_entry_stands():
    announce(
        "desk",
        Entry("a", "甲", "desk:home", order=1, group="日常"),
        Entry("b", "乙", "desk:inbox", order=2, group="业务"),
        Entry("c", "丙", "desk:late", order=3, group="日常"),
    )
    assert [(name, [shown.entry.key for shown in entries]) for name, entries in grouped("desk", at("/"))] == [
        ("日常", ["a", "c"]),
        ("业务", ["b"]),
    ]


def test_two_rooms_cannot_take_the_same_key():
    announce("desk", HOME)
    announce("desk", HOME)  # the same announcement again is no quarrel
    with pytest.raises(AlreadyAnnouncedError):
        announce("desk", Entry("home", "别的", "desk:late"))


def test_unknown_places_are_refused():
    with pytest.raises(KeyError, match="no place"):
        announce("dsk", HOME)
    with pytest.raises(KeyError, match="no place"):
        menu("dsk", at("/"))
    with pytest.raises(KeyError, match="no slot"):
        fill("desk-pst", "a.jinja")


def test_slots_keep_their_order():
    fill("desk-who", "second.jinja", order=2)
    fill("desk-who", "first.jinja", order=1)
    assert slot("desk-who") == ["first.jinja", "second.jinja"]
    assert navigation.slot("desk-post") == []
