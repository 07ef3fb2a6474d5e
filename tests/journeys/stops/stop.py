"""Every page a person can open, with who opens it and how 页面清单.

A stop names the address it ends at (``portal:case``), so that an address without a stop is found out by
test_every_page. ``main`` stops are looked at in English, dark, elder mode and on the smallest phone as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.walk import Walk

Way = Callable[[Walk, Page], None]


@dataclass(frozen=True)
class Stop:
    """A page, in one of its states."""

    name: str
    route: str
    who: str
    open: Way
    main: bool = False
    fails: bool = False
    """Whether the page is to say what went wrong, instead of what lies at its address."""


def at(address: str) -> Way:
    """Simply go there."""

    def way(walk: Walk, page: Page) -> None:
        page.goto(address)

    return way


def save(page: Page) -> None:
    """Press the page's main button."""
    page.locator(".button-row .btn-primary").first.click()
    page.wait_for_load_state("load")


def first(address: str, link: str) -> Way:
    """Follow the first link of a list."""

    def way(walk: Walk, page: Page) -> None:
        page.goto(address)
        page.goto(str(page.locator(link).first.get_attribute("href")))

    return way
