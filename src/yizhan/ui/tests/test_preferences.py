import pytest
from django.test import RequestFactory

from yizhan.ui.preferences import Preferences
from yizhan.ui.views import safe_path


def test_a_choice_is_kept_and_the_visitor_goes_back(visitor):
    answer = visitor.post(
        "/preferences", {"elder": "on", "theme": "dark", "language": "en", "next": "/keys?a=1"}
    )
    assert (answer.status_code, answer.url) == (302, "/keys?a=1")
    page = visitor.get("/preferences").content.decode()
    assert '<html lang="en" data-bs-theme="dark" data-elder>' in page


def test_what_nobody_offers_is_not_kept(visitor):
    answer = visitor.post("/preferences", {"elder": "yes", "theme": "<b>", "language": "fr"})
    assert not answer.cookies


def test_scripts_get_no_page_back(visitor):
    answer = visitor.post("/preferences", {"theme": "dark"}, headers={"accept": "application/json"})
    assert answer.status_code == 204
    assert answer.cookies["theme"].value == "dark"


def test_another_site_cannot_set_the_look(visitor):
    answer = visitor.post("/preferences", {"elder": "on"}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert not answer.cookies


def test_our_own_form_is_heard(visitor):
    answer = visitor.post("/preferences", {"elder": "on"}, headers={"origin": "http://127.0.0.1"})
    assert answer.cookies["elder"].value == "on"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil",
        "\x08//evil",
        "",
    ],
)
def test_the_way_back_never_leaves_the_site(address):
    assert safe_path(RequestFactory().get("/", headers={"host": "127.0.0.1"}), address) == "/"


@pytest.mark.parametrize("address", ["/keys?a=1&b=2", "http://127.0.0.1/keys?a=1&b=2"])
def test_the_way_back_keeps_its_query(address):
    assert safe_path(RequestFactory().get("/", headers={"host": "127.0.0.1"}), address) == "/keys?a=1&b=2"


def test_a_broken_cookie_reads_as_the_default():
    request = RequestFactory().get("/")
    request.COOKIES = {"theme": '"><script>', "elder": "1"}
    assert Preferences.of(request) == Preferences("light", elder=False)
