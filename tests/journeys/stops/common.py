"""Pages that everybody may meet: settings, the demo's own, and what is said where something went wrong."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.stops.portal import NO_PAPER
from tests.journeys.stops.stop import Stop, at
from tests.journeys.walk import Walk

_AN_HOUR = 61


def _forged(walk: Walk, page: Page) -> None:
    page.goto(NO_PAPER)
    page.goto("/progress")
    page.context.clear_cookies(name="csrftoken")
    page.locator("#main form button").click()
    page.locator(".explained").wait_for()


def _too_large(walk: Walk, page: Page) -> None:
    """Send a form of three million characters."""
    page.goto("/progress")
    page.locator("#number").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(3e6); }"
    )
    page.locator("#main form button").click()
    page.locator(".explained").wait_for()


def _too_often(walk: Walk, page: Page) -> None:
    """Guess codes until the house has enough of it; then the hour is over for everybody else."""
    for _guess in range(2 * _AN_HOUR):  # an hour may end meanwhile
        if page.request.get(NO_PAPER).status == 429:
            break
    page.goto(NO_PAPER)
    walk.district.rows("delete from portal_tries where key like 'verify/%%'")


def _broken(walk: Walk, page: Page) -> None:
    """A table is not there that the page needs."""
    walk.district.rows("alter table portal_tries rename to portal_tries_away")
    try:
        page.goto(NO_PAPER)
    finally:
        walk.district.rows("alter table portal_tries_away rename to portal_tries")


COMMON = (
    Stop("preferences", "ui:preferences", "", at("/preferences")),
    Stop("keys", "ui:keys", "", at("/keys")),
    Stop("gallery", "ui:gallery", "", at("/ui/gallery")),
    Stop("people", "demo:people", "", at("/try/")),
    Stop("outbox", "demo:outbox", "", at("/try/messages")),
    Stop("error-404", "", "", at("/nowhere"), fails=True, main=True),
    Stop("error-403", "desk:home", "chen", at("/desk/"), fails=True),
    Stop("error-403-form", "portal:progress", "", _forged, fails=True),
    Stop("error-413", "portal:progress", "", _too_large, fails=True),
    Stop("error-429", "portal:verified", "", _too_often, fails=True),
    Stop("error-500", "portal:verified", "", _broken, fails=True),
)
