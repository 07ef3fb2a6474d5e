"""Fills the benchmarks' district; a process of its own, since it lives on that district's variables.

``python -m tests.benchmarks.rig.filling addresses | services | staff | tasks``. What is there already is left alone.
"""

from __future__ import annotations

import sys

import django

from yizhan.cli import environment
from yizhan.cli.cluster import DATABASE
from yizhan.cli.cluster_making import SUPERUSER
from yizhan.cli.places import HOME


def addresses() -> None:
    """Print the address of the database's superuser."""
    where = environment.database()
    assert where.cluster is not None
    sys.stdout.write(where.cluster.address(SUPERUSER, DATABASE))


def services() -> None:
    """The 580 services, published one by one; a start of the product reads none of them again."""
    environment.become(environment.as_application(environment.database()))
    django.setup()
    from tests.benchmarks.rig import services as packs  # noqa: PLC0415 (models need Django)

    packs.publish(HOME / "packs")


def staff() -> None:
    """Everybody who logs in."""
    environment.become(environment.as_application(environment.database()))
    django.setup()
    from tests.benchmarks.rig import staff as people  # noqa: PLC0415 (models need Django)

    people.enter()


def tasks() -> None:
    """The hundred thousand open tasks, as the owner of the tables."""
    environment.become(environment.as_owner(environment.database()))
    django.setup()
    from tests.benchmarks.rig import tasks as many  # noqa: PLC0415 (models need Django)

    many.enter()


if __name__ == "__main__":
    {"addresses": addresses, "services": services, "staff": staff, "tasks": tasks}[sys.argv[1]]()
