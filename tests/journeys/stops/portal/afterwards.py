"""Pages of what was handed in: the case, supplements, messages, payments, the rating."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.journeys.steps import number_on
from tests.journeys.stops.portal.people import ASKED, REFUSED, WAITING
from tests.journeys.stops.stop import Stop, Way, at, save
from tests.journeys.walk import Walk


def _has_it(address: str) -> Way:
    def way(walk: Walk, page: Page) -> None:
        walk.granted()
        page.goto(address)

    return way


def _under_way(walk: Walk, page: Page) -> None:
    walk.doubtful(WAITING)
    page.goto("/items/elderly_allowance/apply")


def _granted(suffix: str = "", before: str = "/cases/") -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto(f"{before}{walk.granted()}{suffix}")

    return way


def _waiting(before: str = "/cases/") -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto(f"{before}{walk.doubtful(WAITING)}")

    return way


def _asked(suffix: str = "") -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto(f"/cases/{walk.asked(ASKED)}{suffix}")

    return way


def _refused_case(walk: Walk, page: Page) -> None:
    page.goto("/my")
    page.goto(f"/cases/{number_on(page)}")


def _mend(walk: Walk, page: Page) -> None:
    _asked("/supplement")(walk, page)
    page.locator(".task-list__link").first.click()
    page.wait_for_url("**/supplement/*")


def _message(walk: Walk, page: Page) -> None:
    walk.granted()
    page.goto("/my/messages")
    page.locator(".portal-message a").first.click()
    page.wait_for_url("**/my/messages/*")


def _wrong_mail(walk: Walk, page: Page) -> None:
    page.goto("/my/mail")
    page.locator("#address").fill("chen")
    save(page)
    page.locator(".error-summary").wait_for()


def _mailed(walk: Walk, page: Page) -> None:
    """The page behind the link of the mail, which the demo shows among its messages."""
    page.goto("/my/mail")
    page.locator("#address").fill("chen@example.com")
    save(page)
    page.goto("/try/messages")
    found = re.search(r"/my/mail/confirm/[^\s<]+", page.locator("main").inner_text())
    assert found
    page.goto(found.group())


def rate(walk: Walk, page: Page) -> None:
    page.goto(f"/cases/{walk.granted()}/rating")
    if page.locator("input[name=grade]").count():
        page.locator("label[for='grade-2']").click()
        page.locator("#words").fill("结果没问题，但短信过了一天才收到。")
        save(page)
    walk.once("rated", lambda: True)
    page.goto(f"/cases/{walk.granted()}/rating")


AFTERWARDS = (
    Stop("receipt", "portal:receipt", "chen", _granted(before="/receipts/"), main=True),
    Stop("receipt-waiting", "portal:receipt", WAITING, _waiting("/receipts/")),
    Stop("case-granted", "portal:case", "chen", _granted(), main=True),
    Stop("case-waiting", "portal:case", WAITING, _waiting()),
    Stop("case-correcting", "portal:case", ASKED, _asked()),
    Stop("case-refused", "portal:case", REFUSED, _refused_case),
    Stop("supplement", "portal:supplement", ASKED, _asked("/supplement")),
    Stop("mend", "portal:mend", ASKED, _mend),
    Stop("apply-already", "portal:begin", "chen", _has_it("/items/elderly_allowance/apply"), main=True),
    Stop("apply-under-way", "portal:begin", WAITING, _under_way),
    Stop("guide-already", "portal:guide", "chen", _has_it("/items/elderly_allowance"), main=True),
    Stop("mine", "portal:mine", "chen", at("/my"), main=True),
    Stop("messages", "portal:messages", "chen", at("/my/messages")),
    Stop("message", "portal:message", "chen", _message),
    Stop("channels", "portal:channels", "chen", at("/my/channels")),
    Stop("mail", "portal:mail", "chen", at("/my/mail")),
    Stop("mail-error", "portal:mail", "chen", _wrong_mail),
    Stop("mail-confirm", "portal:mail_confirm", "chen", _mailed),
    Stop("rate", "portal:rate", "chen", _granted("/rating")),
    Stop("rated", "portal:rate", "chen", rate),
    Stop("my-payments", "portal:payments", "chen", at("/my/payments")),
    Stop("real-name-known", "portal:real_name", "chen", at("/my/real-name")),
)
