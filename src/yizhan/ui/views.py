"""The room's own pages 显示设置、快捷键、标签图标、组件样例."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from yizhan.ui import samples
from yizhan.ui.preferences import Preferences, remember


# Without a token in every form pages stay the same for everybody and can be cached. Nothing is at stake:
# the view changes only how the sender sees pages, and browsers tell where the form came from.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """The page of choices; a POST keeps them and goes back where it came from."""
    if request.method == "GET":
        context = {
            "chosen": Preferences.of(request),
            "back": safe_path(request, request.GET.get("next", "/")),
        }
        return render(request, "ui/preferences.jinja", context)
    if not _sent_from_here(request):
        return HttpResponse(status=403)
    if request.headers.get("Accept", "").startswith("application/json"):
        response = HttpResponse(status=204)  # the page has already changed itself
    else:
        response = HttpResponseRedirect(safe_path(request, request.POST.get("next", "/")))
    remember(response, request.POST)
    return response


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """The workbench's keyboard shortcuts, for who has no scripts or wants to print them."""
    return render(request, "ui/keys.jinja")


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """The sign in the browser's tab: the red square with the site's character."""
    drawing = render(request, "ui/favicon.svg.jinja", content_type="image/svg+xml")
    drawing.headers["Content-Security-Policy"] = "default-src 'none'"
    return drawing


@require_http_methods(["GET", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, with invented contents; only in demo mode. What is sent is thrown away."""
    if request.method == "POST":
        return HttpResponseRedirect(request.get_full_path())
    layout = "ui/desk.jinja" if request.GET.get("layout") == "desk" else "ui/public.jinja"
    return render(request, "ui/gallery.jinja", {"layout": layout, **samples.contents()})


def safe_path(request: HttpRequest, address: str) -> str:
    """The path of an address of this site, or the root for any other address."""
    same_site = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not same_site:
        return "/"
    parts = urlsplit(address)
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


def _sent_from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    return origin in {None, f"{request.scheme}://{request.get_host()}"}
