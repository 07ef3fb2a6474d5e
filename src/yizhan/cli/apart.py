"""Django in this process without a database 不连数据库: for what only reads files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from yizhan.cli import translations
from yizhan.cli.speech import tell


@contextmanager
def without_a_database() -> Iterator[None]:
    """The rooms are loaded and speak the terminal's language; whoever asks the database fails."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizhan.settings")
    translations.compile_stale()
    import django  # noqa: PLC0415 (it weighs)
    from django.utils import translation  # noqa: PLC0415

    django.setup()
    with translation.override(tell(en="en", zh="zh-hans")):
        yield
