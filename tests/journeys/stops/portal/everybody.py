"""Pages that everybody may meet: guides, look-ups, notices, laws, and the way in."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.stops.portal.people import ASKED
from tests.journeys.stops.stop import Stop, at, first, save
from tests.journeys.walk import Walk

_HEARING = "/deadlines?start=2026-09-14&law=licensing.decision&from1=2026-09-21&to1=2026-10-12&more=1"
_SCENARIO = "/items/small_restaurant/scenario"
_SCENE = "scene.cooking=fumes&scene.area=320&scene.dine_in=yes&scene.sign=yes&scene.renovation=no&scene.central_air=no"
NO_NOTICE = "0191b2c3-0000-7000-8000-000000000000"
NO_PAPER = "/verify/AAAA-AAAA-AAAA-AAAA-AAAA"


def _wrong_code(walk: Walk, page: Page) -> None:
    page.context.clear_cookies(name="yizhan_session")
    page.goto("/login")
    page.locator("#phone").fill("19911110001")
    page.locator("main form button").click()
    page.locator("#code").fill("000000")
    page.locator("main form button").click()
    page.locator(".error-summary").wait_for()


def _code(walk: Walk, page: Page) -> None:
    page.goto("/login")
    page.locator("#phone").fill("19911110002")
    page.locator("main form button").click()
    page.locator("#code").wait_for()


def _wrong_phone(walk: Walk, page: Page) -> None:
    page.goto("/login")
    page.locator("#phone").fill("12")
    page.locator("main form button").click()
    page.locator(".error-summary").wait_for()


def _home_of_somebody_asked(walk: Walk, page: Page) -> None:
    walk.asked(ASKED)
    page.goto("/")
    page.get_by_text("去补正").wait_for()


def _found(walk: Walk, page: Page) -> None:
    page.goto("/progress")
    page.locator("#number").fill(walk.granted())
    page.locator("#tail").fill(walk.identity_number("chen")[-4:])
    page.locator("#main form button").click()
    page.locator("#found").wait_for()


def _not_found(walk: Walk, page: Page) -> None:
    page.goto("/progress")
    page.locator("#number").fill("YX2026-1120-99999")
    page.locator("#main form button").click()
    page.locator(".error-summary").wait_for()


def _verified(walk: Walk, page: Page) -> None:
    page.goto(f"/verify/{walk.paper_code()}")


def _object_in_vain(walk: Walk, page: Page) -> None:
    first("/notices", ".listing__title a")(walk, page)
    page.locator("#words").fill("A car.")
    page.locator("#phone").fill("12")
    save(page)
    page.locator(".error-summary").wait_for()


EVERYBODY = (
    Stop("home", "portal:home", "", at("/"), main=True),
    Stop("home-mine", "portal:home", ASKED, _home_of_somebody_asked),
    Stop("items", "portal:items", "", at("/items")),
    Stop("items-none", "portal:items", "", at("/items?q=zzz")),
    Stop("guide", "portal:guide", "", at("/items/elderly_allowance"), main=True),
    Stop("scenario", "portal:scenario", "", at(_SCENARIO)),
    Stop("scenario-errors", "portal:scenario", "", at(f"{_SCENARIO}?scene.area=-3&scene.cooking=x")),
    Stop("scenario-found", "portal:scenario", "", at(f"{_SCENARIO}?{_SCENE}"), main=True),
    Stop("progress", "portal:progress", "", at("/progress"), main=True),
    Stop("progress-errors", "portal:progress", "", _not_found),
    Stop("progress-found", "portal:progress", "", _found),
    Stop("deadlines", "portal:deadlines", "", at("/deadlines")),
    Stop(
        "deadlines-errors", "portal:deadlines", "", at("/deadlines?start=then&amount=many&from1=2026-11-01")
    ),
    Stop("deadlines-found", "portal:deadlines", "", at(_HEARING), main=True),
    Stop(
        "deadlines-hours",
        "portal:deadlines",
        "",
        at("/deadlines?start=2026-11-20&at=16:00&amount=30&unit=duty_hours"),
    ),
    Stop(
        "deadlines-held", "portal:deadlines", "", at("/deadlines?start=2026-11-20&amount=20&from1=2026-11-25")
    ),
    Stop("verify", "portal:verify", "", at("/verify")),
    Stop("verify-error", "portal:verify", "", at("/verify?code=")),
    Stop("verified", "portal:verified", "", _verified),
    Stop("verified-unknown", "portal:verified", "", at(NO_PAPER)),
    Stop("notices", "portal:notices", "", at("/notices"), main=True),
    Stop("facilities", "portal:facilities", "", at("/facilities"), main=True),
    Stop("laws", "portal:laws", "", at("/laws"), main=True),
    Stop("laws-none", "portal:laws", "", at("/laws?q=zzz&kind=standard")),
    Stop("laws-wrong-day", "portal:laws", "", at("/laws?on=yesterday")),
    Stop("law", "portal:law", "", at("/laws/administrative_licensing_law"), main=True),
    Stop("law-repealed", "portal:law", "", at("/laws/petitions_regulations_2005")),
    Stop("facilities-none", "portal:facilities", "", at("/facilities?kind=7")),
    Stop("notice", "portal:notice", "", first("/notices", ".listing__title a"), main=True),
    Stop("notice-errors", "portal:notice", "", _object_in_vain),
    Stop("notice-over", "portal:notice", "", at(f"/notices/{NO_NOTICE}")),
    Stop("accessibility", "portal:accessibility", "", at("/accessibility")),
    Stop("privacy", "portal:privacy", "", at("/privacy"), main=True),
    Stop("sitemap", "portal:sitemap", "", at("/sitemap")),
    Stop("rate-spent", "portal:rate_by_token", "", at("/rate/nobody")),
    Stop("rate-thanks", "portal:rate_thanks", "", at("/rate/thanks")),
    Stop("login", "portal:login", "@login", at("/login"), main=True),
    Stop("login-error", "portal:login", "@login", _wrong_phone),
    Stop("login-code", "portal:login_code", "@login", _code),
    Stop("login-code-wrong", "portal:login_code", "@login", _wrong_code),
)
