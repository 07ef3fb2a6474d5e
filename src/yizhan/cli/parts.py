"""The parts of a running system 运行部件: how each is started."""

from __future__ import annotations

import os
import socket
import sys

from yizhan.cli.places import ASSETS

# In seconds. The names of built files hold a hash of their content, so a file never changes.
_YEAR = str(365 * 24 * 3600)


def web(host: str, port: int, workers: int) -> list[str]:
    """The command line of the web server: granian in front of Django, which also serves the built files."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", os.environ.get("YIZHAN_WEB_THREADS") or "2"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10"),
        *("--log-level", "warning"),
        *(_built_files() if ASSETS.exists() else ()),
        "yizhan.wsgi:application",
    ]


def _built_files() -> tuple[str, ...]:
    return (
        "--static-path-route",
        "/assets",
        "--static-path-mount",
        str(ASSETS),
        "--static-path-expires",
        _YEAR,
    )


def worker() -> list[str]:
    """The command line of the background worker."""
    return [sys.executable, "-m", "yizhan.cli", "worker"]


def answers(host: str, port: int) -> bool:
    """Whether the web server answers a request, and not with a failure of its own."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared
    try:
        with socket.create_connection((target, port), timeout=10) as connection:
            connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            status = connection.recv(64).split()[1:2]
    except OSError:
        return False
    return bool(status) and status[0] < b"500"
