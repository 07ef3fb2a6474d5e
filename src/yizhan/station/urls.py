"""Addresses of the window."""

from __future__ import annotations

from django.urls import path

from yizhan.station.views import drafts, home, receipts, residents

app_name = "station"
urlpatterns = [
    path("", home.index, name="home"),
    path("items/<slug:code>", residents.find, name="resident"),
    path("drafts/<uuid:draft>", drafts.page, name="draft"),
    path("drafts/<uuid:draft>/save", drafts.save, name="save"),
    path("drafts/<uuid:draft>/discard", drafts.discard, name="discard"),
    path("cases/<str:number>", receipts.done, name="done"),
    path("receipts/<str:number>", receipts.receipt, name="receipt"),
]
