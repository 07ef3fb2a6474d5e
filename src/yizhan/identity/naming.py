"""The names of roles and units that definitions of packs may use."""

from __future__ import annotations

from django.db import DatabaseError, transaction

from yizhan.identity.models import Unit
from yizhan.identity.roles import PLATFORM, RolesFile, platform_roles
from yizhan.releases.pack import Pack, read_one


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


def units(_pack: Pack) -> set[str] | None:
    """The codes of the units that are open; None where no district is founded yet, or no database is there."""
    try:
        with transaction.atomic():
            return set(Unit.objects.open().values_list("code", flat=True)) or None
    except DatabaseError:
        return None
