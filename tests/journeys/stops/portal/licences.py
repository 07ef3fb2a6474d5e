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
    Stop("licence-show", "portal:licence_show", "owner", _shown, main=True),
    Stop("licence-shown", "portal:licence_shown", "owner", _read),
    Stop("licence-shown-unknown", "portal:licence_shown", "", at("/licences/show/AAAA-AAAA-AAAA-AAAA-AAAA")),
    Stop("licence-ask", "portal:licence_ask", "", at("/licences"), main=True),
    Stop("licence-ask-none", "portal:licence_ask", "", _asked("JY0", "示例餐饮有限公司")),
    Stop("licence-ask-error", "portal:licence_ask", "", _asked("", "")),
)
