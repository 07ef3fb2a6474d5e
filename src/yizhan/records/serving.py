"""Handing a stored file to a browser so that nothing in it can act on anybody's behalf."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.http import FileResponse

from yizhan.records import files
from yizhan.records.models import StoredFile

PDF = "application/pdf"
_SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
# The PDF viewers of Chromium and Safari do not start in a sandbox, whatever it allows. A PDF stays one by its
# fixed type and nosniff, and was looked into when it came.
_OPENED = "frame-ancestors 'self'"


def response(file: StoredFile, *, inline: bool = False) -> FileResponse:
    """The file, as a download or to be looked at in the browser.

    It runs no script, loads nothing from elsewhere, and stays in no cache. Whether this person may see it,
    and the line in the access log, is for the caller.

    Raises:
        FileNotFoundError: it was swept.
    """
    answer = FileResponse(files.open_for_reading(file), content_type=file.media_type)
    answer["Content-Length"] = str(file.size)
    answer["Content-Disposition"] = disposition(file.name, inline=inline)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = _OPENED if inline and file.media_type == PDF else _SEALED
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer


def disposition(name: str, *, inline: bool = False) -> str:
    """The header with the name: plain ASCII for old programs, UTF-8 for all others (RFC 6266, RFC 8187)."""
    how = "inline" if inline else "attachment"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
