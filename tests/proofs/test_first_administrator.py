"""An empty district says how to make its first administrator, and that leads to a working one."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.product import Product
from tests.proofs.visitor import Visitor

pytestmark = pytest.mark.product

PASSWORD = "晨雾里的 白鹭 27"


def code(secret: str, step: int = 0) -> str:
    """What an authenticator shows, ``step`` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


@pytest.fixture(scope="module")
def secret(product: Product) -> str:
    """The administrator as the printed lines make one, with an authenticator; its secret."""
    command = re.search(r"\./yizhan (admin create) USERNAME (--name) ", product.said())
    assert command
    *create, name = " ".join(command.groups()).split()
    done = product.run(*create, "chen.ping", name, "陈平", typed=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr

    said = re.search(rf"{re.escape(product.address)}(/\S+)\.", product.said())
    assert said
    visitor = Visitor(product.address)
    visitor.get(said[1])
    page = visitor.send(said[1], login="chen.ping", password=PASSWORD)
    assert page.address == "/staff/security/authenticator", page.text
    assert visitor.get("/desk/").address == page.address, "nothing opens before the second factor"
    shown = re.search(r"<code>([A-Z2-7]{32})</code>", visitor.get(page.address).text)
    assert shown
    assert visitor.send(page.address, code=code(shown[1], -1)).address == "/staff/security/recovery-codes"
    assert visitor.get("/desk/").status == 200
    return shown[1]


@pytest.mark.parametrize(
    ("password", "language", "words"),
    [
        ("short", "en_GB.UTF-8", "at least 8 characters"),
        ("short", "zh_CN.UTF-8", "密码至少 8 位"),
        ("", "en_GB.UTF-8", "at least 8 characters"),
    ],
)
def test_a_password_that_is_not_accepted_is_one_sentence(product, password, language, words):
    refused = product.run("admin", "create", "chen", "--name", "陈平", typed=f"{password}\n", LC_ALL=language)
    assert refused.returncode == 1
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_next_log_in_asks_for_the_code(product, secret):
    visitor = Visitor(product.address)
    visitor.get("/staff/login")
    asked = visitor.send("/staff/login", login="chen.ping", password=PASSWORD)
    assert asked.address.startswith("/staff/second-factor")
    wrong = visitor.send(asked.address, code="000000")
    assert wrong.address.startswith("/staff/second-factor")
    assert visitor.send(asked.address, code=code(secret)).address == "/desk/"
    assert "陈平" in visitor.get("/desk/").text


def test_there_is_one_first_administrator(product, secret):
    refused = product.run("admin", "create", "other", "--name", "李平", typed=f"{PASSWORD}\n")
    assert refused.returncode == 1
    assert "There are staff accounts already" in refused.stderr


@pytest.mark.parametrize(
    ("language", "words"), [("en_GB.UTF-8", "the demo is not loaded"), ("zh_CN.UTF-8", "未载入演示区")]
)
def test_the_demo_is_not_brought_among_real_people(product, secret, language, words):
    for verb in ("load", "people"):
        refused = product.run("demo", verb, LC_ALL=language)
        assert refused.returncode == 1
        assert words in refused.stderr
        assert "Traceback" not in refused.stderr


def test_a_command_makes_ready_what_it_needs_in_a_folder_where_nothing_ran(tmp_path):
    fresh = Product()
    try:
        checked = fresh.run("packs", "check", timeout=300)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        assert " 0 errors" in f" {checked.stdout.splitlines()[-1]}"
        again = fresh.run("packs", "check")
        assert "codes and calendar" in checked.stdout
        assert "codes and calendar" not in again.stdout
        (tmp_path / "bad").mkdir()
        (tmp_path / "bad/messages.yaml").write_text("messages:\n\taccepted: {}\n")
        bad = fresh.run("packs", "check", "bad", YIZHAN_PACKS=str(tmp_path))
        assert bad.returncode == 1
        assert "✗ bad/messages.yaml:2: not YAML: this line has a tab → indent with spaces" in bad.stdout
        assert "Traceback" not in bad.stdout + bad.stderr
        loaded = fresh.run("demo", "load")
        assert loaded.returncode == 1
        assert "./yizhan up loads the demo" in loaded.stderr
    finally:
        fresh.destroy()
