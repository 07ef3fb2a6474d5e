"""The file that a backup is 备份文件: a tar whose last member, the manifest, holds a hash of every other one.

The manifest comes last so that everything is read once while it is written; an archive cut short has none.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from yizhan import __version__
from yizhan.cli.speech import Fault

FORMAT = 1
MANIFEST = "manifest.json"
_CHUNK = 1024 * 1024


@dataclass
class Manifest:
    """What an archive says of itself."""

    version: str
    """The version of Yizhan that made it."""
    made: str
    """When, in UTC."""
    district: str
    """``demo`` or ``empty``."""
    owner: str
    application: str
    """The two roles whose names the dump holds."""
    format: int = FORMAT
    members: dict[str, str] = field(default_factory=dict)
    """Name → SHA-256."""


def write(target: Path, manifest: Manifest, members: Iterable[tuple[str, Path]]) -> None:
    """Write a whole archive, readable by this account only, or none.

    Raises:
        Fault: the target exists, or the disk is full.
    """
    require_new(target)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                for name, path in members:
                    manifest.members[name] = _add(tar, name, path)
                _add_text(tar, MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
    except OSError as fault:
        raise Fault(en=f"The backup was not written: {fault}", zh=f"备份未写成：{fault}") from fault
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def require_new(target: Path) -> None:
    """See that a file can come to be there.

    Raises:
        Fault: it is there already, or its folder is not.
    """
    if target.exists():
        raise Fault(
            en=f"{target} exists already; name another file.", zh=f"{target} 已存在，请换一个文件名。"
        )
    if not target.parent.is_dir():
        raise Fault(
            en=f"There is no folder {target.parent}; make it, or name another file.",
            zh=f"没有目录 {target.parent}，请先建立，或换一个文件名。",
        )


def verify(source: Path) -> Manifest:
    """Read the whole archive and compare every hash.

    Raises:
        Fault: no archive of ours, cut short, changed, or of a later format.
    """
    found: dict[str, str] = {}
    text = b""
    try:
        with tarfile.open(source) as tar:
            for entry in tar:
                _require_plain(entry)
                content = tar.extractfile(entry)
                if content is None or entry.name in found:
                    raise tarfile.TarError(entry.name)
                if entry.name == MANIFEST:
                    text = content.read()
                else:
                    found[entry.name] = _hash(content)
        manifest = Manifest(**json.loads(text))
    except (OSError, tarfile.TarError, ValueError, TypeError) as fault:
        raise Fault(
            en=f"{source} is no whole backup of Yizhan ({fault}).",
            zh=f"{source} 不是完整的一站备份（{fault}）。",
        ) from fault
    if manifest.format > FORMAT or _numbers(manifest.version) > _numbers(__version__):
        raise Fault(
            en=f"{source} was made by a later version of Yizhan ({manifest.version}; here is {__version__}): "
            "restore it with that version or a newer one.",
            zh=f"{source} 由更新版本的一站（{manifest.version}，此处为 {__version__}）制作，"
            "请用该版本或更新的版本恢复。",
        )
    differing = sorted(
        name for name in found.keys() | manifest.members if found.get(name) != manifest.members.get(name)
    )
    if differing:
        raise Fault(
            en=f"{source} is damaged or was changed: {differing[0]} is not what was backed up.",
            zh=f"{source} 已损坏或被改动：{differing[0]} 与备份时不符。",
        )
    return manifest


def unpack(source: Path, into: Path) -> None:
    """Write all members of a verified archive below a folder, for this account only."""
    with tarfile.open(source) as tar:
        for entry in tar:
            _require_plain(entry)
            content = tar.extractfile(entry)
            path = into / entry.name
            for folder in reversed(PurePosixPath(entry.name).parents):
                (into / folder).mkdir(mode=0o700, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                while content and (chunk := content.read(_CHUNK)):
                    file.write(chunk)


def _numbers(version: str) -> list[int]:
    """A version as numbers, so that 0.10 comes after 0.9."""
    return [int(part) for part in re.findall(r"\d+", version)]


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as file:
        entry = tar.gettarinfo(arcname=name, fileobj=file)
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        reader = _Hashing(file)
        tar.addfile(entry, reader)
    return reader.hash.hexdigest()


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    content = text.encode()
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


class _Hashing(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        content = self._file.read(size)
        self.hash.update(content)
        return content


def _hash(content: IO[bytes]) -> str:
    whole = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        whole.update(chunk)
    return whole.hexdigest()


def _require_plain(entry: tarfile.TarInfo) -> None:
    """Only plain files below the folder; an archive may come from anywhere."""
    path = PurePosixPath(entry.name)
    if not entry.isreg() or path.is_absolute() or ".." in path.parts:
        raise tarfile.TarError(f"{entry.name!r}")
