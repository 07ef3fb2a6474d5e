"""Five hundred and eighty services for the benchmarks' district: copies of a real pack, each with its own code."""

from __future__ import annotations

import re
from pathlib import Path

from tests.product import ROOT

MANY = 580
MODEL = ROOT / "packs/elderly_allowance"
# Lists of payments and journeys belong to the real service; papers take a while to be checked, no measured page has any.
_LEFT_OUT = ("payments/", "documents/", "journeys/", "README.md")
_PAPERS = re.compile(r"^papers:\n(?:  .*\n)+", re.MULTILINE)


def code(number: int) -> str:
    """The code of a service, of its pack and of its item."""
    return f"service{number:03d}"


def publish(folder: Path) -> None:
    """Write the packs and publish those that are not in force yet; needs Django."""
    from yizhan.identity import scope  # noqa: PLC0415
    from yizhan.releases import pack, publishing  # noqa: PLC0415
    from yizhan.releases.models import Current  # noqa: PLC0415

    there = set(Current.objects.values_list("pack", flat=True))
    for number in range(1, MANY + 1):
        if code(number) not in there:
            written(folder / code(number), code(number), f"服务{number:03d}", f"Service {number:03d}")
            with scope.service():
                publishing.publish(pack.read(folder / code(number)), by="system")


def written(folder: Path, code: str, zh: str, en: str) -> None:
    """Write a copy of the real pack under another code and name."""
    words = {"elderly_allowance": code, "高龄津贴": zh, "Elderly allowance": en}
    for path in MODEL.rglob("*.*"):
        name = path.relative_to(MODEL).as_posix()
        if path.is_dir() or name.startswith(_LEFT_OUT):
            continue
        text = _PAPERS.sub("", path.read_text(encoding="utf-8"))
        for old, new in words.items():
            text, name = text.replace(old, new), name.replace(old, new)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
