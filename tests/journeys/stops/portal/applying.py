"""Pages of an application until it is handed in."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys import restaurant
from tests.journeys.steps import begin, say_it_is_right
from tests.journeys.stops.stop import Stop, Way, at, save
from tests.journeys.walk import Walk


def _nobody_chosen(walk: Walk, page: Page) -> None:
    page.goto("/items/outdoor_sign/apply")
    save(page)
    page.locator(".error-summary").wait_for()


def _restaurant(key: str) -> Way:
    """A page of an application for a restaurant with everything that can be asked."""

    def way(walk: Walk, page: Page) -> None:
        def made() -> str:
            draft = restaurant.begin(page, "示例云澜文化传播有限公司")
            restaurant.describe(page, draft, cooking="fumes", area=320)
            return draft

        page.goto(f"{walk.once('restaurant', made)}/{key}")

    return way


def _draft(walk: Walk, page: Page) -> str:
    """The address of a new application of somebody."""

    def made() -> str:
        page.goto("/items/elderly_allowance/apply")
        begin(page)
        return page.url.split("/pages/")[0].removesuffix("/check")

    return str(walk.once("draft", made))


def tidy(walk: Walk) -> None:
    """Throw the application away that was never handed in."""
    page = walk.as_("huang")
    page.goto("/my")
    drafts = page.locator("form[action$='/discard']")
    if drafts.count():
        with page.expect_navigation():
            drafts.first.evaluate("form => form.submit()")


def _before(walk: Walk, page: Page) -> None:
    """The page before an application, of somebody who has begun none."""
    tidy(walk)
    page.goto("/items/elderly_allowance/apply")


def _page(key: str) -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto(f"{_draft(walk, page)}/pages/{key}")

    return way


def _page_with_errors(walk: Walk, page: Page) -> None:
    page.goto(f"{_draft(walk, page)}/pages/account")
    page.locator("input[name='account.number']").fill("12")
    save(page)
    page.locator(".error-summary").wait_for()


def _filled_in(walk: Walk, page: Page) -> str:
    draft = _draft(walk, page)

    def fill() -> str:
        page.goto(f"{draft}/pages/person")
        save(page)
        page.get_by_label("开户银行").fill("示例银行越秀支行")
        page.get_by_label("银行账号").fill("6222 0212 3456 7890")
        save(page)
        say_it_is_right(page)
        page.get_by_label("否").check()
        save(page)
        page.get_by_label("是").first.check()
        page.locator("input[name='declaration.true']").check()
        save(page)
        where = page.get_by_label("在哪里领取？")
        if where.count():
            where.fill("示例市")
            save(page)
        return draft

    return str(walk.once("filled in", fill))


def _check(walk: Walk, page: Page) -> None:
    page.goto(f"{_filled_in(walk, page)}/check")


APPLYING = (
    Stop("guide-company", "portal:guide", "", at("/items/small_restaurant"), main=True),
    Stop("apply-whom", "portal:begin", "owner", at("/items/outdoor_sign/apply"), main=True),
    Stop("apply-whom-error", "portal:begin", "owner", _nobody_chosen),
    Stop("apply-no-company", "portal:begin", "huang", at("/items/outdoor_sign/apply"), main=True),
    Stop("apply-company", "portal:begin", "owner", at("/items/outdoor_sign/apply?for=91440199MA00000230")),
    Stop("apply-scene", "portal:page", "owner", _restaurant("pages/size")),
    Stop("apply-materials", "portal:page", "owner", _restaurant("pages/files"), main=True),
    Stop("check-materials", "portal:check", "owner", _restaurant("check")),
    Stop("apply-begin", "portal:begin", "huang", _before, main=True),
    Stop("apply-person", "portal:page", "huang", _page("person"), main=True),
    Stop("apply-account", "portal:page", "huang", _page("account"), main=True),
    Stop("apply-errors", "portal:page", "huang", _page_with_errors, main=True),
    Stop("apply-agent", "portal:page", "huang", _page("agent")),
    Stop("apply-declaration", "portal:page", "huang", _page("declaration")),
    Stop("check", "portal:check", "huang", _check, main=True),
    Stop("mine-draft", "portal:mine", "huang", at("/my")),
)
