"""A pack as it lies in its folder, read and checked as a whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from yizhan.releases import citing, files, finding
from yizhan.releases.faults import Fault, Weight, did_you_mean
from yizhan.releases.kinds import Kind, Kinds, house
from yizhan.releases.manifest import Manifest
from yizhan.releases.plain_yaml import plain_yaml
from yizhan.releases.problems import faults_of, without_unknown_keys
from yizhan.releases.unreadable import Unreadable

M = TypeVar("M", bound=BaseModel)


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
    """All definitions of one pack, and what is wrong with them.

    ``broken`` has the keys, by kind, of files that have faults of their own; ``aside`` are the kinds that are no part
    of a release, by name, with their folders.
    """

    folder: Path
    manifest: Manifest | None = None
    sources: dict[str, dict[str, Source]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    broken: dict[str, set[str]] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The pack's code, or its folder's name while the manifest cannot be read."""
        return self.manifest.code if self.manifest else self.folder.name

    @property
    def errors(self) -> list[Fault]:
        """The faults that weigh as much as an error."""
        return [fault for fault in self.faults if fault.weight is Weight.ERROR]

    @property
    def hindrances(self) -> list[Fault]:
        """The errors that forbid publishing: all but those in what no release keeps."""
        folders = tuple(f"{folder}/" for folder in self.aside.values())
        return [fault for fault in self.errors if not fault.file.startswith(folders)]

    @property
    def depends(self) -> list[str]:
        """The packs whose definitions this one uses."""
        return list(self.manifest.depends) if self.manifest else []

    def of(self, kind: str) -> dict[str, Source]:
        """The definitions of one kind, by key."""
        return self.sources.get(kind, {})

    def keys(self, kind: str) -> set[str]:
        """The keys of one kind, those of files that cannot be read among them: they are there, though."""
        return self.of(kind).keys() | self.broken.get(kind, set())

    def lacks(self, source: Source, path: str, kind: str, key: str) -> Iterator[Fault]:
        """A fault where a definition names another of this pack that is not there."""
        if key not in self.keys(kind):
            yield source.fault(
                path, _("应用包里没有 %(key)s") % {"key": key}, suggestion=did_you_mean(key, self.keys(kind))
            )

    def content(self) -> dict[str, Any]:
        """All definitions as plain JSON: what a release keeps."""
        manifest = self.manifest.model_dump(mode="json") if self.manifest else {}
        definitions = {
            kind: {key: source.raw for key, source in sorted(sources.items())}
            for kind, sources in sorted(self.sources.items())
            if kind not in self.aside
        }
        return {"manifest": manifest, "definitions": definitions}


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of a content in its one canonical form."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read(folder: Path, kinds: Kinds = house) -> Pack:
    """Read and check a pack; faults are collected, never raised."""
    pack = Pack(folder, aside={kind.name: kind.folder for kind in kinds.all() if not kind.kept})
    _read_manifest(pack)
    for found in finding.definitions(folder, kinds):
        if isinstance(found, Fault):
            pack.faults.append(found)
        else:
            _read_definition(pack, *found)
    citing.write_out(pack)
    for kind in kinds.all():
        if kind.check is None:
            continue
        for source in pack.of(kind.name).values():
            pack.faults.extend(kind.check(source, pack))
    pack.faults.sort(key=lambda fault: (fault.file, fault.line or 0, fault.path))
    return pack


def read_one(path: Path, model: type[M]) -> M | None:
    """One definition of another pack, where it is in order; what is wrong with it is told with that pack."""
    try:
        return model.model_validate(_data(path)[0])
    except (Unreadable, ValidationError):
        return None


def _read_manifest(pack: Pack) -> None:
    path = pack.folder / "pack.yaml"
    if not path.exists() and not path.is_symlink():
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


def _read_definition(pack: Pack, path: Path, kind: Kind) -> None:
    key = path.name.removesuffix(kind.suffix) if kind.folder else kind.name
    source = _read_as(pack, path, kind.model, kind.name, key)
    if source is None:
        pack.broken.setdefault(kind.name, set()).add(key)
    else:
        pack.sources.setdefault(kind.name, {})[key] = source


def _read_as(
    pack: Pack, path: Path, model: type[BaseModel] | None, kind: str = "", key: str = ""
) -> Source | None:
    name = path.relative_to(pack.folder).as_posix()
    try:
        raw, lines = _data(path)
    except Unreadable as fault:
        pack.faults.append(Fault(name, "", fault.message, fault.suggestion, line=fault.line))
        return None
    source = Source(kind, key, name, raw, None, lines)
    if model is None:
        return source
    try:
        return Source(kind, key, name, raw, model.model_validate(raw), lines)
    except ValidationError as fault:
        pack.faults.extend(faults_of(fault, source, model))
        return _as_far_as_known(source, model, fault)


def _as_far_as_known(source: Source, model: type[BaseModel], fault: ValidationError) -> Source | None:
    """A definition that has unknown keys and is right otherwise: what the pack's other files say of it is told at once."""
    known = without_unknown_keys(fault, source.raw)
    try:
        return None if known is None else replace(source, raw=known, model=model.model_validate(known))
    except ValidationError:
        return None


def _data(path: Path) -> tuple[Any, dict[str, int]]:
    """What a file holds, and the line of every place in it.

    Raises:
        Unreadable: it cannot be read as what its ending says.
    """
    text = files.text(path)
    if path.suffix == ".yaml":
        return plain_yaml(text)
    if path.suffix == ".json":
        return files.plain_json(text), files.lines_of_json(text)
    if not text.strip():
        raise Unreadable(_("文件是空的"))
    return text, {}
