"""Places in a form's data 路径, written like ``members.0.name``: the names of inputs too, so they stay."""

from __future__ import annotations

from typing import Any

Data = dict[str, Any]
Path = tuple[str | int, ...]


def path_of(text: str) -> Path:
    """``members.0.name`` as ``("members", 0, "name")``."""
    return tuple(int(part) if _is_row(part) else part for part in text.split("."))


def text_of(path: Path) -> str:
    """``("members", 0, "name")`` as ``members.0.name``."""
    return ".".join(str(part) for part in path)


def id_of(path: str) -> str:
    """The id of a path's control in a page; keys have no hyphen, so no two paths share one."""
    return f"f-{path.replace('.', '-')}"


def get(data: Any, path: str) -> Any:
    """What lies at a path, or None."""
    here = data
    for part in path_of(path):
        if isinstance(part, int):
            here = here[part] if isinstance(here, list) and part < len(here) else None
        else:
            here = here.get(part) if isinstance(here, dict) else None
    return here


def put(data: Data, path: str, value: Any) -> None:
    """Place a value, making the objects on the way; whatever else stood on the way is replaced.

    Raises:
        IndexError: the path leads through a row that is not there.
    """
    *way, last = path_of(path)
    here: Any = data
    for part in way:
        if isinstance(part, int) or isinstance(here.get(part), dict | list):
            here = here[part]
        else:
            here[part] = here = {}
    here[last] = value


def drop(data: Data, path: str) -> None:
    """Remove a value and the objects that it leaves empty; nothing happens if there is none."""
    *way, last = path_of(path)
    trail: list[tuple[dict[str, Any], str]] = []
    here: Any = data
    for part in way:
        if isinstance(here, dict) and isinstance(part, str) and part in here:
            trail.append((here, part))
            here = here[part]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            trail.clear()  # rows stay, even empty: the numbers of the others must not change
            here = here[part]
        else:
            return
    if isinstance(here, dict):
        here.pop(str(last), None)
    for holder, key in reversed(trail):
        if holder[key] == {}:
            del holder[key]


def _is_row(part: str) -> bool:
    return len(part) <= 4 and part.isascii() and part.isdigit()
