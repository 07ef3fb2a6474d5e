"""What a new release means for cases under way 在办件: they go on by the one they began with, and somebody should know."""

from __future__ import annotations

from yizhan.cli.speech import tell


def told(code: str) -> str:
    """How many cases of a pack are under way on which earlier release; empty where none is."""
    from django.db.models import Count  # noqa: PLC0415

    from yizhan.cases.models import Case  # noqa: PLC0415
    from yizhan.identity import scope  # noqa: PLC0415
    from yizhan.releases.models import Current  # noqa: PLC0415

    now = Current.objects.filter(pack=code).values_list("release", flat=True).first()
    with scope.service():
        open_ = Case.objects.filter(release__pack=code, closed_at=None).exclude(release=now)
        counted = list(
            open_.values_list("release__version").annotate(Count("id")).order_by("release__version")
        )
    if not counted:
        return ""
    many = sum(count for _version, count in counted)
    return tell(
        en=f"{many} cases under way go on by the release they began with: "
        + ", ".join(f"release {version}: {count}" for version, count in counted),
        zh=f"在办 {many} 件，仍按开始时的版本办："
        + "，".join(f"第 {version} 版 {count} 件" for version, count in counted),
    )
