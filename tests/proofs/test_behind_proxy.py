"""Behind a proxy that ends TLS: secure cookies, HSTS, the hosts that are answered and those that are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.product import Product
from tests.proofs.visitor import Visitor

pytestmark = pytest.mark.product

FROM_PROXY = {"Host": "yizhan.example", "X_Forwarded_Proto": "https"}


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    settings = {
        "YIZHAN_PUBLIC_ADDRESS": "https://yizhan.example",
        "YIZHAN_BEHIND_PROXY": "1",
        "YIZHAN_ALLOWED_HOSTS": "inner.example",
    }
    with Product("--empty", copied=True, **settings) as running:
        yield running


def test_what_it_prints_is_the_address_people_type(product):
    assert "https://yizhan.example/staff/login" in product.said()


def test_cookies_are_secure_and_browsers_stay_with_https(product):
    page = Visitor(product.address, **FROM_PROXY).get("/staff/login")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookies = page.headers.get_all("Set-Cookie")
    assert cookies
    assert all("Secure" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_without_the_proxys_word_no_page_claims_to_be_secure(product):
    page = Visitor(product.address, Host="yizhan.example").get("/staff/login")
    assert page.status == 200
    assert "Strict-Transport-Security" not in page.headers


@pytest.mark.parametrize("host", ["inner.example", "127.0.0.1", "localhost:1"])
def test_other_hosts_that_are_answered(product, host):
    assert Visitor(product.address, Host=host).get("/items").status == 200


@pytest.mark.parametrize("host", ["evil.example", "yizhan.example.evil.example", "x:y:z"])
def test_a_host_that_is_not_ours_gets_a_page_and_not_our_links(product, host):
    refused = Visitor(product.address, Host=host).get("/items")
    assert refused.status == 400
    assert "没有看懂这次请求" in refused.text
    assert "evil" not in refused.text


def test_a_form_from_the_public_address_is_taken_and_one_from_elsewhere_is_not(product):
    for origin, status in (("https://yizhan.example", 200), ("https://evil.example", 403)):
        visitor = Visitor(product.address, Origin=origin, **FROM_PROXY)
        page = visitor.get("/staff/login")
        token = page.headers["Set-Cookie"].partition("csrftoken=")[2].partition(";")[0]
        visitor = Visitor(product.address, Origin=origin, Cookie=f"csrftoken={token}", **FROM_PROXY)
        visitor.get("/staff/login")
        assert visitor.send("/staff/login", login="nobody", password="x").status == status
