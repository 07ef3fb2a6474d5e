"""Who uses the embedded database 共用.

Commands share it: the first starts it, the last stops it. Where `up` runs, it watches over the database.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yizhan.cli.cluster import Cluster
from yizhan.cli.locks import Lock, alone
from yizhan.cli.places import RUN
from yizhan.cli.speech import Fault

_PATIENCE = 60.0  # seconds to wait for a server that `up` is starting, or starting again


@contextmanager
def in_use(cluster: Cluster | None) -> Iterator[None]:
    """The cluster runs inside the block; None (a server of the user's own) is always there."""
    if cluster is None:
        yield
        return
    users = Lock(_file(cluster, "users"))
    with alone(_file(cluster, "door")):
        users.share()
        started = _ensure_running(cluster)
    try:
        yield
    finally:
        with alone(_file(cluster, "door")):
            users.release()
            if users.take():
                cluster.stop()
                users.release()
                if started:
                    started.wait()


class Watch:
    """The right to start and stop a cluster, held by `up` for its whole life; others may use what runs."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._users = Lock(_file(cluster, "users"))
        self._watched = Lock(_file(cluster, "watched"))

    def begin(self) -> subprocess.Popen[bytes]:
        """Prepare and start the server, bound to this process.

        Raises:
            Fault: another command is using the cluster, or it does not start.
        """
        with alone(_file(self._cluster, "door")):
            if not self._users.take():
                raise Fault(
                    en="Another command is using the database of this folder; let it finish first.",
                    zh="另一个命令正在使用此目录的数据库，请等它结束。",
                )
            self._watched.wait()
            self._cluster.prepare()
            server = self._cluster.start(bound_to_us=True)
            self._users.share()
        return server


def _ensure_running(cluster: Cluster) -> subprocess.Popen[bytes] | None:
    """The server, when this process had to start it."""
    watched = Lock(_file(cluster, "watched"))
    if watched.take():
        watched.release()
        if cluster.is_ready():
            return None
        cluster.prepare()
        return cluster.start(bound_to_us=False)
    deadline = time.monotonic() + _PATIENCE
    while not cluster.is_ready():
        if time.monotonic() > deadline:
            raise Fault(en="The database does not answer.", zh="数据库没有响应。")
        time.sleep(0.05)
    return None


def _file(cluster: Cluster, purpose: str) -> Path:
    return RUN / f"{cluster.folder.name}-{purpose}.lock"
