"""The room's test house, with the built assets served beside it."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from django.views.static import serve

from tests.browser import drawings

urlpatterns = [
    path("assets/<path:path>", serve, {"document_root": settings.ASSETS}),
    path("drawings/<slug:name>", drawings.page),
    path("", include("yizhan.ui.tests.addresses")),
]
