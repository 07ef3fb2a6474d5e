"""A form is filled in with how the person wants to be reached, and else with what is registered."""

from __future__ import annotations

from yizhan.cases import catalogue, contact_facts, drafts
from yizhan.cases.tests.conftest import PERSONS, _number
from yizhan.forms.paths import get
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Role, RoleGrant
from yizhan.journal.models import Access
from yizhan.registry import contacts, finding
from yizhan.registry.facts import facts
from yizhan.registry.models import OwnContact
from yizhan.registry.purposes import Reason

ITEM = "elderly_allowance"
NEW, LETTERS = "13700008888", "示例路 9 号 301 房"


def name(town, who, kind, value, *, prove=True):
    with town.acting(who):
        entry = contacts.name(town.subjects[who], kind, value, by="account:1")
        if prove:
            contacts.proved(entry)


def begun(town, who, subject=None):
    with town.acting(who) as actor:
        desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=subject or town.subjects[who], anew=True)
        given = desk.prefill
        return desk.draft.data, {
            path: str(given[path].source) for path in given if path.endswith(("phone", "mail_to"))
        }


def test_what_the_person_confirmed_goes_before_what_is_registered(town):
    before, said = begun(town, "chen")
    assert get(before, "applicant.mail_to") == get(before, "applicant.address")
    registered = said["applicant.mail_to"]
    name(town, "chen", OwnContact.Kind.PHONE, NEW)
    name(town, "chen", OwnContact.Kind.ADDRESS, LETTERS)
    data, said = begun(town, "chen")
    assert (get(data, "applicant.phone"), get(data, "applicant.mail_to")) == (NEW, LETTERS)
    assert get(data, "applicant.address") == get(before, "applicant.address"), (
        "where she lives stays the register's"
    )
    assert "联系方式" in said["applicant.phone"] and said["applicant.mail_to"] != registered
    with scope.service():
        seen = Access.objects.filter(fields__contains=["person.contacts"]).latest("id")
    assert (seen.purpose, seen.subjects) == ("own", [town.subjects["chen"]])


def test_what_is_not_proved_or_another_persons_counts_for_nothing(town):
    name(town, "chen", OwnContact.Kind.ADDRESS, LETTERS, prove=False)
    name(town, "wang", OwnContact.Kind.PHONE, NEW)
    data, _said = begun(town, "chen")
    assert get(data, "applicant.mail_to") != LETTERS and get(data, "applicant.phone") != NEW


def test_a_window_fills_it_in_for_whoever_stands_there_and_says_why_it_looked(town):
    name(town, "chen", OwnContact.Kind.PHONE, NEW)
    full_name, born, serial, _where = PERSONS["chen"]
    with town.acting("clerk") as actor:
        match = finding.exact(full_name, _number(born, serial), purpose=Reason("窗口收件：高龄津贴"))
        desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=match.subject)
        assert get(desk.draft.data, "applicant.phone") == NEW
    with scope.service():
        seen = Access.objects.filter(fields__contains=["person.contacts"]).latest("id")
    assert seen.purpose.startswith("case:draft ")


def test_what_the_purpose_masks_is_not_filled_in(town):
    """Staff who were not admitted to the person see a masked phone, and no form takes the stars for a number."""
    name(town, "chen", OwnContact.Kind.PHONE, NEW)
    post = town.people["clerk"].appointments.get().post
    RoleGrant.give(Role.objects.get(code="platform.window_clerk"), post, "area", by=HOUSE, reason="测试")
    with town.acting("clerk"):
        subject, why = town.subjects["chen"], Reason("核对信息")
        found = facts(subject, contact_facts.registered(contact_facts.KEYS, subject), purpose=why)
        told = contact_facts.known(subject, contact_facts.KEYS, found, purpose=why)
    assert [one.value for one in told.values()] == [None, None, None]
