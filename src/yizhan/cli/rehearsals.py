"""``packs rehearse`` on a terminal: what each journey went through, and where one is not as it says."""

from __future__ import annotations

import time
from pathlib import Path

from yizhan.cli.speech import Fault, say


def run(folders: list[Path], *, published: bool, only: list[str], brief: bool) -> int:
    """Rehearse packs one after the other; 1 where a journey failed or a pack cannot be played."""
    failed = played = 0
    began = time.monotonic()
    for folder in folders:
        fine, wrong = _rehearse(folder, published=published, only=only, brief=brief)
        played, failed = played + fine + wrong, failed + wrong
    seconds = f"{time.monotonic() - began:.1f}"
    if not played and not failed:
        say(en="There is no journey to play.", zh="没有可演练的事例。")
        return 0
    say(
        en=f"{played} journeys, {failed} failed, {seconds} s; everything was undone",
        zh=f"演练 {played} 个事例，未通过 {failed} 个，{seconds} 秒；全部撤销，没有留下任何记录",
    )
    return 1 if failed else 0


def _rehearse(folder: Path, *, published: bool, only: list[str], brief: bool) -> tuple[int, int]:
    """How many journeys of a pack went as they say, and how many did not."""
    from yizhan.cases.models import Item  # noqa: PLC0415
    from yizhan.rehearsal.rehearsing import rehearse  # noqa: PLC0415
    from yizhan.releases.faults import PackRefused  # noqa: PLC0415
    from yizhan.releases.pack import read  # noqa: PLC0415

    pack = read(folder)
    try:
        found = rehearse(pack, published=published, only=only)
    except PackRefused as refused:
        for fault in refused.faults:
            print(f"✗ {folder.name}/{fault}")
        return 0, 1
    except Item.DoesNotExist as missing:
        raise Fault(
            en=f"{folder.name} is not in force: rehearse the folder, without --published.",
            zh=f"{folder.name} 还没有现行版本：去掉 --published，演练文件夹里的。",
        ) from missing
    for one in found:
        print(f"{'✗' if one.faults else '✓'} {folder.name}/{one.source.file}  {one.title}")
        for line in [] if brief else one.lines:
            print(line)
        for fault in one.faults:
            print(f"  ✗ {folder.name}/{fault}")
    wrong = sum(1 for one in found if one.faults)
    return len(found) - wrong, wrong
