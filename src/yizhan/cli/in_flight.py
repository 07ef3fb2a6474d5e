"""What a new release means for cases under way 在办件: they go on by the one they began with, and somebody should know."""

from __future__ import annotations

from yizhan.cli.speech import tell


def told(code: str) -> str:
    """How many cases of a pack are under way on which earlier release, and the way over; empty where none is."""
    from yizhan.cases import move_orders  # noqa: PLC0415
    from yizhan.identity import scope  # noqa: PLC0415

    with scope.service():
        left = move_orders.left(code)
    if not left:
        return ""
    many = sum(one.cases for one in left)
    return tell(
        en=f"Under way, and going on by the release they began with: {many} ("
        + ", ".join(f"release {one.version}: {one.cases}" for one in left)
        + f"). To see who could change over: ./yizhan packs move {code} --dry-run",
        zh=f"在办 {many} 件，仍按开始时的版本办："
        + "，".join(f"第 {one.version} 版 {one.cases} 件" for one in left)
        + f"。查看哪些可以改用新版：./yizhan packs move {code} --dry-run",
    )
