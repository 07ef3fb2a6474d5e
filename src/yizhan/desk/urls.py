"""Addresses of the workbench."""

from __future__ import annotations

from django.urls import path

from yizhan.desk.views import acts, batch, case, home, messages, search

app_name = "desk"
urlpatterns = [
    path("", home.index, name="home"),
    path("batch", batch.act, name="batch"),
    path("search", search.index, name="search"),
    path("messages", messages.index, name="messages"),
    path("cases/<str:number>", case.page, name="case"),
    path("cases/<str:number>/tasks/<int:task>/claim", acts.claim, name="claim"),
    path("cases/<str:number>/tasks/<int:task>/put-back", acts.put_back, name="put_back"),
    path("cases/<str:number>/tasks/<int:task>/hand-over", acts.hand_over, name="hand_over"),
    path("cases/<str:number>/tasks/<int:task>/complete", acts.complete, name="complete"),
    path("cases/<str:number>/tasks/<int:task>/supplement", acts.supplement, name="supplement"),
    path("cases/<str:number>/papers/<uuid:paper>", case.paper, name="paper"),
    path("cases/<str:number>/files/<uuid:file>", case.file, name="file"),
]
