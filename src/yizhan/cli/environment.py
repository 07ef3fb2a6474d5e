"""The variables that our processes live on 环境变量: which database, which secrets, which clock.

Web and worker never get the owner's password: they get the owner's name alone, which the settings need.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from yizhan.cli.cluster import APPLICATION, DATABASE, OWNER, Cluster
from yizhan.cli.cluster_making import SUPERUSER
from yizhan.cli.places import HOME, SCRATCH, SOURCES, private_folder
from yizhan.cli.secret import secret
from yizhan.cli.speech import Fault
from yizhan.clock import parse

_NOT_FOR_THE_APPLICATION = {"DATABASE_ADMIN_URL", "YIZHAN_DATABASE_ROLE"}


@dataclass(frozen=True)
class Database:
    """Where the database is, for its two roles; ``cluster`` is None when it is a server of the user's own."""

    application: str
    owner: str
    cluster: Cluster | None = None

    @property
    def superuser(self) -> str:
        """The administrator's address of the embedded server.

        Raises:
            Fault: the server is the user's own.
        """
        if self.cluster is None:
            raise Fault(
                en="This needs an administrator of your server: give --admin-url.",
                zh="此操作需要数据库服务器的管理员：请用 --admin-url 指明地址。",
            )
        return self.cluster.address(SUPERUSER, "postgres")


def database(cluster: Cluster | None = None) -> Database:
    """The database of this installation: the user's own when DATABASE_URL is set, else the embedded one.

    Raises:
        Fault: only one of the two addresses is set, or one has not the form of an address.
    """
    application, owner = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if application and owner:
        return Database(_checked("DATABASE_URL", application), _checked("DATABASE_OWNER_URL", owner))
    if application or owner:
        raise Fault(
            en="Set both DATABASE_URL (application) and DATABASE_OWNER_URL (owner), or neither.",
            zh="DATABASE_URL（应用账户）和 DATABASE_OWNER_URL（属主账户）须同时设置或同时不设。",
        )
    embedded = cluster or Cluster()
    return Database(embedded.address(APPLICATION), embedded.address(OWNER), embedded)


def _checked(variable: str, address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.username or len(parts.path) < 2:
        raise Fault(
            en=f"{variable} is no address of PostgreSQL; write postgresql://role:password@host:port/name.",
            zh=f"{variable} 不是 PostgreSQL 地址，应写成 postgresql://账户:密码@主机:端口/库名。",
        )
    return address


def common() -> dict[str, str]:
    """What every process of ours gets."""
    return {
        **os.environ,
        "YIZHAN_HOME": str(HOME),
        "YIZHAN_SECRET_KEY": os.environ.get("YIZHAN_SECRET_KEY") or secret("session.key"),
        "YIZHAN_KEY_SECRET": os.environ.get("YIZHAN_KEY_SECRET") or secret("keys.key"),
        "PYTHONPATH": str(SOURCES),
        "PYTHONSAFEPATH": "1",  # what lies in the folder one happens to stand in is not imported
        "DJANGO_SETTINGS_MODULE": "yizhan.settings",
    }


def as_application(where: Database) -> dict[str, str]:
    """The variables of web, worker and every command that works with the application's rights."""
    owner = quote(urlsplit(where.owner).username or OWNER)
    variables = {
        **common(),
        "DATABASE_URL": where.application,
        "DATABASE_OWNER_URL": f"postgresql://{owner}@/{urlsplit(where.owner).path.lstrip('/')}",
        "TMPDIR": str(private_folder(SCRATCH)),
    }
    return {name: value for name, value in variables.items() if name not in _NOT_FOR_THE_APPLICATION}


def as_owner(where: Database) -> dict[str, str]:
    """The variables of a migration."""
    addresses = {"DATABASE_URL": where.application, "DATABASE_OWNER_URL": where.owner}
    return {**common(), **addresses, "YIZHAN_DATABASE_ROLE": "owner"}


def clock(moment: str) -> dict[str, str]:
    """The variables that set the clock of a whole tree to an ISO time; ``=`` before it lets it stand still.

    Raises:
        Fault: no ISO time.
    """
    if not moment:
        return {}
    try:
        parse(moment.removeprefix("="))
    except ValueError as fault:
        raise Fault(
            en=f"{moment} is no time; write for example 2026-11-20T09:30.",
            zh=f"{moment} 不是有效的时间，应写成 2026-11-20T09:30 这样的格式。",
        ) from fault
    return {"YIZHAN_CLOCK": moment, "YIZHAN_CLOCK_STARTED": str(time.time())}


def served_at(host: str, port: int) -> dict[str, str]:
    """The variables of a web process: the public address, and its host among those allowed."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - only compared
    address = (
        os.environ.get("YIZHAN_PUBLIC_ADDRESS") or f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    )
    hosts = [os.environ.get("YIZHAN_ALLOWED_HOSTS", ""), urlsplit(address).hostname or ""]
    return {"YIZHAN_PUBLIC_ADDRESS": address, "YIZHAN_ALLOWED_HOSTS": ",".join(filter(None, hosts))}


def become(variables: dict[str, str]) -> None:
    """Let this process, and what it starts, have exactly these variables."""
    os.environ.clear()
    os.environ.update(variables)


def of_a_part_alone() -> dict[str, str]:
    """The variables of a web or worker that was started by itself.

    Raises:
        Fault: DATABASE_URL is not set.
    """
    application = os.environ.get("DATABASE_URL", "")
    if not application:
        raise Fault(
            en="Set DATABASE_URL to the application's address; the embedded database belongs to ./yizhan up.",
            zh="请把 DATABASE_URL 设为应用账户的数据库地址；内置数据库只随 ./yizhan up 运行。",
        )
    owner = os.environ.get("DATABASE_OWNER_URL") or f"postgresql://{OWNER}@/{DATABASE}"
    return as_application(Database(_checked("DATABASE_URL", application), owner))
