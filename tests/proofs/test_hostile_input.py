"""Nobody's input is a fault of ours: every address is tried with what no honest page sends."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.house.test_routes import patterns
from yizhan import clock
from yizhan.calendar.models import CalendarRelease
from yizhan.cases import extending, suspending
from yizhan.cases.models import Card, Case
from yizhan.cases.tests.conftest import Town, _a_demo_on_a_day, town  # noqa: F401 (fixtures)
from yizhan.codes import uscc
from yizhan.desk.tests.conftest import browser_of, give
from yizhan.identity import accounts, scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.doors import Door, door_of
from yizhan.identity.models import Account, Post, Role, RoleGrant
from yizhan.journal import access
from yizhan.licences import life
from yizhan.payments import entitling
from yizhan.payments.models import Order, Recovery
from yizhan.publishing.models import PublicNotice
from yizhan.registry import entities, sources
from yizhan.registry.licences import Issued, Word
from yizhan.registry.models import Residence
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped
from yizhan.releases.words import Text
from yizhan.seals.models import Seal

TEXTS = (
    "a\0b",
    "x" * 3_000,
    "9" * 5_000,
    "²",
    "'; drop table cases_case; -- <script>alert(1)</script> {{ 7*7 }} %s %(x)s {}",
    "99999999999999999999",
)
IN_ADDRESSES = ("\0", "a\0b", "\u202e", "x" * 500, "'", "..;", "٣", "%")
KEYS = (
    "q",
    "page",
    "state",
    "tab",
    "light",
    "item",
    "words",
    "next",
    "for",
    "number",
    "of",
    "code",
    "unit",
    "layout",
    "pack",
    "move",
    "scene.area",
    "scene.cooking",
)
WRONG_NUMBERS = ("0", "9223372036854775808", "9" * 40)
ACTS = {
    "submit", "discard", "withdraw", "save", "batch", "claim", "put_back", "hand_over", "complete",
    "mandate_end", "set_up_link", "payment_list_close", "payment_order", "payment_entry",
    "redress_verify", "redress_rectify", "my_file_objection",
    "staff_end_sessions", "staff_change_post", "licence_show", "licence_act", "licence_authorise",
    "licence_authorisation_end", "licence_opened",
}  # fmt: skip
WITH_A_FACTOR = {"mfa_reauthenticate", "account_reauthenticate"}
LEAVES = {"account_logout", "logout", "become"}  # where one's own session ends or another begins


@dataclass(frozen=True)
class Page:
    """One address with what the district really has in the place of its parameters, and who may open it."""

    pattern: URLPattern
    address: str
    parameters: dict[str, str]
    browser: Client

    def with_(self, name: str, value: str) -> str:
        """The address with another value in one place."""
        return filled(self.address, {**self.parameters, name: value})

    @property
    def here(self) -> str:
        """The address as the district has it."""
        return filled(self.address, self.parameters)


def filled(address: str, values: dict[str, str]) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], address)


def test_every_address_answers_whatever_stands_in_it(pages):
    wrong = []
    for page in pages:
        for name, kind in re.findall(r"<(?:(\w+):)?(\w+)>", page.address):
            values = {"str": IN_ADDRESSES, "int": WRONG_NUMBERS}.get(name, ("x", "x" * 300))
            wrong += [
                f"{page.address}: {kind}={v[:20]!r}"
                for v in values
                if broken(page.browser, page.with_(kind, v))
            ]
    assert wrong == []


def test_every_address_answers_whatever_is_asked_of_it(pages):
    wrong = []
    for page in pages:
        for text in TEXTS[::2]:
            if broken(page.browser, page.here, dict.fromkeys(KEYS, text)):
                wrong.append(f"{page.address}?…={text[:20]!r}")
    assert wrong == []


def test_every_form_answers_whatever_is_typed_into_it(pages):
    wrong = []
    for page in pages:
        shown = page.browser.get(page.here).getvalue().decode(errors="replace")
        names, act = names_in(shown), act_in(shown)
        for text in TEXTS:
            fields = {**dict.fromkeys(names, text), "command": str(uuid.uuid4()), **act}
            answer = page.browser.post(page.here, fields)
            if answer.status_code >= 500:
                wrong.append(f"{page.address} <- {text[:20]!r}")
    assert wrong == []


def test_no_address_acts_on_being_looked_at(pages):
    """A link in a message can never act for who opens it."""
    acting = [page for page in pages if page.pattern.name in ACTS]
    assert {page.pattern.name for page in acting} == ACTS
    assert {page.browser.get(page.here).status_code for page in acting} == {405}


def test_the_walk_comes_in_everywhere(pages):
    """Otherwise it would only prove that doors are shut."""
    for page in pages:
        answer = page.browser.get(page.here)
        assert answer.status_code != 403 or page.pattern.name in WITH_A_FACTOR, page.address
        turned_away = "login?next" in answer.headers.get("Location", "")
        assert not turned_away or page.pattern.callback.door.kind == "public", page.address


def broken(browser: Client, address: str, query: dict[str, str] | None = None) -> bool:
    answer = browser.get(address.replace("%", "%25").replace("\0", "%00"), query)
    return answer.status_code >= 500 or b"<script>alert(1)</script>" in answer.getvalue()


def names_in(shown: str) -> set[str]:
    """The fields that a page itself offers, and some that it does not."""
    return {
        *re.findall(r'name="([^"]+)"', shown),
        "as",
        "session",
        "task",
        "action",
        "reason",
        "to",
        "words",
        "kept",
        "kind",
        "then",
        *KEYS,
    }


def act_in(shown: str) -> dict[str, str]:
    """Which of its acts a page is asked for; without one it does nothing."""
    acts = re.findall(r'name="act" value="([^"]+)"', shown)
    return {"act": acts[0]} if acts else {}


@pytest.fixture
def pages(town: Town) -> Iterator[list[Page]]:  # noqa: F811
    """Every address of the house, with real values, in the browser of somebody who may open it."""
    town.permit_several()
    for pack in ("small_restaurant", "register_objection", "laws_and_policies"):
        publish(shipped(pack), by="test")
    number = town.apply("chen", other_allowance=True)
    for role in (
        "platform.window_clerk",
        "platform.supervisor",
        "platform.register_keeper",
        "platform.licence_keeper",
        "platform.seal_admin",
        "elderly_allowance.payer",
    ):
        give(town, "clerk", role, "all")
    system, security = administrator("system_admin"), administrator("security_admin")
    audit = administrator("audit_admin")
    company = company_of(town.people["chen"])
    chen = shown(browser_of(town.people["chen"]))
    draft = chen.post("/items/elderly_allowance/apply").headers.get("Location", "")
    known = {
        "code": "elderly_allowance",
        "number": number,
        "task": str(town.task(number).id),
        "draft": draft.split("/")[2] if draft else str(uuid.uuid4()),
        "key": "agent",
        "name": "classic",
        "account": str(system.pk),
        "post": str(Post.objects.latest("id").pk),
        "benefit": "elderly_allowance",
        "month": "2026-10",
        "kind": "units",
        "uscc": company,
        "mandate": "1",
        "address": the_home_of(number),
        "entry": "1",
        "secret": "x",
        "token": "x",
        "notice": a_public_notice(number),
        "order": "pause",
        "category": "marriage",
        "seal": str(Seal.objects.get(unit="440104-mz", kind="official").pk),
        "release": str(CalendarRelease.objects.latest("id").pk),
        **{name: str(uuid.uuid4()) for name in ("paper", "file", "message", "authorisation")},
    }
    waiting, carded, paid = a_case_that_waits(town), a_card(town), a_payment(town)
    person, licence = the_person_of(number), a_licence_of(company)
    browsers = {
        "public": shown(Client()),
        "citizen": chen,
        "staff": shown(browser_of(town.people["clerk"])),
        "platform.system_admin": shown(browser_of(system)),
        "platform.security_admin": shown(browser_of(security)),
        "platform.audit_admin": shown(browser_of(audit)),
    }
    yield [
        Page(
            pattern,
            address,
            {**known, **codes_in(address, waiting, carded, paid, person, licence)},
            browser_for(door_of(pattern.callback), browsers),
        )
        for address, pattern in patterns(get_resolver())
        if pattern.name not in LEAVES
    ]


def codes_in(
    address: str,
    waiting: dict[str, str],
    carded: dict[str, str],
    paid: dict[str, str],
    person: dict[str, str],
    licence: dict[str, str],
) -> dict[str, str]:
    """The same names mean other things in other parts of the house."""
    others = {
        "units/": {"code": "440104-mz"},
        "/scenario": {"code": "small_restaurant"},
        "roles/": {"code": "platform.supervisor"},
        "redress/": {"number": "1"},
        "imports/": {"file": "1"},
        "places/committees/": {"code": "440104003001"},
        "suspensions/": waiting,
        "extensions/": waiting,
        "cards/": carded,
        "/of/": paid,
        "register/persons/": person,
        "my/contact/": {"kind": "phone"},
        "licences/": licence,
        "laws/": {"code": "petitions_regulations"},
    }
    return {
        name: value for part, values in others.items() if part in address for name, value in values.items()
    }


def the_person_of(number: str) -> dict[str, str]:
    """Whom a case is about, as the register's pages name her."""
    with scope.service():
        return {"key": Case.objects.get(number=number).subject.removeprefix("person:")}


