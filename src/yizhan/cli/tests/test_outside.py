"""Mail, SMS and the scanner are tried as they are used; a fault names the variable to look at."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator

import pytest

from yizhan.cli import outside


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name in ("YIZHAN_MAIL_SERVER", "YIZHAN_SMS_GATEWAY", "YIZHAN_FILE_SCANNER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def mail_server() -> Iterator[str]:
    """A mail server that knows no passwords."""

    class Smtp(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            for line in self.rfile:
                word = line.split()[0].upper()
                answers = {b"EHLO": b"250-here\r\n250 AUTH PLAIN", b"QUIT": b"221 bye", b"AUTH": b"535 no"}
                self.wfile.write(answers.get(word, b"250 ok") + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def closed() -> str:
    """An address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def test_what_is_not_set_is_no_fault_but_is_said():
    found = list(outside.examine())
    assert [(finding.pending, finding.remedy) for finding in found] == [(True, "")] * 3
    assert "YIZHAN_MAIL_SERVER is not set: mail is kept and not sent" in found[0].seen


def test_a_mail_server_that_answers(mail_server, monkeypatch):
    monkeypatch.setenv("YIZHAN_MAIL_SERVER", f"smtp://{mail_server}")
    assert next(outside.examine()).seen == "127.0.0.1 answers"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "user or password is refused"), ("zh_CN", "用户名或密码被拒绝")]
)
def test_a_wrong_password_of_the_mail_server(mail_server, monkeypatch, language, words):
    monkeypatch.setenv("LC_ALL", language)
    monkeypatch.setenv("YIZHAN_MAIL_SERVER", f"smtp://me:wrong@{mail_server}")
    found = next(outside.examine())
    assert words in found.seen
    assert "YIZHAN_MAIL_SERVER" in found.remedy


@pytest.mark.parametrize("scheme", ["smtp", "smtps", "smtp+tls"])
def test_no_mail_server_there(closed, monkeypatch, scheme):
    monkeypatch.setenv("YIZHAN_MAIL_SERVER", f"{scheme}://{closed}")
    found = next(outside.examine())
    assert "refused" in found.seen
    assert found.remedy == "check YIZHAN_MAIL_SERVER and what it names"


def test_addresses_that_are_none_show_how_one_looks(monkeypatch):
    monkeypatch.setenv("YIZHAN_MAIL_SERVER", "mail.example")
    monkeypatch.setenv("YIZHAN_SMS_GATEWAY", "gateway.example")
    mail, sms, _ = outside.examine()
    assert "smtps://" in mail.remedy
    assert "https://host/path" in sms.remedy


def test_the_gateway_is_reached_or_not(mail_server, closed, monkeypatch):
    monkeypatch.setenv("YIZHAN_SMS_GATEWAY", f"http://{mail_server}/send")
    assert not list(outside.examine())[1].remedy
    monkeypatch.setenv("YIZHAN_SMS_GATEWAY", f"http://{closed}/send")
    assert "YIZHAN_SMS_GATEWAY" in list(outside.examine())[1].remedy
    monkeypatch.setenv("YIZHAN_SMS_GATEWAY", f"https://{mail_server}/send")
    assert list(outside.examine())[1].remedy, "it speaks no TLS"


@pytest.mark.parametrize(
    ("command", "seen"),
    [
        ("grep -q bad {path}", ""),
        ("false", "every upload (code 1)"),
        ("no-such-scanner {path}", "there is no program no-such-scanner"),
        ("'unclosed {path}", "No closing quotation"),
    ],
)
def test_the_scanner_is_tried_on_a_clean_file(monkeypatch, command, seen):
    monkeypatch.setenv("YIZHAN_FILE_SCANNER", command)
    found = list(outside.examine())[2]
    assert seen in found.seen
    assert bool(found.remedy) == bool(seen)
