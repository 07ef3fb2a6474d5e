"""Addresses of the workbench."""

from __future__ import annotations

from django.urls import path

from yizhan.desk.views import (
    acts,
    batch,
    case,
    delegations,
    directory,
    divisions,
    home,
    late,
    looks,
    messages,
    payments,
    people,
    posts,
    redress,
    roles,
    running,
    search,
    units,
)

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
    path("late", late.index, name="late"),
    path("delegations", delegations.mine, name="delegations"),
    path("admin/units", units.index, name="units"),
    path("admin/units/<str:code>", units.unit, name="unit"),
    path("admin/units/posts/<int:post>", posts.post, name="post"),
    path("admin/units/posts/<int:post>/roles", posts.roles, name="post_roles"),
    path("admin/people", people.index, name="people"),
    path("admin/people/<int:account>", people.person, name="person"),
    path("admin/people/<int:account>/set-up-link", people.set_up_link, name="set_up_link"),
    path("admin/roles", roles.index, name="roles"),
    path("admin/roles/<str:code>", roles.role, name="role"),
    path("admin/delegations", delegations.all_, name="all_delegations"),
    path("admin/directory", directory.load, name="directory"),
    path("admin/directory/<slug:kind>.csv", directory.template, name="directory_template"),
    path("admin/divisions", divisions.index, name="divisions"),
    path("admin/looks", looks.index, name="looks"),
    path("admin/running", running.index, name="running"),
    *payments.payments_urls,
    *redress.redress_urls,
]
