"""Stopping an upload that is too large while it comes in, before it fills memory or disk.

Named first in ``FILE_UPLOAD_HANDLERS``. A file that grows too large is dropped, the rest of the form is
read on, so that nothing else a person wrote is lost; the view asks :func:`refused` what was dropped.
"""

from __future__ import annotations

from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from yizhan.records.files import LARGEST
from yizhan.records.refusals import TooLarge

LARGEST_REQUEST = 20 * LARGEST


class Limit(FileUploadHandler):
    """Counts what comes and lets the handlers behind it do the keeping."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 (Django's name)
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Refuse a request that says itself that it is too large.

        Raises:
            RequestDataTooBig: more than twenty of the largest files at once.
        """
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig("the request is larger than any form of the house")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on; drop the whole file with the first piece too many.

        Raises:
            SkipFile: the file has grown too large.
        """
        if start + len(raw_data) > LARGEST:
            _refused(self.request)[self.field_name or ""] = TooLarge(LARGEST)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers behind."""


def refused(request: HttpRequest) -> dict[str, TooLarge]:
    """The fields whose file was dropped because it was too large."""
    return dict(_refused(request))


def _refused(request: Any) -> dict[str, TooLarge]:
    found: dict[str, TooLarge] = request.__dict__.setdefault("files_too_large", {})
    return found
