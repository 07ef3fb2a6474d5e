"""Pages about the site; every page in both languages; who is let in where."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from yizhan.identity.doors import door_of
from yizhan.portal import pace, urls
from yizhan.portal.models import Tries
from yizhan.portal.tests.conftest import begun
from yizhan.portal.tests.pages import text

HAN = re.compile(r"[\u3400-\u9fff]")
OPEN = [
    "/", "/items", "/items?q=allowance", "/items?q=zzz", "/items/elderly_allowance", "/login", "/progress", "/verify",
    "/verify/AAAA", "/accessibility", "/privacy", "/sitemap",
]  # fmt: skip
OWN = ["/", "/my", "/my/messages", "/my/channels", "/my/real-name", "/items/elderly_allowance"]


def english_only(page: str) -> list[str]:
    """Chinese that an English page does not mark as Chinese."""
    page = re.sub(r'<(\w+)[^>]*\blang="zh[^"]*"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
    return [line.strip() for line in page.splitlines() if HAN.search(line)]


@pytest.mark.parametrize("page", OPEN)
def test_every_open_page_stands_in_both_languages(town, page):
    chinese, english = Client(), Client()
    english.cookies["django_language"] = "en"
    assert chinese.get(page).status_code == english.get(page).status_code
    assert HAN.search(text(chinese.get(page)))
    assert english_only(text(english.get(page))) == []


@pytest.mark.parametrize("page", OWN)
def test_every_own_page_is_wholly_english(town, as_, page):
    chen = as_("chen")
    chen.cookies["django_language"] = "en"
    assert english_only(text(chen.get(page))) == []


def test_the_form_is_wholly_english_but_for_names_and_places(town, as_):
    chen = as_("chen")
    chen.cookies["django_language"] = "en"
    draft = begun(chen)
    for key in ("account", "agent", "declaration"):
        left = english_only(text(chen.get(f"{draft}/pages/{key}")))
        assert [line for line in left if "陈玥堃" not in line] == []


def test_a_page_about_something_says_it(town):
    assert "WCAG 2.2" in text(Client().get("/accessibility"))
    assert "12 小时" in text(Client().get("/privacy"))
    assert "/items/elderly_allowance" in text(Client().get("/sitemap"))


def test_every_address_of_the_room_is_marked():
    views = {pattern.name: pattern.callback for pattern in urls.urlpatterns}
    own = {name for name, view in views.items() if door_of(view) and door_of(view).kind != "public"}
    assert all(door_of(view) for view in views.values())
    assert own >= {"begin", "resume", "check", "submit", "discard", "page", "receipt", "case", "supplement", "mend",
                   "withdraw", "paper", "file", "mine", "real_name", "messages", "message", "channels"}  # fmt: skip


def test_every_own_address_leads_nobody_to_the_log_in(db):
    some = {
        "code": "elderly_allowance",
        "key": "account",
        "number": "YX2026-1120-00001",
        "uscc": "x",
        "mandate": 1,
        "entry": 1,
        "kind": "phone",
    }
    some |= dict.fromkeys(("draft", "paper", "file", "message", "authorisation"), UUID(int=0))
    some |= {"uscc": "91440101MA00000000", "mandate": 1}
    for pattern in urls.urlpatterns:
        door = door_of(pattern.callback)
        if door.kind == "citizen":
            of_a_licence = {"key": UUID(int=0)} if pattern.name.startswith("licence") else {}
            wanted = {name: (some | of_a_licence)[name] for name in pattern.pattern.converters}
            address = reverse(f"portal:{pattern.name}", kwargs=wanted)
            answer = Client().get(address)
            assert answer.headers["Location"].startswith("/login?next="), address


def test_a_count_is_forgotten_after_a_day(db):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    pace.count(request, "test", most=2)
    Tries.objects.update(hour=timezone.now() - timedelta(days=3))
    pace.count(RequestFactory().get("/", REMOTE_ADDR="192.0.2.2"), "test", most=2)
    assert list(Tries.objects.values_list("key", flat=True)) == ["test/192.0.2.2"]


def test_a_count_begins_anew_every_hour(db):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    for _try in range(3):
        pace.count(request, "test", most=3)
    Tries.objects.update(hour=timezone.now() - timedelta(hours=2))
    pace.count(request, "test", most=3)
    assert Tries.objects.get().count == 1


def test_a_page_travels_compressed_and_is_not_sent_again_when_it_is_known(db):
    browser = Client(HTTP_ACCEPT_ENCODING="gzip")
    first = browser.get("/accessibility")
    assert first.headers["Content-Encoding"] == "gzip"
    again = browser.get("/accessibility", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
