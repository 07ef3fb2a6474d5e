"""Where the built front end lies 静态资源清单: Vite's manifest, read when first asked for.

Before the assets are built every answer is ``None`` and pages are plain HTML that still works.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from django.conf import settings

LOOK_AGAIN_AFTER = 1.0
"""Seconds between two looks at the file's date: a page with a hundred icons asks the disk once."""


class Manifest:
    """One manifest file and what it says; read again when the file has changed."""

    def __init__(self, path: Path, base: str) -> None:
        self._path = path
        self._base = base
        self._looked_at = float("-inf")
        self._changed_at: int | None = None
        self._urls: dict[str, str] = {}

    def url(self, name: str) -> str | None:
        """The address of ``public.js``, ``public.css`` or ``icons.svg``; None before it is built."""
        if time.monotonic() - self._looked_at > LOOK_AGAIN_AFTER:
            self._look()
        return self._urls.get(name)

    def _look(self) -> None:
        self._looked_at = time.monotonic()
        changed_at = self._path.stat().st_mtime_ns if self._path.exists() else None
        if changed_at == self._changed_at:
            return
        self._changed_at = changed_at
        entries = json.loads(self._path.read_text()) if changed_at else {}
        self._urls = {name: self._base + file for name, file in _files(entries).items()}


_manifests: dict[str, Manifest] = {}


def asset(name: str) -> str | None:
    """The hashed address of a built file, as templates ask for it."""
    folder = str(settings.ASSETS)
    if folder not in _manifests:
        _manifests[folder] = Manifest(Path(folder) / "manifest.json", settings.STATIC_URL)
    return _manifests[folder].url(name)


def _files(entries: dict[str, dict[str, Any]]) -> dict[str, str]:
    """``frontend/public.js`` becomes ``public.js`` and ``public.css``; plain assets keep their name."""
    files: dict[str, str] = {}
    for source, entry in entries.items():
        name = Path(source).name.removeprefix("_")
        if entry.get("isEntry"):
            files[name] = entry["file"]
            for sheet in entry.get("css", []):
                files[Path(name).with_suffix(".css").name] = sheet
        elif not name.endswith((".js", ".css")):
            files[name] = entry["file"]
    return files
