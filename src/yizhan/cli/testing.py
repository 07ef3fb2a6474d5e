"""What tests need 测试环境: an embedded PostgreSQL of their own, fast, apart from the district's data."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yizhan.cli import environment, frontend, roles, translations, typefaces
from yizhan.cli.children import complete
from yizhan.cli.cluster import APPLICATION, OWNER, Cluster
from yizhan.cli.cluster_making import SUPERUSER
from yizhan.cli.cluster_use import in_use
from yizhan.cli.places import CHECKOUT, HOME, SOURCES
from yizhan.cli.speech import step

_BROWSER = CHECKOUT / "tests/browser/chromium.py"


def files() -> list[Path]:
    """The files with tests, in the order in which runs share them."""
    return sorted(path for folder in ("src", "tests") for path in (CHECKOUT / folder).rglob("test_*.py"))


@contextmanager
def variables(server: str = "test") -> Iterator[dict[str, str]]:
    """The environment for checks and tests; their database server runs inside the block.

    Runs side by side have a server each: news is read when no transaction of the whole server can still write
    earlier news, so one run's long test would hold back the other's readers.
    """
    cluster = Cluster(HOME / server, lasting=False)
    owner, application = cluster.address(OWNER), cluster.address(APPLICATION)
    with in_use(cluster):
        roles.prepare(cluster.address(SUPERUSER, "postgres"), owner, application)
        yield {
            **environment.common(),
            "DATABASE_URL": application,
            "DATABASE_OWNER_URL": owner,
            "PYTHONPATH": f"{SOURCES}:{CHECKOUT}",
        }


def prepare(variables: dict[str, str]) -> None:
    """Bring up to date what a started product and a browser need: translations, built files, Chromium."""
    with step(en="translations", zh="译文"):
        translations.compile_stale()
    with step(en="front end", zh="前端资源"):
        frontend.build()
    with step(en="typefaces", zh="公文字体"):
        typefaces.install()
    if _BROWSER.exists():
        with step(en="browser", zh="浏览器"):
            ready = "from tests.browser.chromium import prepare; prepare()"
            complete([sys.executable, "-c", ready], variables, folder=CHECKOUT)
