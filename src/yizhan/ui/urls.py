"""Addresses of the room."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from yizhan.ui import views

app_name = "ui"
urlpatterns = [
    path("preferences", views.preferences, name="preferences"),
    path("keys", views.keys, name="keys"),
    path("favicon.ico", views.favicon),  # what browsers ask for without being told
    path("favicon.svg", views.favicon, name="favicon"),
]
if settings.DEMO:
    urlpatterns.append(path("ui/gallery", views.gallery, name="gallery"))
