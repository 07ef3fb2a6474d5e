"""Pages about oneself: who one is, one's file and contacts, one's companies."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.stops.portal.people import NEW
from tests.journeys.stops.stop import Stop, at, first, save
from tests.journeys.walk import Walk


def _no_real_name(walk: Walk, page: Page) -> None:
    page.goto("/my/real-name/elderly_allowance")
    page.locator("#name").fill("何秀英")
    page.locator("#number").fill("440199195301010000")
    save(page)
    page.locator(".error-summary").wait_for()


def _objection(walk: Walk, page: Page) -> None:
    """The page of an objection on which one says what an entry should be."""
    page.goto("/my/file")
    page.locator("button[form=objection][value='person.ethnic_group']").click()
    page.wait_for_url("**/pages/value")


def _wrong_contact(walk: Walk, page: Page) -> None:
    page.goto("/my/contact/phone")
    page.locator("#value").fill("12")
    save(page)
    page.locator(".error-summary").wait_for()


def _contact_code(walk: Walk, page: Page) -> None:
    """The page on which the code is typed for an address; asked for once, since codes are counted."""

    def ask() -> str:
        page.goto("/my/contact/address")
        page.locator("#value").fill("示例路 9 号 301 房")
        save(page)
        page.wait_for_url("**/my/contact/code/*")
        return page.url

    page.goto(str(walk.once("contact", ask)))


def _unknown_agent(walk: Walk, page: Page) -> None:
    first("/my/companies", ".listing__title a")(walk, page)
    page.locator("#name").fill("吴志强")
    page.locator("#phone").fill("19900000008")
    save(page)
    page.locator(".error-summary").wait_for()


ONESELF = (
    Stop("real-name", "portal:real_name", NEW, at("/my/real-name")),
    Stop("real-name-error", "portal:real_name", NEW, _no_real_name),
    Stop("mine-new", "portal:mine", NEW, at("/my")),
    Stop("my-file", "portal:my_file", "huang", at("/my/file"), main=True),
    Stop("objection", "portal:page", "owner", _objection, main=True),
    Stop("contact", "portal:contact", "owner", at("/my/contact"), main=True),
    Stop("contact-phone", "portal:contact_change", "owner", at("/my/contact/phone")),
    Stop("contact-error", "portal:contact_change", "owner", _wrong_contact),
    Stop("contact-code", "portal:contact_code", "owner", _contact_code, main=True),
    Stop("my-looks", "portal:my_looks", "huang", at("/my/looks"), main=True),
    Stop("my-looks-unknown", "portal:my_looks", NEW, at("/my/looks")),
    Stop("messages-none", "portal:messages", NEW, at("/my/messages")),
    Stop("companies", "portal:companies", "owner", at("/my/companies"), main=True),
    Stop("companies-none", "portal:companies", "huang", at("/my/companies")),
    Stop("company", "portal:company", "owner", first("/my/companies", ".listing__title a"), main=True),
    Stop(
        "company-file", "portal:company_file", "owner", at("/my/companies/91440199MA00000230/file"), main=True
    ),
    Stop("company-errors", "portal:company", "owner", _unknown_agent),
)
