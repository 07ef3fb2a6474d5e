"""Serves the built front end 静态资源: compressed, and for ever, since a file's name holds its content's hash.

It stands before Django, so a style sheet costs no session, no database and no middleware.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOR_EVER = "public, max-age=31536000, immutable"

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
}
# Vite's eight characters of hash; anything else in the folder, such as the manifest, may change.
_HASHED = re.compile(r"[A-Za-z0-9_.-]+-[A-Za-z0-9_-]{8}(\.[a-z0-9]+)")
# In the order of preference: the coding's name and the ending that the build gives it.
_CODINGS = (("br", ".br"), ("gzip", ".gz"))


class BuiltFiles:
    """A WSGI application around another one: answers for built files, hands on everything else."""

    def __init__(self, application: WSGIApplication, folder: Path, base: str) -> None:
        self._application = application
        self._folder = folder
        self._base = base

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a GET or HEAD for a built file that is there."""
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith(self._base) and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            name = path.removeprefix(self._base)
            hashed = _HASHED.fullmatch(name)
            if hashed and hashed[1] in _TYPES and (self._folder / name).is_file():
                return self._serve(environ, start_response, name, _TYPES[hashed[1]])
        return self._application(environ, start_response)

    def _serve(
        self, environ: WSGIEnvironment, start_response: StartResponse, name: str, kind: str
    ) -> list[bytes]:
        coding, content = self._content(name, str(environ.get("HTTP_ACCEPT_ENCODING", "")))
        headers = [
            ("Content-Type", kind),
            ("Content-Length", str(len(content))),
            ("Cache-Control", FOR_EVER),
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", "nosniff"),
            *([("Content-Encoding", coding)] if coding else []),
        ]
        start_response(f"{HTTPStatus.OK.value} {HTTPStatus.OK.phrase}", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else content]

    def _content(self, name: str, accepted: str) -> tuple[str, bytes]:
        """The smallest form that the browser takes, and its coding (empty for none)."""
        wanted = {part.strip() for part in accepted.split(",")}  # a weighted one is no browser's
        for coding, ending in _CODINGS:
            file = self._folder / f"{name}{ending}"
            if coding in wanted and file.is_file():
                return coding, _read(file, file.stat().st_mtime_ns)
        plain = self._folder / name
        return "", _read(plain, plain.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(file: Path, _changed_at: int) -> bytes:
    return file.read_bytes()
