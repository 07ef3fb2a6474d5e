"""The room's own pages, and a few others behind each kind of door."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import include, path

from yizhan.identity import doors
from yizhan.journal import access


def answer(request) -> HttpResponse:
    name = request.actor.name if request.actor else "nobody"
    return HttpResponse(f"{request.method} {name}")


def look(request) -> HttpResponse:
    access.saw(["person:a", "person:b"], ["name"], purpose="case:1")
    return HttpResponse("seen")


portal = ([path("login", doors.public(answer), name="login")], "portal")

urlpatterns = [
    path("", include("yizhan.identity.urls")),
    path("", include(portal)),
    path("open", doors.public(answer)),
    path("known", doors.signed_in(answer)),
    path("resident", doors.citizen(answer)),
    path("desk/", doors.staff()(answer)),
    path("chief", doors.staff("pack.chief")(answer)),
    path("seal", doors.staff()(doors.recently_authenticated(answer))),
    path("look", doors.staff()(look)),
    path("forgotten", answer),
]
