"""Every address says for whom it is; nothing answers that does not."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from yizhan.identity.doors import door_of


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All addresses with their patterns."""
    for one in resolver.url_patterns:
        here = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from patterns(one, here)
        else:
            yield here, one


def test_every_address_is_marked():
    found = dict(patterns(get_resolver()))
    assert len(found) > 20
    assert [address for address, pattern in found.items() if door_of(pattern.callback) is None] == []


def test_what_anybody_may_open_is_a_short_list():
    """A new public address is a decision: it is added here by hand."""
    public = {
        address
        for address, pattern in patterns(get_resolver())
        if (door := door_of(pattern.callback)) and door.kind == "public"
    }
    assert public <= PUBLIC, sorted(public - PUBLIC)


PUBLIC = {
    "healthz", "preferences", "keys", "favicon.ico", "favicon.svg", "robots.txt", "ui/gallery",
    "", "items", "items/<slug:code>", "items/<slug:code>/scenario", "items/<slug:code>/form.pdf", "progress",
    "login", "login/code", "verify", "verify/<str:code>", "api/verify",
    "deadlines", "api/deadlines", "accessibility", "privacy", "sitemap", "rate/thanks", "rate/<str:token>",
    "pki/tsa", "pki/<str:name>", "notices", "notices/<uuid:notice>", "facilities", "laws", "laws/<str:code>",
    "licences", "licences/show/<str:code>", "licences/statistics",
    "staff/login", "staff/logout", "staff/inactive", "staff/set-up/<str:secret>", "staff/second-factor",
    "try/", "try/messages", "try/<slug:key>",
}  # fmt: skip
