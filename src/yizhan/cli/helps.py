"""Python files found because they exist, and the sentence each says of itself, read without importing it."""

from __future__ import annotations

import ast
from pathlib import Path

from yizhan.cli.speech import tell


def names(folder: Path) -> list[str]:
    """The files of a folder as one types them: an underscore becomes a hyphen."""
    return sorted(file.stem.replace("_", "-") for file in folder.glob("[a-z]*.py"))


def saying(folder: Path) -> list[str]:
    """Those that say a sentence of themselves; what helps them lies beside them and says nothing."""
    return [
        name for name in names(folder) if "\nhelp = " in file_of(folder, name).read_text(encoding="utf-8")
    ]


def file_of(folder: Path, name: str) -> Path:
    """The file behind a name."""
    return folder / f"{name.replace('-', '_')}.py"


def summary(file: Path) -> str:
    """A file's ``help``, in the terminal's language: so an overview needs no package and no time."""
    source = ast.parse(file.read_text(encoding="utf-8"))
    said = next(node.value for node in source.body if isinstance(node, ast.Assign) and _is_help(node))
    assert isinstance(said, ast.Call)  # the shape that yizhan.cli.commands asks for
    return tell(**{str(part.arg): str(ast.literal_eval(part.value)) for part in said.keywords})


def _is_help(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "help" for target in node.targets)
