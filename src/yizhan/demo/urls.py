"""Addresses of the demo; there are none outside demo mode."""

from __future__ import annotations

from django.urls import path

from yizhan.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.people, name="people"),
    path("messages", views.outbox, name="outbox"),
    path("<slug:key>", views.become, name="become"),
]
