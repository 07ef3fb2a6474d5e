"""A pack as it lies in its folder, read and checked as a whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from yizhan.releases import files
from yizhan.releases.faults import Fault, Weight, did_you_mean
from yizhan.releases.kinds import Kind, Kinds, house
from yizhan.releases.manifest import Manifest
from yizhan.releases.problems import faults_of

# What a pack may hold besides definitions; the command line reads demo and journeys itself.
_FREE_FOLDERS = {"demo", "journeys", "locale"}
_FREE_FILES = {"pack.yaml", "README.md", "rules.py"}


@dataclass(frozen=True)
class Source:
    """One definition as it was written."""

    kind: str
    key: str
    file: str
    raw: Any
    model: BaseModel | None
    lines: dict[str, int]

    def fault(
        self,
        path: str,
        message: str,
        *,
        suggestion: str = "",
        weight: Literal["error", "warning"] = "error",
    ) -> Fault:
        """A fault at a place in this file, such as ``states.review.actions.accept.to``."""
        return Fault(self.file, path, message, suggestion, Weight(weight), self.line_of(path))

    def line_of(self, path: str) -> int | None:
        """The line of a place, or of the nearest place around it."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path)


@dataclass
class Pack:
    """All definitions of one pack, and what is wrong with them."""

    folder: Path
    manifest: Manifest | None = None
    sources: dict[str, dict[str, Source]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The pack's code, or its folder's name while the manifest cannot be read."""
        return self.manifest.code if self.manifest else self.folder.name

    @property
    def errors(self) -> list[Fault]:
        """The faults that forbid publishing."""
        return [fault for fault in self.faults if fault.weight is Weight.ERROR]

    def of(self, kind: str) -> dict[str, Source]:
        """The definitions of one kind, by key."""
        return self.sources.get(kind, {})

    def content(self) -> dict[str, Any]:
        """All definitions as plain JSON: what a release keeps."""
        manifest = self.manifest.model_dump(mode="json") if self.manifest else {}
        definitions = {
            kind: {key: source.raw for key, source in sorted(sources.items())}
            for kind, sources in sorted(self.sources.items())
        }
        return {"manifest": manifest, "definitions": definitions}


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of a content in its one canonical form."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read(folder: Path, kinds: Kinds = house) -> Pack:
    """Read and check a pack; faults are collected, never raised."""
    pack = Pack(folder)
    _read_manifest(pack)
    for path, kind in _definitions(pack, kinds):
        source = _read_definition(pack, path, kind)
        if source is not None:
            pack.sources.setdefault(kind.name, {})[source.key] = source
    for kind in kinds.all():
        if kind.check is None:
            continue
        for source in pack.of(kind.name).values():
            pack.faults.extend(kind.check(source, pack))
    pack.faults.sort(key=lambda fault: (fault.file, fault.line or 0, fault.path))
    return pack


def _read_manifest(pack: Pack) -> None:
    path = pack.folder / "pack.yaml"
    if not path.is_file():
        pack.faults.append(Fault("pack.yaml", "", _("缺少 pack.yaml"), _("每个应用包须有 pack.yaml")))
        return
    source = _read_as(pack, path, Manifest)
    if source is None or not isinstance(source.model, Manifest):
        return
    pack.manifest = source.model
    if source.model.code != pack.folder.name:
        pack.faults.append(
            source.fault("code", _("应用包代码须与文件夹同名（%(name)s）") % {"name": pack.folder.name})
        )


def _definitions(pack: Pack, kinds: Kinds) -> Iterator[tuple[Path, Kind]]:
    for path in sorted(pack.folder.rglob("*")):
        relative = path.relative_to(pack.folder)
        if path.is_dir() or any(part.startswith((".", "__")) for part in relative.parts):
            continue
        folder = relative.parent.as_posix() if relative.parent.parts else ""
        if relative.parts[0] in _FREE_FOLDERS or (not folder and path.name in _FREE_FILES):
            continue
        kind = kinds.of_file(folder, path.name)
        if kind is None:
            pack.faults.append(_stray(relative, folder, kinds))
        else:
            yield path, kind


def _stray(relative: Path, folder: str, kinds: Kinds) -> Fault:
    endings = [kind.suffix for kind in kinds.all() if kind.folder == folder]
    if folder and not endings:
        return Fault(
            relative.as_posix(),
            "",
            _("没有任何部分认得文件夹 %(folder)s") % {"folder": folder},
            did_you_mean(folder, kinds.folders()),
        )
    return Fault(
        relative.as_posix(),
        "",
        _("没有任何部分认得此文件"),
        _("可用后缀：%(words)s") % {"words": ", ".join(endings)},
    )


def _read_definition(pack: Pack, path: Path, kind: Kind) -> Source | None:
    key = path.name.removesuffix(kind.suffix) if kind.folder else kind.name
    return _read_as(pack, path, kind.model, kind.name, key)


def _read_as(
    pack: Pack, path: Path, model: type[BaseModel] | None, kind: str = "", key: str = ""
) -> Source | None:
    name = path.relative_to(pack.folder).as_posix()
    lines: dict[str, int] = {}
    try:
        text = files.text(path)
        raw: Any = text
        if path.suffix == ".yaml":
            raw, lines = files.plain_yaml(text)
        elif path.suffix == ".json":
            raw = files.plain_json(text)
    except files.Unreadable as fault:
        pack.faults.append(Fault(name, "", fault.message, fault.suggestion, line=fault.line))
        return None
    source = Source(kind, key, name, raw, None, lines)
    if model is None:
        return source
    try:
        return Source(kind, key, name, raw, model.model_validate(raw), lines)
    except ValidationError as fault:
        pack.faults.extend(faults_of(fault, source, model))
        return None
