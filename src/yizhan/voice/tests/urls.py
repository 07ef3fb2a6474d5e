"""The page that messages lead to; the doors themselves stand above this room."""

from django.http import HttpResponse
from django.urls import include, path

pages = ([path("cases/<str:number>", lambda request, number: HttpResponse(number), name="case")], "portal")
urlpatterns = [path("", include(pages))]
