"""Pages of a window."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.steps import number_on
from tests.journeys.stops.stop import Stop, Way, at, save
from tests.journeys.walk import Walk


def _window_company(walk: Walk, page: Page) -> None:
    page.goto("/station/items/outdoor_sign")
    page.locator("#number").fill("91440199MA00000230")
    page.locator("#name").fill("示例泮水食品有限公司")
    save(page)
    page.wait_for_url("**/station/drafts/*")


def _window_error(walk: Walk, page: Page) -> None:
    page.goto("/station/items/elderly_allowance")
    page.locator("#number").fill("44019919450101000X")
    page.locator("#name").fill("陈玉珍")
    save(page)
    page.locator(".error-summary").wait_for()


def _window_already(walk: Walk, page: Page) -> None:
    """Somebody whose application of last week waits for a supplement."""
    page.goto("/station/items/elderly_allowance")
    page.locator("#number").fill(walk.identity_number("liang"))
    page.locator("#name").fill("梁婉仪")
    save(page)
    page.locator(".notice--warning").wait_for()


def _window_draft(walk: Walk, page: Page) -> None:
    def begin() -> str:
        page.goto("/station/items/elderly_allowance")
        page.locator("#number").fill(walk.identity_number("li"))
        page.locator("#name").fill("李惠兰")
        save(page)
        page.wait_for_url("**/station/drafts/*")
        return page.url

    page.goto(str(walk.once("window draft", begin)))


def _window_errors(walk: Walk, page: Page) -> None:
    _window_draft(walk, page)
    page.locator("button[value=check]").click()
    page.locator(".error-summary").wait_for()


def _window_number(walk: Walk, page: Page) -> str:
    """The number of a case that was taken in at the window."""

    def hand_in() -> str:
        _window_draft(walk, page)
        page.get_by_label("联系电话").fill("19900000004")
        page.get_by_label("开户银行").fill("示例银行越秀支行")
        page.get_by_label("银行账号").fill("6222 0212 3456 7890")
        for question in ("agent.is_agent", "declaration.other_allowance"):
            page.locator(f"input[name='{question}']").last.check()
        page.locator("input[name='declaration.true']").check()
        for _ in range(3):
            page.locator("button[value=submit]").click()
            page.wait_for_load_state("load")
            if "/station/cases/" in page.url:
                break
            page.locator("[name$='~sure']").check()
        return number_on(page)

    return str(walk.once("window case", hand_in))


def _window(before: str) -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto(f"{before}{_window_number(walk, page)}")

    return way


STATION = (
    Stop("station", "station:home", "window", at("/station/")),
    Stop("station-resident", "station:resident", "window", at("/station/items/elderly_allowance")),
    Stop("station-resident-error", "station:resident", "window", _window_error),
    Stop("station-company", "station:resident", "window", at("/station/items/outdoor_sign")),
    Stop("station-company-draft", "station:draft", "window", _window_company),
    Stop("station-already", "station:resident", "window", _window_already, main=True),
    Stop("station-draft", "station:draft", "window", _window_draft, main=True),
    Stop("station-draft-errors", "station:draft", "window", _window_errors),
    Stop("station-done", "station:done", "window", _window("/station/cases/")),
    Stop("station-receipt", "station:receipt", "window", _window("/station/receipts/")),
)
