"""A running demo district on a chosen day, and people with browsers in it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from tests.journeys.steps import Card, log_in, prove_who_one_is, somebody_old
from tests.product import Product

DAY = "2026-11-20T09:30"  # a Friday
AFTERWARDS = "2026-11-20T11:30"  # the same day, on which the others play after a story that let days pass
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}

Arrive = Callable[..., Page]
Enter = Callable[..., Page]
Applicant = Callable[[str], Page]
Later = Callable[[str], None]


@pytest.fixture(scope="session")
def district() -> Iterator[Product]:
    """The demo district, started like anybody's."""
    with Product("--clock", DAY) as running:
        yield running


@pytest.fixture(scope="module")
def later(district: Product) -> Iterator[Later]:
    """Let days pass: ``later("2026-12-28T09:30")`` starts the district again on that day. Ends on the first day again."""
    days = [DAY]

    def start(moment: str) -> None:
        if days[-1] != moment:
            days.append(moment)
            district.stop()
            district.start("--clock", moment)

    yield start
    start(AFTERWARDS)


@pytest.fixture
def arrive(browser: Browser, district: Product) -> Iterator[Arrive]:
    """Somebody opens a browser and is not logged in: ``arrive()`` with a phone, ``arrive(desk=True)`` at a desk."""
    opened = []

    def somebody(*, desk: bool = False) -> Page:
        context = browser.new_context(
            base_url=district.address, viewport=DESK if desk else PHONE, locale="zh-CN"
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield somebody
    for context in opened:
        context.close()


@pytest.fixture
def enter(arrive: Arrive) -> Enter:
    """Let somebody in with one click: ``enter("chen")`` on a phone, ``enter("clerk", desk=True)`` at a desk."""

    def become(key: str, *, desk: bool = False) -> Page:
        page = arrive(desk=desk)
        page.goto("/try/")
        page.locator(f'form[action$="/{key}"] button').click()
        page.wait_for_load_state()
        return page

    return become


@pytest.fixture
def old_person(district: Product) -> Card:
    """The card of somebody over seventy of Beijing Sub-district, who has never applied for anything."""
    return somebody_old(district)


@pytest.fixture
def applicant(arrive: Arrive, district: Product) -> Applicant:
    """Such a person at home, logged in by this phone and known by name: ``applicant("19800000001")``.

    Of the allowance a person has one at a time; so whoever applies in a story has a phone of her own.
    """

    def come(phone: str) -> Page:
        page = arrive()
        log_in(page, arrive(), phone)
        prove_who_one_is(page, somebody_old(district))
        return page

    return come


@pytest.fixture
def photo() -> FilePayload:
    """A photo of a letter, as a phone would send it: 600 by 800 points of one grey."""
    rows = b"".join(b"\0" + b"\xb4" * 600 for _row in range(800))
    parts = (
        (b"IHDR", struct.pack(">2I5B", 600, 800, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return {"name": "委托书.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"".join(chunks)}


@pytest.fixture
def stranger(arrive: Arrive) -> Page:
    """Somebody who is not logged in, on a phone."""
    return arrive()
