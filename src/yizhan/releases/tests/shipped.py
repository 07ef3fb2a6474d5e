"""The packs that come along 随附应用包: read once for all tests that publish them as they are."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from yizhan.releases.pack import Pack, read


@cache
def shipped(code: str) -> Pack:
    """A pack of this repository, read and checked. It is shared: whoever changes one reads it anew."""
    return read(settings.ROOT / "packs" / code)