def a_licence_of(company: str) -> dict[str, str]:
    """What the company holds and the bureau has issued."""
    name = Text(zh="越秀区民政局", en="Civil Affairs Bureau")
    with scope.service():
        issued = Issued("food_business", "JY24401990000001", "440104-mz", name, clock.today())
        return {"key": str(life.enter(f"entity:{company}", issued, word=Word("house")).id)}


def the_home_of(number: str) -> str:
    """Where she lives, as the pages of places name it."""
    with scope.service():
        person = Case.objects.get(number=number).subject.removeprefix("person:")
        return str(Residence.objects.get(person=person, kind="living", until=None).address_id)


def a_case_that_waits(at: Town) -> dict[str, str]:
    """A case under review that stands still, and for which more time was asked."""
    number = at.apply("chen", other_allowance=True)
    at.do("clerk", number, "accept")
    task = at.task(number)
    with at.acting("clerk") as actor:
        about = {"by": actor, "command": uuid.uuid4()}
        asked = extending.ask(task.case_id, task.id, reason="需要核实户籍", **about)["extension"]
        wanted = suspending.Wanted("hearing", "申请人要求听证", document="越民听〔2026〕3号")
        about["command"] = uuid.uuid4()
        begun = suspending.suspend(task.case_id, task.id, wanted, **about)["suspension"]
    return {"number": number, "extension": str(asked), "suspension": str(begun)}


