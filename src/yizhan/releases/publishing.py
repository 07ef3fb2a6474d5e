"""Publishing: a checked pack becomes an immutable release, and the current one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.releases.faults import Fault, PackRefused
from yizhan.releases.kinds import Kinds, house
from yizhan.releases.models import Current, Release
from yizhan.releases.pack import Pack, digest, read


@dataclass(frozen=True)
class Published:
    """What publishing did: a new release, or nothing because nothing had changed."""

    release: Release
    new: bool


def publish(pack: Pack, *, by: str, kinds: Kinds = house) -> Published:
    """Publish a pack; the same content again changes nothing.

    Raises:
        PackRefused: the pack has errors; nothing was changed.
    """
    if pack.errors:
        raise PackRefused(pack.errors)
    content = pack.content()
    sha256 = digest(content)
    with transaction.atomic():
        _one_at_a_time(pack.code)
        now = Current.objects.select_related("release").filter(pack=pack.code).first()
        if now is not None and now.release.sha256 == sha256:
            return Published(now.release, new=False)
        release = Release.objects.create(
            pack=pack.code,
            version=_next_version(pack.code),
            sha256=sha256,
            content=content,
            published_by=by,
        )
        Current.objects.update_or_create(pack=pack.code, defaults={"release": release})
        for kind in kinds.all():
            if kind.published is not None:
                kind.published(release)
        journal.write(
            "pack.published", subject=f"pack:{pack.code}", actor=by, version=release.version, sha256=sha256
        )
    return Published(release, new=True)


def publish_all(*, by: str = "system") -> list[Published]:
    """Publish every pack that lies in the packs' folders, in the order of their dependencies.

    Raises:
        PackRefused: at least one pack has errors or wants a pack that is not there; none was published.
    """
    packs = in_order([read(folder) for folder in folders()])
    with transaction.atomic():
        return [publish(pack, by=by) for pack in packs]


def folders() -> list[Path]:
    """Every folder with a pack in it."""
    return sorted(path.parent for root in settings.PACKS for path in root.glob("*/pack.yaml"))


def in_order(packs: list[Pack]) -> list[Pack]:
    """Packs so that each comes after those it depends on.

    Raises:
        PackRefused: any error in any pack, a missing dependency, or a circle of them.
    """
    faults = [fault for pack in packs for fault in pack.errors]
    by_code = {pack.code: pack for pack in packs}
    ordered: list[Pack] = []
    visiting: set[str] = set()

    def visit(pack: Pack) -> None:
        if pack in ordered:
            return
        if pack.code in visiting:
            faults.append(Fault(f"{pack.code}/pack.yaml", "depends", _("应用包互相依赖，成了圈")))
            return
        visiting.add(pack.code)
        for code in pack.manifest.depends if pack.manifest else []:
            if code in by_code:
                visit(by_code[code])
            else:
                faults.append(
                    Fault(f"{pack.code}/pack.yaml", "depends", _("没有应用包 %(code)s") % {"code": code})
                )
        visiting.discard(pack.code)
        ordered.append(pack)

    for pack in packs:
        visit(pack)
    if faults:
        raise PackRefused(faults)
    return ordered


def _one_at_a_time(pack: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('releases'), hashtext(%s))", [pack])


def _next_version(pack: str) -> int:
    last = Release.objects.filter(pack=pack).order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1
