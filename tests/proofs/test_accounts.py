"""Who the parts run as: under root two accounts of their own, and neither reaches what is the other's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.product import HOME, ROOT, Product
from tests.proofs.visitor import Visitor
from yizhan.cli.account import DATABASE_ACCOUNT, SERVICE_ACCOUNT, known

pytestmark = pytest.mark.product

# Whoever starts it without being root is all three at once.
AS_ROOT = os.geteuid() == 0
# A Python below /root can be run by no other account: web and worker stay root, and say so.
APART = AS_ROOT and all(folder.stat().st_mode & 0o001 for folder in Path(sys.executable).resolve().parents)
STAYS = "Web and worker run as root"


def user_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def wanted(name: str) -> int:
    apart = AS_ROOT if name == DATABASE_ACCOUNT else APART
    account = known(name) if apart else None
    return account.user if account else os.geteuid()


def service_opens(path: Path) -> bool:
    """Whether web and worker could read a file, or list a folder."""
    program = "import os, sys; os.listdir(p) if os.path.isdir(p := sys.argv[1]) else open(p).close()"
    account = known(SERVICE_ACCOUNT) if APART else None
    identity: dict[str, Any] = (
        {"user": account.user, "group": account.group, "extra_groups": []} if account else {}
    )
    command: list[str] = [sys.executable, "-I", "-c", program, str(path)]
    return subprocess.run(command, capture_output=True, check=False, **identity).returncode == 0


@pytest.mark.parametrize(
    ("part", "account"),
    [("web", SERVICE_ACCOUNT), ("worker", SERVICE_ACCOUNT), ("database", DATABASE_ACCOUNT)],
)
def test_each_part_has_its_account(product, part, account):
    assert {user_of(pid) for pid in product.pids(part)} == {wanted(account)}


def test_uploads_and_its_own_key_are_open_to_web_and_worker_and_to_nobody_else(product):
    files, key = product.home / "files", product.home / "secrets/worker"
    for path in (files, key):
        assert path.stat().st_uid == wanted(SERVICE_ACCOUNT)
        assert path.stat().st_mode & 0o077 == 0
        assert service_opens(path)


def test_web_and_worker_reach_the_socket_but_no_file_of_the_database_and_no_password(product):
    closed = [
        product.home / "database/data",
        product.home / "secrets/database.postgres",
        product.home / "logs",
    ]
    assert [service_opens(path) for path in closed] == [not APART] * 3
    assert (product.home / "database").stat().st_mode & 0o007 == 0, "no other account comes to the socket"
    for path in closed:
        assert path.stat().st_mode & 0o077 == 0


def test_what_an_earlier_start_left_to_root_is_taken_over(product):
    product.stop()
    upload = product.home / "files/sha256/ab/cd/abcd"
    upload.parent.mkdir(parents=True)
    upload.write_text("申请表")
    upload.chmod(0o440)
    for path in [
        product.home / "secrets/worker",
        *(product.home / "files").rglob("*"),
        product.home / "files",
    ]:
        os.chown(path, os.geteuid(), os.getegid())
    (product.home / "secrets").chmod(0o700)
    (product.home / "database").chmod(0o700)
    product.start()
    assert service_opens(upload)
    assert Visitor(product.address).get("/items").status == 200
    assert product.run("backup", str(product.home / "after.tar")).returncode == 0


@pytest.fixture
def closed_checkout() -> Iterator[Path]:
    """The code in a folder that only its owner enters, each file for its owner alone."""
    HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=HOME, prefix="closed-") as folder:
        checkout = Path(folder) / "yizhan"
        left_out = shutil.ignore_patterns("var", ".git", "node_modules")
        shutil.copytree(ROOT, checkout, ignore=left_out, symlinks=True)
        for path in [checkout, *checkout.rglob("*")]:
            path.chmod(0o700 if path.is_dir() else 0o600)
        assert Path(folder).stat().st_mode & 0o077 == 0
        yield checkout


def test_a_checkout_that_they_cannot_enter_is_run_from_a_copy(closed_checkout):
    running = Product("--empty", copied=True, PYTHONPATH=str(closed_checkout / "src"))
    try:
        running.start()
        assert {user_of(pid) for pid in running.pids("web")} == {wanted(SERVICE_ACCOUNT)}
        assert Visitor(running.address).get("/items").status == 200
        assert (STAYS in running.said()) == (AS_ROOT and not APART), running.said()
        told = running.run("doctor", "--port", str(running.port)).stdout
        assert (f"a copy of the code in {running.home}/code" in told) == APART, told
    finally:
        running.destroy()


def test_a_state_folder_that_they_cannot_enter_is_said_at_once_and_by_the_doctor():
    """With a database of one's own the state may lie anywhere, also where no other account comes."""
    with Product("--empty", copied=True) as running:
        closed = running.home / "closed"
        closed.mkdir(mode=0o700)
        address = {
            f"DATABASE_{kind}URL": f"postgresql://yizhan_{role}:"
            f"{(running.home / f'secrets/database.yizhan_{role}').read_text()}@/yizhan?host={running.home / 'database'}"
            for kind, role in (("", "app"), ("OWNER_", "owner"))
        }
        other = Product("--empty", home=closed / "state", **address)
        shutil.copyfile(running.home / "secrets/worker", _secrets(other) / "worker")
        with other:
            assert (STAYS in other.said()) == AS_ROOT, other.said()
            assert {user_of(pid) for pid in other.pids("web")} == {os.geteuid()}
            assert Visitor(other.address).get("/items").status == 200
            told = other.run("doctor", "--port", str(other.port)).stdout
            assert ("account of web and worker: root:" in told) == AS_ROOT, told


def _secrets(product: Product) -> Path:
    folder = product.home / "secrets"
    folder.mkdir(mode=0o700)
    return folder
