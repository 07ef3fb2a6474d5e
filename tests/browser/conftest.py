"""A browser, and a small house to look at: the dress alone, without a database."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.utils import override_settings
from django.urls import clear_url_caches
from playwright.sync_api import Browser, BrowserContext, Page

from yizhan.ui import navigation
from yizhan.ui.manifest import asset
from yizhan.ui.navigation import Entry
from yizhan.ui.tests.conftest import MIDDLEWARE

HOUSE = {
    "DEMO": True,
    "ROOT_URLCONF": "tests.browser.addresses",
    "MIDDLEWARE": MIDDLEWARE,
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
}


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the console."""


@pytest.fixture(scope="module")
def house() -> Iterator[str]:
    """The address of the running house."""
    assert asset("public.css"), "The assets are not built: run `npm run build`, or `./yizhan up` once"
    with pytest.MonkeyPatch.context() as patch, override_settings(**HOUSE):
        patch.setitem(connections.settings["default"], "ATOMIC_REQUESTS", False)
        patch.setattr(navigation, "_entries", defaultdict(dict))
        patch.setattr(navigation, "_templates", defaultdict(dict))
        clear_url_caches()
        _announce()
        server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet, ipv6=False)
        server.set_app(get_wsgi_application())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
    clear_url_caches()


@pytest.fixture
def visit(browser: Browser, house: str) -> Iterator[Visit]:
    """Opens pages as one visitor; the visitor's console must stay empty."""
    visitor = Visit(browser, house)
    yield visitor
    visitor.close()


class Visit:
    """One visitor: ``visit("/gallery", width=390, theme="dark")`` gives the open page."""

    def __init__(self, browser: Browser, house: str) -> None:
        self._browser = browser
        self._house = house
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(self, path: str, *, width: int = 1440, scripts: bool = True, **cookies: str) -> Page:
        """Open a page; ``cookies`` are theme, elder and django_language."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            java_script_enabled=scripts,
            reduced_motion="reduce",  # a colour on its way to another would be measured half-way
        )
        self._contexts.append(context)
        context.add_cookies(
            [{"name": name, "value": text, "url": self._house} for name, text in cookies.items()]
        )
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self._house + path, wait_until="networkidle")
        return page

    def close(self) -> None:
        """End the visit."""
        for context in self._contexts:
            context.close()


def _announce() -> None:
    navigation.announce(
        "desk",
        Entry("inbox", "待办 Tasks", "desk:inbox", icon="inbox", count=lambda request: 23),
        Entry("late", "超期 Late", "desk:late", icon="gavel", group="业务 Business"),
    )
    navigation.announce("desk-search", Entry("search", "搜索 Search", "desk:home"))
    navigation.announce("desk-tools", Entry("mail", "消息 Messages", "desk:home", icon="message-circle"))
    navigation.announce("public", Entry("home", "首页 Home", "desk:home"))
    for place in ("tabbar-public", "tabbar-desk"):
        navigation.announce(
            place, Entry("inbox", "待办 Tasks", "desk:inbox", icon="inbox", count=lambda request: 2)
        )
