"""Every page of the product in a real browser: accessible, fitting, whole, in one language."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test.utils import override_settings
from django.urls import Resolver404, clear_url_caches, get_resolver, resolve
from playwright.sync_api import Browser, Page

from tests.browser.chromium import axe, missing_icons, overflow
from tests.browser.reading import chinese_in_english, frame, typography
from tests.journeys.conftest import DAY
from tests.journeys.stops import NO_PAGES, STOPS, Stop
from tests.journeys.stops.portal import tidy
from tests.journeys.walk import DESK, PHONE, SMALL, Walk
from tests.product import Product
from yizhan import urls
from yizhan.ui import urls as ui_urls

pytestmark = [pytest.mark.browser, pytest.mark.product]

# What depends on sizes, and what on colours; the rest was looked at in the first dress of the same page.
SIZES = ["target-size", "scrollable-region-focusable"]
COLOURS = ["color-contrast", "link-in-text-block"]
# And on what shows only where it is narrow, such as the button of a menu.
ON_A_PHONE = [
    *SIZES,
    *COLOURS,
    "aria-hidden-focus",
    "button-name",
    "image-alt",
    "label",
    "link-name",
    "list",
    "listitem",
]


@pytest.fixture(scope="module", autouse=True)
def demo_addresses() -> Iterator[None]:
    """The addresses as the running demo district has them; tests otherwise know none of the demo."""
    with override_settings(DEMO=True):
        read_addresses_again()
        yield
    read_addresses_again()


def read_addresses_again() -> None:
    for module in (ui_urls, urls):
        importlib.reload(module)
    clear_url_caches()


@pytest.fixture(scope="module")
def walk(browser: Browser, district: Product) -> Iterator[Walk]:
    """Everybody's windows into the district."""
    walking = Walk(browser, district, DAY)
    yield walking
    tidy(walking)
    walking.close()


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_page(walk: Walk, stop: Stop):
    assert look(walk, stop) == []
    assert walk.complaints == []


def look(walk: Walk, stop: Stop) -> list[dict[str, Any]]:
    """Open a page and say what is wrong with it."""
    page = walk.as_(stop.who)
    page.set_viewport_size({"width": DESK, "height": 900})
    walk.complaints.clear()
    stop.open(walk, page)
    assert route_of(page) == stop.route
    assert bool(page.locator(".explained").count()) == stop.fails, page.locator("body").inner_text()
    faults = frame(page) + missing_icons(page) + typography(page)
    for width, rules in ((DESK, None), (PHONE, ON_A_PHONE)):
        page.set_viewport_size({"width": width, "height": 900})
        faults += axe(page, rules=rules) + overflow(page)
    return faults + (dressed_otherwise(walk, page, stop) if stop.main else in_english(walk, page))


def in_english(walk: Walk, page: Page) -> list[dict[str, Any]]:
    """The page that stands there once more, in the other language; a form that led to it is sent again."""
    walk.speak(page, "en")
    try:
        page.reload()
        return chinese_in_english(page) + overflow(page)
    finally:
        walk.speak(page, "zh-hans")


def dressed_otherwise(walk: Walk, page: Page, stop: Stop) -> list[dict[str, Any]]:
    """The same page, which stands there on a phone, in elder mode, on the smallest phone, dark, and in English."""
    page.evaluate("document.documentElement.toggleAttribute('data-elder', true)")
    faults = overflow(page) + axe(page, rules=SIZES)
    page.evaluate("document.documentElement.toggleAttribute('data-elder', false)")
    page.set_viewport_size({"width": SMALL, "height": 900})
    faults += overflow(page) + axe(page, rules=SIZES)
    page.set_viewport_size({"width": DESK, "height": 900})
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    faults += axe(page, rules=COLOURS)
    page.evaluate("document.documentElement.dataset.bsTheme = 'light'")
    walk.speak(page, "en")
    try:
        stop.open(walk, page)
        faults += axe(page, but=COLOURS) + chinese_in_english(page)
        page.set_viewport_size({"width": SMALL, "height": 900})
        faults += overflow(page)
    finally:
        walk.speak(page, "zh-hans")
    return faults


def test_every_address_is_a_stop_or_no_page():
    named = set(names(get_resolver()))
    listed = {stop.route for stop in STOPS if stop.route} | set(NO_PAGES)
    assert sorted(named - listed) == []
    assert sorted(listed - named) == []


def names(resolver) -> Iterator[str]:
    """The full names of all addresses."""
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            prefix = f"{one.namespace}:" if one.namespace else ""
            yield from (prefix + name for name in names(one))
        else:
            yield one.name or str(one.pattern)


def route_of(page: Page) -> str:
    """The name of the address a page stands at; none for a page that is not there."""
    try:
        return resolve(urlsplit(page.url).path).view_name
    except Resolver404:
        return ""