def a_public_notice(number: str) -> str:
    """What everybody may read and object to these days."""
    now = clock.now()
    with scope.service():
        made = PublicNotice.objects.create(
            case=Case.objects.get(number=number),
            title_zh="高龄津贴申领",
            title_en="Elderly allowance",
            unit="440104-mz",
            name="陈＊堃",
            up_at=now,
            last_day=clock.today() + timedelta(days=7),
            ends_at=now + timedelta(days=8),
        )
    return str(made.pk)


def a_payment(at: Town) -> dict[str, str]:
    """An allowance that is paid, of which something is asked back."""
    number = at.apply("wang")
    with scope.service(), access.watching(HOUSE.viewer()):
        (paid,) = entitling.begin(Case.objects.get(number=number))
        why = {"reason": "多发一个月。", "basis": "示例办法第十条。", "by": "house", "by_name": "系统"}
        order = Order.objects.create(
            id=uuid.uuid4(), entitlement=paid, kind=Order.Kind.RECOVERY, at=clock.now(), **why
        )
        asked = Recovery.objects.create(
            entitlement=paid, order=order, amount=120, due_on=clock.today(), at=clock.now()
        )
    return {"number": number, "recovery": str(asked.pk)}


def a_card(at: Town) -> dict[str, str]:
    """A card that has fallen because nobody accepted in time."""
    at.apply("chen", other_allowance=True)
    with clock.standing_at("2026-12-09T10:00"):
        at.work()
    with scope.service():
        return {"card": str(Card.objects.latest("id").pk)}


def browser_for(door: Door | None, browsers: dict[str, Client]) -> Client:
    assert door is not None
    for role in sorted(door.roles):
        if role in browsers:
            return browsers[role]
    return browsers.get(door.kind, browsers["staff"])


def shown(browser: Client) -> Client:
    """A browser that shows what went wrong, as visitors see it, instead of raising."""
    browser.raise_request_exception = False
    return browser


def company_of(account: Account) -> str:
    """A company that somebody represents; its code."""
    account.refresh_from_db()
    with scope.service():
        source = sources.declare("market", zh="市场主体登记", en="Company register", unit="440104-mz")
        entered = entities.enter(
            uscc.make("91", "440199", "MA000001"),
            "示例云澜文化有限公司",
            representative=account.name,
            document=f"{account.document_type}:{account.document_number}",
            source=source,
            as_of=clock.today(),
        )
    return entered.uscc


def administrator(role: str) -> Account:
    account = accounts.create_staff(role.replace("_", "."), "邓文博", by=HOUSE)
    post = Post(unit_id="440104", code=role.replace("_", "-"), title="管理员").found(by=HOUSE)
    RoleGrant.give(Role.objects.get(code=f"platform.{role}"), post, "all", by=HOUSE, reason="测试")
    post.appoint(account, by=HOUSE)
    return account
