"""A running demo district on a chosen day, and people with browsers in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.product import Product

DAY = "2026-11-20T09:30"  # a Friday
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}

Enter = Callable[..., Page]


@pytest.fixture(scope="session")
def district() -> Iterator[Product]:
    """The demo district, started like anybody's."""
    with Product("--clock", DAY) as running:
        yield running


@pytest.fixture
def enter(browser: Browser, district: Product) -> Iterator[Enter]:
    """Let somebody in with one click: ``enter("chen")`` on a phone, ``enter("clerk", desk=True)`` at a desk."""
    opened = []

    def become(key: str, *, desk: bool = False) -> Page:
        context = browser.new_context(
            base_url=district.address, viewport=DESK if desk else PHONE, locale="zh-CN"
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        page.goto("/try/")
        page.locator(f'form[action$="/{key}"] button').click()
        page.wait_for_load_state()
        return page

    yield become
    for context in opened:
        context.close()


@pytest.fixture
def stranger(browser: Browser, district: Product) -> Iterator[Page]:
    """Somebody who is not logged in, on a phone."""
    context = browser.new_context(base_url=district.address, viewport=PHONE, locale="zh-CN")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
