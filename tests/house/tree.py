"""The house as its files tell: rooms, floors, sources."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/yizhan"


def floors() -> dict[str, int]:
    """Every room's floor, 0 for the lowest, as the import contract in pyproject.toml draws them."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    rooms: dict[str, int] = {}
    for height, line in enumerate(reversed(contract["layers"])):
        rooms.update({room.strip().strip("()"): height for room in line.split("|")})
    return rooms


def rooms() -> list[str]:
    """The rooms that are there."""
    return sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))


def python_files(*, tests: bool = False) -> Iterator[Path]:
    """Our own Python, without migrations."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        if "migrations" in parts or ("tests" in parts and not tests):
            continue
        yield path


def templates() -> list[Path]:
    """All page templates."""
    return sorted(path for path in SOURCE.rglob("jinja2/**/*") if path.is_file())


def syntax(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    """A path as people read it."""
    return path.relative_to(ROOT).as_posix()
