"""Django in this process 进程内的应用: how a command comes to the rooms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import django

from yizhan.cli import home, stages, translations
from yizhan.cli.cluster_use import in_use
from yizhan.cli.environment import as_application, become, database
from yizhan.cli.speech import tell


@contextmanager
def application() -> Iterator[None]:
    """Django in this process, with the application's role; the embedded database runs inside the block.

    On a folder where nothing has run yet, roles, tables and reference data are made first. It stands on the day of
    the system that runs here: what a command enters must not lie in its future.
    """
    where = database()
    translations.compile_stale()
    with in_use(where.cluster):
        stages.make_ready(where)
        become({**home.clock_of_the_running(), **as_application(where)})
        django.setup()
        from django.utils import translation  # noqa: PLC0415 (it weighs, and the supervisor never comes here)

        with translation.override(tell(en="en", zh="zh-hans")):  # what rooms say is read in the terminal
            yield
