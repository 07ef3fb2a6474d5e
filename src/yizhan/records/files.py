"""The verbs of stored files 已存文件: keep, bind, release, read.

``keep`` believes nothing that comes from outside. A file belongs to an owner key such as ``draft:…``; binding
says that the owner really wants it, and with ``case:…`` whose it is from now on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import BinaryIO, Protocol

from django.db import connection, transaction

from yizhan import clock, journal
from yizhan.records import inspection, photographs, scanner, storage
from yizhan.records.models import StoredFile
from yizhan.records.refusals import TooLarge, TooMany

LARGEST = 10 * 1024 * 1024
MOST = 50
ACCEPTED = ("pdf", "jpeg", "png")


class Upload(Protocol):
    """What a browser sent: Django's ``UploadedFile`` is one."""

    name: str | None
    content_type: str | None

    def chunks(self) -> Iterable[bytes]:
        """The content, piece by piece."""


def keep(
    upload: Upload,
    by: str,
    owner: str,
    *,
    account: int | None = None,
    holder_key: str = "",
    units: Iterable[str] = (),
    accept: tuple[str, ...] = ACCEPTED,
    largest: int = LARGEST,
    most: int = MOST,
) -> StoredFile:
    """Keep a file that somebody sent; a photo without the place, device and moment it tells (``photographs``).

    Args:
        upload: what came.
        by: who sent it, ``account:7``.
        owner: what it is for, ``draft:…`` or ``case:…``.
        account: whose file it is, where somebody else sends it for them; the sender's when left out.
        holder_key: the person or entity it is about, ``person:…``.
        units: codes of the units whose staff may see it.
        accept: keys of :data:`yizhan.records.inspection.KINDS`.
        largest: bytes it may have.
        most: files the owner may have.

    Raises:
        FileRefused: one of the types in ``refusals``; nothing was kept.
    """
    if StoredFile.objects.filter(owner=owner, removed_at=None, released_at=None).count() >= most:
        raise TooMany(most)
    name = clean_name(upload.name or "")
    with storage.receiving(upload.chunks(), largest=largest) as arrived:
        kind = inspection.look(arrived.path, name=name, declared=upload.content_type or "", accept=accept)
        scanner.scan(arrived.path)
        return _settled_as_picture(
            arrived,
            kind.key,
            StoredFile(
                media_type=kind.media_type,
                name=name,
                kept_by=by,
                owner=owner,
                account=account or _account_in(by),
                holder_key=holder_key,
                units=sorted(set(units)),
            ),
        )


def keep_made(content: bytes, file: StoredFile) -> StoredFile:
    """Keep what the house made itself, such as a paper, under a row its maker prepared; bound at once."""
    file.bound_at = clock.now()
    with storage.receiving([content], largest=len(content)) as arrived:
        return _settled(arrived, file)


def bind(
    file: StoredFile,
    owner: str,
    *,
    account: int | None = None,
    holder_key: str = "",
    units: Iterable[str] = (),
) -> StoredFile:
    """Say that the file belongs to an owner for good, and who may see it besides those who do already."""
    file.owner = owner
    file.account = account or file.account
    file.holder_key = holder_key or file.holder_key
    file.units = sorted({*file.units, *units})
    file.bound_at, file.released_at = clock.now(), None
    file.save(update_fields=["owner", "account", "holder_key", "units", "bound_at", "released_at"])
    return file


def release(file: StoredFile) -> None:
    """Say that nobody needs the file any more; it is swept seven days later, until then it can be bound."""
    file.bound_at, file.released_at = None, clock.now()
    file.save(update_fields=["bound_at", "released_at"])
    journal.write("file.released", subject=file.key, owner=file.owner)


def of_owner(owner: str) -> list[StoredFile]:
    """The owner's files, oldest first; what was released is not among them."""
    return list(StoredFile.objects.filter(owner=owner, removed_at=None, released_at=None).order_by("kept_at"))


def open_for_reading(file: StoredFile) -> BinaryIO:
    """The content, to be closed by the caller.

    Raises:
        FileNotFoundError: it was swept.
    """
    return storage.opened(file.sha256)


def is_intact(file: StoredFile) -> bool:
    """Whether the content on disk is still what was kept."""
    try:
        with open_for_reading(file) as content:
            return storage.digest(storage.chunks_of(content), largest=file.size) == file.sha256
    except (FileNotFoundError, TooLarge):
        return False


def clean_name(name: str) -> str:
    """The last part of a name, without what a file system, a header or an eye could stumble over."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem, dot, ending = shown.strip(" .").rpartition(".")
    if not dot:
        return ending[:200] or "file"
    return f"{stem[: 199 - len(ending[:20])]}.{ending[:20]}"


def _settled_as_picture(arrived: storage.Arrived, kind: str, file: StoredFile) -> StoredFile:
    content = arrived.path.read_bytes()
    picture = photographs.picture_only(kind, content)
    if picture == content:
        return _settled(arrived, file)
    with storage.receiving([picture], largest=len(picture)) as cleaned:
        return _settled(cleaned, file)


def _settled(arrived: storage.Arrived, file: StoredFile) -> StoredFile:
    """Row and bytes, both under the content's lock, so that no sweep comes between them."""
    file.sha256, file.size = arrived.sha256, arrived.size
    with transaction.atomic():
        lock_content(arrived.sha256)
        file.save(force_insert=True)
        storage.settle(arrived)
    return file


def _account_in(by: str) -> int | None:
    """The account in an actor's key, ``account:7``; the house has none."""
    kind, _, number = by.partition(":")
    return int(number) if kind == "account" else None


def lock_content(sha256: str) -> None:
    """Hold what happens to one content until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('records'), hashtext(%s))", [sha256])
