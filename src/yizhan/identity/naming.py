"""The names of roles and units that definitions of packs may use."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from yizhan.identity.models import Unit
from yizhan.identity.roles import PLATFORM, RolesFile, platform_roles
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.pack import Pack, Source, read_one
from yizhan.workflow import references


def roles_for(pack: Pack) -> set[str] | None:
    """The roles that a pack may name: its own, the platform's, and those of packs it depends on.

    None while its own roles cannot be read: what is wrong with them is told where they stand.
    """
    if pack.broken.get("roles"):
        return None
    found = {f"{PLATFORM}.{key}" for key in platform_roles()}
    for source in pack.of("roles").values():
        if isinstance(source.model, RolesFile):
            found |= {f"{pack.code}.{key}" for key in source.model.roles}
    for code in pack.depends:
        other = read_one(pack.folder.parent / code / "roles.yaml", RolesFile)
        found |= {f"{code}.{key}" for key in other.roles} if other else set()
    return found


def check_categories(source: Source, pack: Pack) -> Iterator[Fault]:
    """The categories that roles name are those of the register, where a room above told them."""
    known = references.house.of(pack).get("category")
    if known is None or not isinstance(source.model, RolesFile):
        return
    for key, role in source.model.roles.items():
        for number, name in enumerate(role.categories):
            if name not in known:
                words = _("人口库没有信息类别 %(name)s") % {"name": name}
                place = f"roles.{key}.categories[{number}]"
                yield source.fault(place, words, suggestion=did_you_mean(name, known))


def units(_pack: Pack) -> set[str] | None:
    """The codes of the units that are open; None where no district is founded yet, or no database is there."""
    try:
        with transaction.atomic():
            return set(Unit.objects.open().values_list("code", flat=True)) or None
    except DatabaseError:
        return None
