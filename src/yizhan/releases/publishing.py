"""Publishing: a checked pack becomes an immutable release, and the current one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.releases import finding
from yizhan.releases.faults import Fault, PackRefused
from yizhan.releases.kinds import Kinds, house
from yizhan.releases.models import Current, Release, current
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
    if pack.hindrances:
        raise PackRefused(pack.hindrances)
    return _release(pack.code, pack.content(), by=by, kinds=kinds)


def _release(code: str, content: dict[str, Any], *, by: str, kinds: Kinds) -> Published:
    sha256 = digest(content)
    with transaction.atomic():
        _one_at_a_time()
        now = Current.objects.select_related("release").filter(pack=code).first()
        if now is not None and now.release.sha256 == sha256:
            return Published(now.release, new=False)
        release = Release.objects.create(
            pack=code, version=_next_version(code), sha256=sha256, content=content, published_by=by
        )
        Current.objects.update_or_create(pack=code, defaults={"release": release})
        for kind in kinds.all():
            if kind.published is not None:
                kind.published(release)
        journal.write(
            "pack.published", subject=f"pack:{code}", actor=by, version=release.version, sha256=sha256
        )
    return Published(release, new=True)


def publish_all(*, by: str = "system", only: Collection[str] = ()) -> list[Published]:
    """Publish the packs that lie in the packs' folders, or some of them, in the order of their dependencies.

    What is wrong with a pack that is neither meant nor depended on does not matter here.

    Raises:
        PackRefused: one of them has errors or wants a pack that is not there; none was published.
    """
    found = {folder.name: folder for folder in folders()}
    packs: dict[str, Pack] = {}
    waiting = sorted(only or found)
    while waiting:
        code = waiting.pop()
        if code in found and code not in packs:
            packs[code] = read(found[code])
            waiting += packs[code].depends
    ordered = in_order(list(packs.values()))
    with transaction.atomic():
        return [publish(pack, by=by) for pack in ordered if not only or pack.folder.name in only]


def withdraw(code: str, *, by: str, kinds: Kinds = house) -> Published:
    """Take a pack out of use: a release without definitions. Cases on earlier releases go on as they are.

    Raises:
        Current.DoesNotExist: it was never published.
    """
    manifest = current(code).content["manifest"]
    return _release(code, {"manifest": manifest, "definitions": {}}, by=by, kinds=kinds)


def left_behind() -> list[Release]:
    """Releases in force whose pack lies in no folder any more."""
    here = {folder.name for folder in folders()}
    found = Current.objects.select_related("release").exclude(pack__in=here).order_by("pack")
    return [one.release for one in found if one.release.content["definitions"]]


def folders() -> list[Path]:
    """Every folder with a file in it: one without ``pack.yaml`` is a fault, not nothing."""
    return sorted(
        folder
        for root in settings.PACKS
        if root.is_dir()
        for folder in root.iterdir()
        if not folder.name.startswith((".", "__")) and folder.is_dir() and finding.has_files(folder)
    )


def in_order(packs: list[Pack]) -> list[Pack]:
    """Packs so that each comes after those it depends on.

    Raises:
        PackRefused: any error in any pack, a missing dependency, or a circle of them.
    """
    faults = [replace(fault, file=f"{pack.code}/{fault.file}") for pack in packs for fault in pack.hindrances]
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
        for code in pack.depends:
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


def _one_at_a_time() -> None:
    """One publication after the other, of whichever pack: packs may claim the same names."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('releases'))")


def _next_version(pack: str) -> int:
    last = Release.objects.filter(pack=pack).order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1
