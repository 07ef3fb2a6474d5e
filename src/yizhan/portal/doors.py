"""The portal's two doors 门: pages for everybody, and pages that show a resident her own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page

from yizhan.identity.doors import citizen, public

View = Callable[..., HttpResponseBase]


def shared(view: View) -> View:
    """A page for everybody: a browser that has it already is told so, and gets it again only when it changed.

    No cache between us may keep it, since the bar on top shows who is signed in.
    """
    return public(cache_control(private=True, no_cache=True)(conditional_page(view)))


def own(view: View) -> View:
    """A resident's own page: kept nowhere, so that the next person at a shared computer finds nothing of it."""
    return citizen(never_cache(view))
