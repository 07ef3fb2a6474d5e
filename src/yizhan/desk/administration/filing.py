"""Keeps a file that was looked at until it is entered, so that nobody has to choose it twice."""

from __future__ import annotations

import uuid

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from yizhan.identity.directory import FileRefused
from yizhan.identity.middleware import Known
from yizhan.records import files
from yizhan.records.models import StoredFile


def sent(request: Known, what: str) -> tuple[StoredFile, bytes]:
    """The file that a form brings, or the one it names from before, and its content.

    The file is released as soon as it is kept: it goes by itself after a week. ``what`` it is for keeps the files of
    one page from another's.

    Raises:
        FileRefused: none came, and none of this person's has that key.
    """
    upload = request.FILES.get("file")
    if isinstance(upload, UploadedFile):
        if not upload.size:
            raise FileRefused(_("文件里没有数据"))
        stored = files.keep_made(
            upload.read(),
            StoredFile(
                media_type="text/csv",
                name=files.clean_name(upload.name or "import.csv"),
                owner=_owner(request, what),
                account=request.actor.account_id,
                kept_by=request.actor.key,
            ),
        )
        files.release(stored)
    else:
        stored = _kept(request, what)
    with files.open_for_reading(stored) as content:
        return stored, content.read()


def _kept(request: Known, what: str) -> StoredFile:
    try:
        key = uuid.UUID(request.POST.get("kept", ""))
    except ValueError:
        raise FileRefused(_("请选择要导入的文件")) from None
    found = StoredFile.objects.filter(id=key, owner=_owner(request, what), removed_at=None).first()
    if found is None:
        raise FileRefused(_("文件已不在，请重新选择"))
    return found


def _owner(request: Known, what: str) -> str:
    return f"{what}:{request.actor.account_id}"
