"""The wallet of a resident, a licence, its code; and what anybody may ask of a licence."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.stops.portal.people import NEW
from tests.journeys.stops.stop import Stop, Way, at, first, save
from tests.journeys.walk import Walk

_LINK = ".licence__link"


def _shown(walk: Walk, page: Page) -> None:
    first("/my/licences", _LINK)(walk, page)
    save(page)
    page.locator(".licence-code__picture img").wait_for()


def _read(walk: Walk, page: Page) -> None:
    """What whoever scans the code sees."""
    _shown(walk, page)
    page.goto(f"/licences/show/{page.locator('.licence-code__written').inner_text()}")


def _authorise_wrong(walk: Walk, page: Page) -> None:
    """A unit is let look for no purpose."""
    first("/my/licences", _LINK)(walk, page)
    page.locator("form[action$='/authorise'] button").click()
    page.locator(".error-summary").wait_for()


def _authorise(walk: Walk, page: Page) -> None:
    """A unit is let look, once; the licence says so."""

    def give() -> str:
        first("/my/licences", _LINK)(walk, page)
        page.locator("#unit").select_option("440104-scj")
        page.locator("#purpose").fill("办理营业场所变更核对")
        page.locator("#until").fill("2026-12-31")
        page.locator("form[action$='/authorise'] button").click()
        page.locator("details.confirm").first.wait_for()
        return page.url

    page.goto(str(walk.once("authorised", give)))


def _asked(number: str, holder: str) -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto("/licences")
        page.locator("#number").fill(number)
        page.locator("#holder").fill(holder)
        save(page)

    return way


LICENCES = (
    Stop("my-licences", "portal:my_licences", "owner", at("/my/licences"), main=True),
    Stop("my-licences-none", "portal:my_licences", NEW, at("/my/licences")),
    Stop("licence", "portal:licence", "owner", first("/my/licences", _LINK), main=True),
    Stop("licence-authorised", "portal:licence", "owner", _authorise),
    Stop("licence-authorise-error", "portal:licence_authorise", "owner", _authorise_wrong),
    Stop("licence-show", "portal:licence_show", "owner", _shown, main=True),
    Stop("licence-shown", "portal:licence_shown", "owner", _read),
    Stop("licence-shown-unknown", "portal:licence_shown", "", at("/licences/show/AAAA-AAAA-AAAA-AAAA-AAAA")),
    Stop("licence-ask", "portal:licence_ask", "", at("/licences"), main=True),
    Stop("licence-statistics", "portal:licence_statistics", "", at("/licences/statistics"), main=True),
    Stop("licence-ask-none", "portal:licence_ask", "", _asked("JY0", "示例餐饮有限公司")),
    Stop("licence-ask-error", "portal:licence_ask", "", _asked("", "")),
)
