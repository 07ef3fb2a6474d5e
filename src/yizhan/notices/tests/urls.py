"""A page that messages can lead to."""

from django.http import HttpResponse
from django.urls import include, path

pages = ([path("case/<str:number>/", lambda request, number: HttpResponse(number), name="case")], "portal")
urlpatterns = [path("my/", include(pages))]
