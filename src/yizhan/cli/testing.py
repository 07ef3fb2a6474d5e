"""What tests need 测试环境: an embedded PostgreSQL of their own, fast, apart from the district's data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from yizhan.cli import environment, roles
from yizhan.cli.cluster import APPLICATION, OWNER, Cluster
from yizhan.cli.cluster_making import SUPERUSER
from yizhan.cli.cluster_use import in_use
from yizhan.cli.places import CHECKOUT, HOME, SOURCES


@contextmanager
def variables() -> Iterator[dict[str, str]]:
    """The environment for checks and tests; the tests' database server runs inside the block."""
    cluster = Cluster(HOME / "test", lasting=False)
    owner, application = cluster.address(OWNER), cluster.address(APPLICATION)
    with in_use(cluster):
        roles.prepare(cluster.address(SUPERUSER, "postgres"), owner, application)
        yield {
            **environment.common(),
            "DATABASE_URL": application,
            "DATABASE_OWNER_URL": owner,
            "PYTHONPATH": f"{SOURCES}:{CHECKOUT}",
        }
