"""What comes over the wire to a real district behind a proxy: broken requests, strange hosts, cut uploads."""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from collections.abc import Iterator
from email.message import Message

import pytest

from tests.product import Product

pytestmark = pytest.mark.product

HOST = "district.example"
SECRET = "a-set-up-secret-that-no-log-may-keep"


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    """An empty district with a public address of its own."""
    proxy = {"YIZHAN_PUBLIC_ADDRESS": f"https://{HOST}", "YIZHAN_BEHIND_PROXY": "1"}
    with Product("--empty", copied=True, **proxy) as running:
        yield running


def asked(
    product: Product, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, Message, str]:
    """One request as the proxy would hand it on: status, headers, page."""
    connection = http.client.HTTPConnection("127.0.0.1", product.port, timeout=30)
    sent = {
        "Host": HOST,
        "X-Forwarded-Proto": "https",
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    with contextlib.suppress(BrokenPipeError):  # it may have read enough of the body to answer
        connection.request(method, path, body or None, sent)
    answer = connection.getresponse()
    page = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, answer.headers, page


def raw(product: Product, request: bytes) -> bytes:
    """The first line of the answer to bytes that are hardly a request; empty when the line is cut."""
    with socket.create_connection(("127.0.0.1", product.port), timeout=20) as line:
        line.sendall(request)
        try:
            return line.recv(65536).partition(b"\r\n")[0]
        except (TimeoutError, ConnectionResetError):
            return b""


def test_cookies_travel_over_https_only_and_no_script_reads_the_session(product):
    _status, headers, _page = asked(product, "GET", "/staff/login")
    cookies = headers.get_all("Set-Cookie") or []
    assert cookies
    assert all("Secure" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
    assert all("HttpOnly" in cookie for cookie in cookies if cookie.startswith("yizhan_session"))
    assert "max-age=31536000" in headers["Strict-Transport-Security"]


def test_every_page_says_what_browsers_may_do_with_it(product):
    for path in ("/", "/staff/login", "/nowhere", "/desk/batch"):
        _status, headers, page = asked(product, "GET", path)
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe-" not in headers["Content-Security-Policy"]
        assert "<script>" not in page
        assert " style=" not in page


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}@evil.example", f"{HOST}.evil.example", "a b", ""])
def test_a_host_that_is_not_ours_is_not_answered(product, host):
    status, _headers, page = asked(product, "GET", "/", Host=host)
    assert status == 400
    assert "evil" not in page


def test_the_demo_is_no_part_of_a_real_district(product):
    for path in ("/try/", "/try/messages", "/try/chen", "/ui/gallery"):
        assert asked(product, "GET", path)[0] == 404, path


@pytest.mark.parametrize(
    "path", ["/login", "/staff/login", "/staff/logout", "/progress", "/verify/x", "/desk/batch"]
)
def test_no_form_is_taken_without_its_token(product, path):
    kind = {"Content_Type": "application/x-www-form-urlencoded"}
    assert asked(product, "POST", path, b"phone=13900000000", **kind)[0] == 403
    assert asked(product, "POST", path, b"phone=1", Origin="https://evil.example", **kind)[0] == 403


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a=" + b"x" * 3_000_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"f%d=1" % n for n in range(10_000)), "application/x-www-form-urlencoded", 413),
        (b"a=%ff%fe%00", "application/x-www-form-urlencoded", 403),
        (b"nonsense", "multipart/form-data; boundary=", 400),
        (b"nonsense", "multipart/form-data; boundary=x", 403),
        (b'{"a": 1}', "application/json", 403),
    ],
)
def test_what_is_no_form_gets_a_page_that_says_so(product, body, kind, status):
    for language, words in (("zh", "接下来怎么做"), ("en", "What to do now")):
        ours = {"Origin": f"https://{HOST}", "Cookie": f"csrftoken={'a' * 32}", "Accept_Language": language}
        answer = asked(product, "POST", "/login", body, Content_Type=kind, **ours)
        assert answer[0] == status
        assert words in answer[2]


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: district.example\r\nContent-Length: abc\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: district.example\r\nContent-Length: -5\r\n\r\n",
        b"GET /%s HTTP/1.1\r\nHost: district.example\r\n\r\n" % (b"x" * 100_000),
        b"GET /\xff\xfe HTTP/1.1\r\nHost: district.example\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"NONSENSE\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_by_the_server(product, request_):
    assert raw(product, request_).partition(b" ")[2][:1] in {b"4", b""}
    assert asked(product, "GET", "/healthz")[0] == 200


def test_an_upload_that_is_cut_leaves_nothing_and_blocks_nobody(product):
    head = b"POST /verify/x HTTP/1.1\r\nHost: district.example\r\nContent-Length: 5000000\r\n"
    kind = b"Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + b"%PDF-" * 2_000
    lines = [socket.create_connection(("127.0.0.1", product.port)) for _ in range(20)]
    for line in lines:
        line.sendall(head + kind + part)
    began = time.monotonic()
    assert asked(product, "GET", "/healthz")[0] == 200
    assert time.monotonic() - began < 10
    for line in lines:
        line.close()
    assert list((product.home / "files").rglob("*.upload*")) == []
    assert asked(product, "GET", "/healthz")[0] == 200


def test_the_log_keeps_neither_keys_nor_stack_traces(product):
    asked(product, "GET", f"/staff/set-up/{SECRET}")
    asked(product, "POST", f"/staff/set-up/{SECRET}", b"password=x")
    asked(product, "GET", f"/rate/{SECRET}")
    asked(product, "GET", "/nowhere/440199194503080012/13800001234")
    log = (product.home / "logs/web.log").read_text(errors="replace")
    assert "/staff/set-up/" in log
    for kept in (SECRET, "440199194503080012", "13800001234", "Traceback"):
        assert kept not in log, kept
