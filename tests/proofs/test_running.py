"""The product as a process: it starts, survives the loss of any part, and stops without a trace."""

from __future__ import annotations

import gzip
import json
import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product, free_port, proportional_memory
from tests.proofs.visitor import Visitor

pytestmark = pytest.mark.product

LARGEST_AT_REST = 1024  # megabytes, all processes together


@pytest.fixture(scope="module")
def stopped() -> Iterator[Product]:
    """A second folder in which nothing has run yet."""
    other = Product("--empty")
    yield other
    other.destroy()


def test_the_page_for_monitors_tells_that_all_is_well(product):
    with urllib.request.urlopen(f"{product.address}/healthz", timeout=5) as answer:
        told = json.load(answer)
    assert {name: told[name] for name in ("status", "database", "migrations")} == {
        "status": "ok",
        "database": "ok",
        "migrations": "ok",
    }


def test_an_empty_district_tells_how_to_make_the_first_administrator(product):
    assert "./yizhan admin create" in product.said()


def test_built_files_are_compressed_and_kept_for_a_year(product):
    sheet = next((product.home / "assets").glob("*.css"))
    asked = urllib.request.Request(
        f"{product.address}/assets/{sheet.name}", headers={"Accept-Encoding": "gzip, deflate"}
    )
    with urllib.request.urlopen(asked, timeout=5) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        body = answer.read()
    assert gzip.decompress(body) == sheet.read_bytes()
    assert len(body) < sheet.stat().st_size / 4


def test_the_whole_tree_rests_below_one_gigabyte(product):
    kilobytes = [proportional_memory(pid) for pid in product.all_pids()]
    assert len(kilobytes) >= 6
    assert sum(kilobytes) / 1024 < LARGEST_AT_REST


def test_web_and_worker_do_not_know_the_owners_password(product):
    password = (product.home / "secrets/database.yizhan_owner").read_bytes()
    for part in ("web", "worker"):
        for pid in product.pids(part):
            assert password not in Path(f"/proc/{pid}/environ").read_bytes()


@pytest.mark.parametrize("part", ["web", "worker", "database"])
def test_a_killed_part_comes_back(product, part):
    before = product.kill(part)
    product.wait_until(lambda: f"{part} ended (signal 9)" in product.said())
    product.wait_until(lambda: product.pids(part) and before not in product.pids(part))
    product.wait_until(product.answers)


def test_while_the_database_is_away_monitors_and_visitors_are_told_so(product):
    visitor = Visitor(product.address)
    pid = product.pids("database")[0]
    product.kill("database")
    seen = {}
    for _ in range(200):  # until it is back
        health, page = visitor.get("/healthz"), visitor.get("/items")
        seen.setdefault((health.status, page.status), (health, page))
        if health.status == 200 and pid not in product.pids("database"):
            break
        time.sleep(0.02)
    assert {health for health, _ in seen} == {200, 503}, seen.keys()
    assert {page for _, page in seen} <= {200, 503}, seen.keys()
    told = next(health for health, _ in seen.values() if health.status == 503)
    assert json.loads(told.text)["database"] == "away"


def test_requests_are_answered_again_soon_after_the_database_is_killed(product):
    before = product.kill("database")
    began = time.monotonic()
    product.wait_until(lambda: before not in product.pids("database") and product.answers())
    assert time.monotonic() - began < 15


def test_a_second_start_in_one_folder_is_refused(product):
    second = product.run("up", "--port", str(free_port()))
    assert second.returncode == 1
    assert "runs already" in second.stderr
    assert product.address in second.stderr


def test_a_taken_port_is_named(product, stopped):
    refused = stopped.run("up", "--port", str(product.port))
    assert refused.returncode == 1
    assert f"Port {product.port}" in refused.stderr
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_demo_is_never_mixed_into_real_work(product):
    product.stop()
    product.start()  # without --demo anything: the folder was begun empty and stays so
    for pid in product.pids("web"):
        assert b"YIZHAN_DEMO=1" not in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")


@pytest.mark.parametrize("with_signal", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_process(product, with_signal):
    assert product.stop(with_signal) == 0
    assert product.all_pids() == []
    product.start()


def test_a_killed_supervisor_takes_its_parts_along_and_the_next_start_works(product):
    product.kill("supervisor")
    deadline = time.monotonic() + 15
    while product.all_pids() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert product.all_pids() == []
    product.start()
    assert product.answers()


def test_web_processes_that_outlived_everything_do_not_block_the_next_start(product):
    """Supervisor and web server are killed at once, so nobody tells the server's own children to end."""
    web = product.pids("web")[0]
    product.kill("supervisor")
    os.kill(web, signal.SIGKILL)
    product.start()
    assert product.answers()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://yizhan_app:x@127.0.0.1:1/yizhan", "no database server answers there"),
        ("postgresql://yizhan_app:x@nowhere.invalid/yizhan", "no server of that name is known"),
        ("mysql://yizhan_app:x@127.0.0.1/yizhan", "is no address of PostgreSQL"),
    ],
)
def test_a_wrong_database_address_is_one_sentence(stopped, address, sentence):
    wrong = {"DATABASE_URL": address, "DATABASE_OWNER_URL": address.replace("yizhan_app", "yizhan_owner")}
    refused = stopped.run("up", "--port", str(free_port()), **wrong)
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stdout + refused.stderr


def test_the_doctor_finds_a_sound_installation(product):
    found = product.run("doctor", "--port", str(product.port))
    assert found.returncode == 0, found.stdout
    assert "All in order." in found.stdout
    assert "identity numbers: none invented" in found.stdout
