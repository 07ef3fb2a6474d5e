"""The press 排印进程: a small process of its own that runs Typst, and nothing else.

Typst cannot be stopped from within a Python process, so it works here, where it can be killed. It sees a
private folder with the styles in it and the fonts it was given; no environment, no network (the only
proxy is a closed port), no writing of files; memory and processor time are bounded by the kernel.

Run by :mod:`yizhan.records.running_press` as a plain file, so it imports nothing of the house. It reads one
JSON line per sheet and answers with one JSON line, followed by the bytes of the pages.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import typst

STYLES = sorted(Path(__file__).with_name("styles").glob("*.typ"))
MAIN = re.compile(r"__typst_py_bytes__\.typ:(\d+)")


def main() -> None:
    """Set up, say which faces the font files hold, then work until nobody asks any more."""
    orders = sys.stdin.buffer
    start = json.loads(orders.readline())
    with tempfile.TemporaryDirectory(prefix="yizhan-press-") as folder:
        root, shelf = Path(folder, "root"), Path(folder, "fonts")
        root.mkdir()
        shelf.mkdir()
        for style in STYLES:
            shutil.copyfile(style, root / style.name)
        for number, file in enumerate(sorted({file for files in start["fonts"].values() for file in files})):
            (shelf / f"{number}{Path(file).suffix}").symlink_to(file)
        fonts = typst.Fonts(False, False, [str(shelf)])
        _bound(start["memory"])
        _answer({"faces": _faces(start["fonts"], fonts)})
        for line in orders:
            _bound_seconds(start["seconds"])
            _work(json.loads(line), root, fonts)


def _faces(files: dict[str, list[str]], fonts: typst.Fonts) -> dict[str, list[list[str | int] | None]]:
    """Family and weight in every file of every role; Typst names files by their real path, and each only once."""
    by_file: dict[Path, list[str | int]] = {
        Path(font.path).resolve(): [font.family, font.weight] for font in fonts.fonts() if font.path
    }
    return {role: [by_file.get(Path(file).resolve()) for file in listed] for role, listed in files.items()}


def _bound(memory: int) -> None:
    """Never more memory than this, no files written, no core left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_seconds(seconds: int) -> None:
    """Processor time for the next sheet: also holds when the asking process is gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _work(order: dict[str, Any], root: Path, fonts: typst.Fonts) -> None:
    nowhere = str(root / "packages")
    template = order["template"].encode()
    setting: dict[str, Any] = {
        "root": str(root),
        "font_paths": fonts,
        "ignore_system_fonts": True,
        "sys_inputs": {"input": order["input"]},
        "package_path": nowhere,
        "package_cache_path": nowhere,
    }
    try:
        if order["format"] == "places":
            _answer({"places": _places(template, setting)})
            return
        made, warnings = typst.compile_with_warnings(
            template,
            format=order["format"],
            ppi=order["ppi"],
            pdf_standards=order["standards"],
            timestamp=order["at"],
            **setting,
        )
        places = _places(template, setting) if order["places"] else []
    except typst.TypstError as fault:
        place = MAIN.search(fault.diagnostic or "")
        _answer(
            {"fault": fault.message, "hints": fault.hints, "line": int(place.group(1)) if place else None}
        )
        return
    pages = made if isinstance(made, list) else [made]
    told = {"warnings": [w.message for w in warnings], "places": places}
    _answer({"sizes": [len(page) for page in pages], **told})
    for page in pages:
        sys.stdout.buffer.write(page)
    sys.stdout.buffer.flush()


def _places(template: bytes, setting: dict[str, Any]) -> list[Any]:
    """What the marks for seals say; a question does not say where a fault is, so that setting tells it instead."""
    try:
        found: list[Any] = json.loads(typst.query(template, "<seal>", field="value", **setting))
    except RuntimeError:
        typst.compile(template, format="svg", **setting)
        raise
    return found


def _answer(words: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(words).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
