"""The security administrator is told of looks that deserve attention, once a day, and never at whom."""

from __future__ import annotations

from yizhan import clock
from yizhan.cases import dossier
from yizhan.cases.tests.conftest import PERSONS, _a_demo_on_a_day, _number, _staff, town  # noqa: F401 (fixtures)
from yizhan.identity import scope
from yizhan.identity.tests.browsers import browser_of
from yizhan.journal.reading import hear_own
from yizhan.notices import inbox
from yizhan.registry import guarding
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped


def look(town, number):  # noqa: F811
    with town.acting("clerk") as actor:
        assert dossier.open_(number, by=actor).application.compared


def told(town):  # noqa: F811
    with town.acting("security"):
        return inbox.inbox(town.people["security"].pk).messages


def heard():
    with scope.service():
        hear_own(0)  # as the worker does once the look is there


def test_the_first_marked_look_of_a_day_is_told_and_the_others_are_on_the_page(town):  # noqa: F811
    publish(shipped("data_protection"), by="test")
    town.people["security"] = _staff("security", "谢静雯", "440104", "platform.security_admin")
    name, born, serial, _where = PERSONS["chen"]
    with town.acting("security"):
        guarding.protect(name, _number(born, serial), reason="演示保护", since=clock.today(), until=None)
    number = town.apply("chen", other_allowance=True)
    look(town, number)
    look(town, number)
    heard()
    (message,) = told(town)
    assert (
        "须关注的查阅" in message.title
        and "北京街道办事处" in message.text
        and "重点保护人员" in message.text
    )
    assert name not in message.text and town.people["clerk"].name not in message.text
    assert message.url == "/desk/admin/marked-looks"
    assert message.title in browser_of(town.people["security"]).get("/desk/messages").content.decode()
    with clock.standing_at("2026-11-21T10:00"):
        look(town, number)
    heard()
    assert len(told(town)) == 2
