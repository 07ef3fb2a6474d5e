"""The room's test house, with the built assets served beside it."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from django.views.static import serve

urlpatterns = [
    path("assets/<path:path>", serve, {"document_root": settings.ASSETS}),
    path("", include("yizhan.ui.tests.addresses")),
]
