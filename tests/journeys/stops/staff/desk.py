"""Pages of work at the desk: lists, cases, search, cards, payments, redress."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.stops.portal import rate
from tests.journeys.stops.staff.registers import people_found
from tests.journeys.stops.stop import Stop, at, first
from tests.journeys.walk import Walk


def _desk_case_error(walk: Walk, page: Page) -> None:
    """Send what the clerk must say more about, without saying it."""
    page.goto("/desk/?tab=todo")
    page.locator("tr", has_text="街道受理").locator(".listing__title a").first.click()
    page.locator("details.more-acts > summary").click()
    page.locator("details.more-acts form .btn-primary").click()
    page.wait_for_load_state("load")


def _too_late(walk: Walk, page: Page) -> None:
    """Press a button on a task that somebody else has done meanwhile."""
    first("/desk/?tab=todo", ".listing__title a")(walk, page)
    other = page.context.new_page()
    other.goto(page.url)
    for window in (other, page):
        window.locator("#reason").fill("核对无误。")
        window.locator("button[name=action].btn-primary").first.click()
        window.wait_for_load_state("load")
    other.close()
    page.locator(".notice--danger").wait_for()


def _typing(walk: Walk, page: Page) -> None:
    page.goto("/desk/")
    page.keyboard.press("Control+k")
    page.keyboard.type("YX2026")
    page.locator("#seek-found [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")


def _batch(walk: Walk, page: Page) -> None:
    page.goto("/desk/?tab=todo")
    boxes = page.locator("input[name=task]")
    for number in range(min(3, boxes.count())):
        boxes.nth(number).check()
    page.locator(".toolbar--bulk button").first.click()
    page.locator("h1", has_text="批量").wait_for()


def _granted_at_desk(walk: Walk, page: Page) -> None:
    page.goto(f"/desk/cases/{walk.granted()}")


def _redress(walk: Walk, page: Page) -> None:
    walk.once("rated", lambda: rate(walk, walk.as_("chen")))
    first("/desk/redress", ".listing__title a")(walk, page)


def _payment(walk: Walk, page: Page) -> None:
    """One that is paid, from the list of the month."""
    first("/desk/payments", ".listing__title a")(walk, page)
    page.goto(str(page.locator("a[href*='/of/']").first.get_attribute("href")))


def _payment_errors(walk: Walk, page: Page) -> None:
    _payment(walk, page)
    page.locator("form[action$='/stop']").locator("..").locator("summary").click()
    page.locator("form[action$='/stop'] button").click()
    page.locator(".error-summary").wait_for()


def _payment_account(walk: Walk, page: Page) -> None:
    _payment(walk, page)
    page.locator("a[href$='/account']").click()
    page.locator("#again").wait_for()


DESK = (
    Stop("desk", "desk:home", "clerk", at("/desk/"), main=True),
    Stop("desk-mine", "desk:home", "clerk", at("/desk/?tab=mine")),
    Stop("desk-done", "desk:home", "clerk", at("/desk/?tab=done")),
    Stop("desk-nothing", "desk:home", "clerk", at("/desk/?words=zzz")),
    Stop("desk-case", "desk:case", "clerk", first("/desk/", ".listing__title a"), main=True),
    Stop("desk-objection", "desk:case", "objection", first("/desk/", ".listing__title a"), main=True),
    Stop("desk-case-error", "desk:supplement", "clerk", _desk_case_error),
    Stop("desk-case-granted", "desk:case", "approver", _granted_at_desk),
    Stop("desk-case-department", "desk:case", "fire", first("/desk/", ".listing__title a"), main=True),
    Stop("desk-case-merged", "desk:case", "lead_head", first("/desk/", ".listing__title a")),
    Stop("desk-search", "desk:search", "clerk", at("/desk/search")),
    Stop("desk-search-found", "desk:search", "clerk", at("/desk/search?q=YX2026")),
    Stop("desk-search-typing", "desk:home", "clerk", _typing),
    Stop("desk-search-people", "desk:search", "window", people_found),
    Stop("desk-messages", "desk:messages", "clerk", at("/desk/messages")),
    Stop("delegations", "desk:delegations", "clerk", at("/desk/delegations")),
    Stop("keys-desk", "ui:keys", "clerk", at("/keys")),
    Stop("late", "desk:late", "leader", at("/desk/late"), main=True),
    Stop("extensions", "desk:extensions", "approver", at("/desk/extensions")),
    Stop("extensions-none", "desk:extensions", "clerk", at("/desk/extensions")),
    Stop("cards", "desk:cards", "leader", at("/desk/cards"), main=True),
    Stop("cards-none", "desk:cards", "leader", at("/desk/cards?state=annulled&colour=red")),
    Stop("card", "desk:card", "leader", first("/desk/cards", ".listing__title a")),
    Stop("payments", "desk:payments", "payer", at("/desk/payments")),
    Stop("payment-list", "desk:payment_list", "payer", first("/desk/payments", ".listing__title a")),
    Stop("payment", "desk:payment", "payer", _payment, main=True),
    Stop("payment-errors", "desk:payment_order", "payer", _payment_errors),
    Stop("payment-account", "desk:payment_account", "payer", _payment_account),
    Stop("recoveries-none", "desk:recoveries", "payer", at("/desk/payments/recoveries")),
    Stop("redress-list", "desk:redress_list", "leader", at("/desk/redress")),
    Stop("redress", "desk:redress", "leader", _redress),
    Stop("all-delegations", "desk:all_delegations", "security", at("/desk/admin/delegations")),
    Stop("batch", "desk:batch", "approver", _batch),
    Stop("error-409", "desk:complete", "clerk", _too_late),
)
