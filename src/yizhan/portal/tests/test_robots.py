"""Search engines find the guides and nobody's own pages; of a demo they find nothing."""

import pytest

pytestmark = pytest.mark.django_db


def disallowed(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    return [line.removeprefix("Disallow: ") for line in lines[1:]]


def test_guides_are_found_and_own_pages_are_not(client, settings):
    settings.DEMO = False
    closed = disallowed(client)
    for address in ("/cases/YX202611-1", "/my/messages", "/staff/login", "/desk/"):
        assert [beginning for beginning in closed if address.startswith(beginning)]
    for address in ("/", "/items", "/items/elderly_allowance", "/verify", "/accessibility"):
        assert not [beginning for beginning in closed if address.startswith(beginning)]


def test_of_a_demo_nothing_is_found(client, settings):
    settings.DEMO = True
    assert disallowed(client) == ["/"]
