"""How one is reached is said by oneself and proved by a code; the register follows, and keeps what was before."""

from __future__ import annotations

import re

import pytest

from yizhan.identity import scope
from yizhan.identity.models import Account
from yizhan.journal.reading import hear_own
from yizhan.notices.models import Sunk
from yizhan.portal.tests.pages import text
from yizhan.registry.facts import facts
from yizhan.registry.models import OwnContact, PersonHistory
from yizhan.registry.purposes import Own

NEW = "13700008888"


def codes():
    """The codes that were sent last, by phone."""
    found = {}
    for one in Sunk.objects.order_by("id"):
        found[one.address] = re.search(r"\d{6}", one.text)[0]
    return found


def named(browser, kind, **typed):
    answer = browser.post(f"/my/contact/{kind}", typed)
    assert answer.status_code == 302, text(answer)
    return answer.headers["Location"]


def test_a_phone_counts_once_its_code_is_typed_and_the_register_follows(as_, town):
    browser = as_("chen")
    page = named(browser, "phone", value=f"+86 {NEW}")
    assert browser.post(page, {"code0": "000000"}).status_code == 422
    with town.acting("chen"):
        assert not OwnContact.objects.filter(proved_at__isnull=False).exists()
    browser.post(page, {"code0": codes()[NEW]})
    with scope.service():
        hear_own(0)  # as the worker does once the request is there
    with town.acting("chen"):
        fact = facts(town.subjects["chen"], ["person.phone"], purpose=Own())["person.phone"]
        assert (fact.value, fact.source.zh) == (NEW, "本人申报")
        assert PersonHistory.objects.filter(state__has_key="phone").exists()
    assert town.people["chen"].phone == Account.objects.get(id=town.people["chen"].pk).phone
    assert NEW in text(browser.get("/my/contact"))
    assert NEW not in text(as_("wang").get("/my/contact"))


def test_to_log_in_by_it_takes_the_old_phone_too(as_, town):
    browser, old = as_("chen"), town.people["chen"].phone
    page = named(browser, "phone", value=NEW, logs_in="yes")
    sent = codes()
    assert browser.post(page, {"code0": sent[NEW], "code1": "000000"}).status_code == 422
    assert Account.objects.get(id=town.people["chen"].pk).phone == old
    browser.post(page, {"code0": sent[NEW], "code1": sent[old]})
    assert Account.objects.get(id=town.people["chen"].pk).phone == NEW
    assert browser.get("/my/contact").status_code == 200


def test_an_address_is_proved_by_the_phone_of_the_log_in_and_leaves_the_household_alone(as_, town):
    browser = as_("chen")
    page = named(browser, "address", value="示例路 9 号 301 房")
    browser.post(page, {"code0": codes()[town.people["chen"].phone]})
    assert "示例路 9 号 301 房" in text(browser.get("/my/contact"))
    with town.acting("chen"):
        known = facts(town.subjects["chen"], ["residence.address"], purpose=Own())["residence.address"]
        assert "9 号" not in known.value


@pytest.mark.parametrize(("kind", "value"), [("phone", "12"), ("address", "示例"), ("address", "x" * 301)])
def test_what_cannot_be_is_told_at_its_place_and_nothing_is_sent(as_, town, kind, value):
    before = Sunk.objects.count()
    answer = as_("chen").post(f"/my/contact/{kind}", {"value": value})
    assert answer.status_code == 422 and value[:300] in answer.content.decode()
    assert Sunk.objects.count() == before


def test_nobody_proves_what_another_has_named(as_, town):
    page = named(as_("chen"), "address", value="示例路 9 号 301 房")
    assert as_("wang").get(page).status_code == 302
    assert as_("chen").get(page).status_code == 200
