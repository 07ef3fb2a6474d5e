"""All addresses of the product: each door brings its own, marked with whom it is for."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, include, path

from yizhan.database.health import healthz
from yizhan.identity.doors import public, without_database
from yizhan.ui import urls as ui

handler400 = "yizhan.ui.errors.bad_request"
handler403 = "yizhan.ui.errors.forbidden"
handler404 = "yizhan.ui.errors.not_found"
handler500 = "yizhan.ui.errors.server_error"

# The lowest rooms know no doors; their pages show nothing of anybody.
ui_pages = [URLPattern(page.pattern, public(page.callback), name=page.name) for page in ui.urlpatterns]

urlpatterns = [
    path("healthz", without_database(healthz), name="healthz"),
    path("", include((ui_pages, ui.app_name))),
    path("", include("yizhan.identity.urls")),
    *(
        path(prefix, include(f"yizhan.{door}.urls"))
        for prefix, door in (("", "portal"), ("station/", "station"), ("desk/", "desk"), ("try/", "demo"))
        if door in settings.ROOMS and (door != "demo" or settings.DEMO)
    ),
]
