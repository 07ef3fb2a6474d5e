"""Pages that say something about the site itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yizhan.cases import catalogue, objections
from yizhan.portal.doors import shared
from yizhan.registry import retention, sources


@shared
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done for people who see, hear or move differently 无障碍声明."""
    return render(request, "portal/pages/accessibility.jinja")


@shared
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data are used for what, on whose word, how long they are kept, what one may ask for 隐私保护."""
    context = {"kinds": retention.table(), "sources": sources.answered(), "objects": objections.offered()}
    return render(request, "portal/pages/privacy.jinja", context)


@shared
def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages of the portal 网站地图."""
    return render(request, "portal/pages/sitemap.jinja", {"items": catalogue.items()})
