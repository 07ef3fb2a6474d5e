"""The kinds of licences that packs bring 证照类型: as their folders say, and as they were published."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from yizhan.licences.definition import KIND, LicenceType
from yizhan.releases import publishing
from yizhan.releases.models import definition
from yizhan.releases.pack import read_one
from yizhan.releases.words import Text

_SECONDS = 5


@dataclass(frozen=True)
class Brought:
    """A kind with the pack that brings it; ``release`` is None while the pack is not published."""

    key: str
    type: LicenceType
    pack: str
    release: int | None = None


def find(kind: str) -> Brought:
    """A kind as it was published last; as its folder says where no release in force has it.

    Raises:
        KeyError: no pack brings it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [KIND, kind])
        row = cursor.fetchone()
    if row is not None:
        pack, release = row
        return Brought(kind, definition(release, KIND, kind, LicenceType), pack, release)
    return in_folders()[kind]


_IN_FORCE = """
    select r.pack, r.id from releases_current c join releases_release r on r.id = c.release_id
    where r.content -> 'definitions' -> %s ? %s order by r.id desc limit 1
"""


def titles() -> Mapping[str, Text]:
    """What the kinds are called that lie in the packs' folders; the register tells facts of these."""
    return {key: one.type.title for key, one in in_folders().items()}


def title_once(kind: str) -> Text | None:
    """What a kind was called that a release brought, in force or not; None also where no database is there."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_EVER, [KIND, kind, KIND, kind])
            row = cursor.fetchone()
    except DatabaseError:
        return None
    return Text(zh=row[0], en=row[1]) if row else None


_EVER = """
    select t.title ->> 'zh', t.title ->> 'en' from releases_release r,
        lateral (select r.content -> 'definitions' -> %s -> %s -> 'title' as title) t
    where r.content -> 'definitions' -> %s ? %s order by r.id desc limit 1
"""


def in_folders() -> Mapping[str, Brought]:
    """All kinds by key, in the order of their keys, as they lay in the folders some seconds ago."""
    return _in_folders(tuple(settings.PACKS), int(time.monotonic() / _SECONDS))


@lru_cache(maxsize=4)
def _in_folders(_roots: tuple[Path, ...], _moment: int) -> Mapping[str, Brought]:
    """Read once and not for every fact that is asked; of two packs that bring one kind, the first has it."""
    found: dict[str, Brought] = {}
    for folder in publishing.folders():
        for path in sorted(folder.glob("licences/*.yaml")):
            if one := _read(path, path.stat().st_mtime_ns):
                found.setdefault(path.stem, Brought(path.stem, one, folder.name))
    return MappingProxyType(dict(sorted(found.items())))


@lru_cache(maxsize=1024)
def _read(path: Path, _changed: int) -> LicenceType | None:
    return read_one(path, LicenceType)
