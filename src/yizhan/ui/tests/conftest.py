"""The room alone: its own addresses, its own middleware, empty menus, no database."""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.db import connections
from django.test import Client
from django.urls import clear_url_caches

from yizhan.ui import navigation

MIDDLEWARE = [
    "yizhan.ui.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]


@pytest.fixture(autouse=True)
def room_alone(settings, monkeypatch):
    settings.ROOT_URLCONF = "yizhan.ui.tests.addresses"
    settings.MIDDLEWARE = MIDDLEWARE
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    monkeypatch.setitem(connections.settings["default"], "ATOMIC_REQUESTS", False)
    monkeypatch.setattr(navigation, "_entries", defaultdict(dict))
    monkeypatch.setattr(navigation, "_templates", defaultdict(dict))
    clear_url_caches()


@pytest.fixture
def visitor():
    """A browser that shows error pages as visitors see them, instead of raising."""
    return Client(raise_request_exception=False, headers={"host": "127.0.0.1"})
