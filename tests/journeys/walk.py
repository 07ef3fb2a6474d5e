"""Everybody who opens pages in one running district, each with a browser window of their own 走一遍.

A window is opened once for each person and kept: ``walk.as_("chen")`` logs a persona in with one click,
``walk.as_("19910000016")`` whoever has that phone, by its code, ``walk.as_("")`` is a stranger.
What a page needs to be there (a case that was granted, a draft) is made when it is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

import pypdf
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.journeys.steps import (
    NUMBER,
    apply,
    ask_for_the_letter,
    awaited,
    code_sent_to,
    number_on,
    prove_who_one_is,
    somebody_old,
)
from tests.product import Product
from yizhan import clock
from yizhan.demo import personas
from yizhan.demo.load import SEED
from yizhan.demo.population import Numbers

DESK, PHONE, SMALL = 1440, 390, 320
_HEIGHT = 900
_CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}\b")
_PATIENCE = 20_000  # milliseconds


class Walk:
    """Windows into one district, and what was made there so that there is something to see."""

    def __init__(self, browser: Browser, district: Product, day: str) -> None:
        self.district = district
        self.address = district.address
        self.complaints: list[str] = []
        """What the browsers' consoles said since they were last emptied."""
        self._browser = browser
        self._day = day
        self._windows: dict[str, Page] = {}
        self._made: dict[str, Any] = {}

    def as_(self, who: str) -> Page:
        """The window of somebody."""
        if who not in self._windows:
            page = self._windows[who] = self.window()
            if who.isdecimal():
                self._log_in(page, who)
            elif who and not who.startswith("@"):
                page.goto("/try/")
                page.locator(f'form[action$="/{who}"] button').click()
                page.wait_for_load_state("load")
        return self._windows[who]

    def window(self) -> Page:
        """A new window of somebody who is not logged in."""
        context = self._browser.new_context(
            base_url=self.address,
            viewport={"width": DESK, "height": _HEIGHT},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",  # a colour on its way to another would be measured half-way
        )
        context.set_default_timeout(_PATIENCE)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        return context.new_page()

    def speak(self, page: Page, language: str) -> None:
        """Choose the language of a window: ``zh-hans`` or ``en``."""
        page.context.add_cookies(
            [{"name": "django_language", "value": language, "url": self.address, "sameSite": "Lax"}]
        )

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What ``make`` gave when it was first asked for under this name."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def granted(self) -> str:
        """The number of a case that was granted on the spot, its decision on paper."""
        return str(self.once("granted", self._granted))

    def paper_code(self) -> str:
        """The code by which anybody verifies that decision."""
        return str(self.once("paper", self._paper_code))

    def doubtful(self, phone: str) -> str:
        """The number of a case that waits for the clerk, of somebody who applied for the first time with this phone."""
        return str(self.once(f"doubtful {phone}", lambda: self._doubtful(phone)))

    def asked(self, phone: str) -> str:
        """The number of such a case of which the clerk has told what is missing."""

        def ask() -> str:
            number = self.doubtful(phone)
            ask_for_the_letter(self.as_("clerk"), number)
            return number

        return str(self.once(f"asked {phone}", ask))

    def identity_number(self, key: str) -> str:
        """The identity number of a resident one can be, which follows from the seed and the day."""
        with clock.standing_at(datetime.fromisoformat(self._day).replace(tzinfo=clock.ZONE)):
            entries = personas.registrations(Random(SEED + 1), Numbers())
        return entries[[one.key for one in personas.RESIDENTS].index(key)].id_number

    def close(self) -> None:
        """Close all windows."""
        for page in self._windows.values():
            page.context.close()

    def _log_in(self, page: Page, phone: str) -> None:
        page.goto("/login")
        page.locator("#phone").fill(phone)
        page.locator("main form button").click()
        other = page.context.new_page()
        page.locator("#code").fill(code_sent_to(other, phone))
        other.close()
        page.locator("main form button").click()
        page.wait_for_url("**/my")

    def _doubtful(self, phone: str) -> str:
        page = self.as_(phone)
        prove_who_one_is(page, somebody_old(self.district))
        return apply(page, other=True, agent=True)

    def _granted(self) -> str:
        page = self.as_("chen")
        page.goto("/my")
        number = number_on(page) if page.get_by_text(NUMBER).count() else apply(page)
        page.goto(f"/cases/{number}")
        awaited(page, lambda: page.locator(".portal-paper"))
        return number

    def _paper_code(self) -> str:
        number = self.granted()
        page = self.as_("chen")
        page.goto(f"/cases/{number}")
        with page.expect_download() as download:
            page.locator(".portal-paper a").first.click()
        text = "".join(one.extract_text() for one in pypdf.PdfReader(download.value.path()).pages)
        found = _CODE.search(text)
        assert found, text
        return found.group()

    def _heard(self, message: ConsoleMessage) -> None:
        if "GL Driver Message" in message.text:
            return  # a machine without graphics draws maps slowly, and says so
        # The browser notes every page that is an answer of its own kind (404, 422): those are wanted here.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)
        elif message.type == "error" and message.page and message.location["url"] != message.page.url:
            self.complaints.append(f"{message.text} {message.location['url']}")
