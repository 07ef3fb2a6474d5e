"""Brings the tables up to date 数据库迁移, as owner, in a process of its own."""

from __future__ import annotations

import sys

from yizhan.cli import environment
from yizhan.cli.children import complete
from yizhan.cli.places import CHECKOUT, SOURCES, Stamp, digest


def migrate(where: environment.Database) -> str:
    """Run the migrations that are missing and return what was done.

    Raises:
        Fault: a migration failed; the database is as it was before that migration.
    """
    # Whether the code is sound is the gate's question, and would take a second here.
    command = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "1", "--skip-checks"]
    return complete(command, environment.as_owner(where))


def of_cluster(where: environment.Database) -> Stamp | None:
    """Whether the embedded database has all migrations; None for the user's own server: ask it each time."""
    if where.cluster is None:
        return None
    files = SOURCES.glob("yizhan/*/migrations/*.py")
    # The lock file stands for the migrations of the packages; the platform's roles are entered after a migration.
    others = [CHECKOUT / "requirements/run.txt", SOURCES / "yizhan/identity/platform_roles.yaml"]
    return Stamp("migrated", digest([*files, *others]), where.cluster.folder)
