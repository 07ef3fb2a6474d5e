"""Roles as packs define them, and the few that belong to the platform itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from yizhan import clock
from yizhan.identity.models import Role
from yizhan.releases import files
from yizhan.releases.models import Release
from yizhan.releases.plain_yaml import plain_yaml
from yizhan.releases.words import Key, Shape, Text

PLATFORM = "platform"
SEPARATED = ("system_admin", "security_admin", "audit_admin")
_OWN = Path(__file__).with_name("platform_roles.yaml")


class RoleDefinition(Shape):
    """One role of a pack 角色."""

    title: Text
    description: Text | None = None
    reads_records: bool = Field(default=True, description="whether it opens rows of personal data")
    categories: list[Key] = Field(
        default_factory=list,
        max_length=40,
        description="of the population register, what it shows of a person's file; all when left out",
    )


class RolesFile(Shape):
    """``roles.yaml``: the roles of a pack, by key; elsewhere they are called ``pack.key``."""

    roles: Annotated[dict[Key, RoleDefinition], Field(min_length=1)]

    @model_validator(mode="after")
    def _not_too_many(self) -> RolesFile:
        if len(self.roles) > 40:
            raise ValueError(_("一个应用包最多 40 个角色"))
        return self


def publish(release: Release) -> None:
    """Enter the roles of a release; those it names no more are withdrawn, never deleted."""
    if "roles" in release.keys("roles"):
        named = RolesFile.model_validate(release.raw("roles", "roles")).roles
    else:
        named = {}
    _enter(release.pack, named)


def publish_platform() -> None:
    """Enter the platform's own roles; done after every migration, and harmless to repeat."""
    _enter(PLATFORM, platform_roles())


@cache
def platform_roles() -> Mapping[str, RoleDefinition]:
    """The platform's own roles, by key; they come with the code, and are read once."""
    raw, _lines = plain_yaml(files.text(_OWN))
    return RolesFile.model_validate(raw).roles


def _enter(pack: str, named: Mapping[str, RoleDefinition]) -> None:
    Role.objects.bulk_create(
        [_role(pack, key, definition) for key, definition in named.items()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "title_zh", "title_en", "description_zh", "description_en",
            "reads_records", "categories", "separated", "withdrawn_on",
        ],
    )  # fmt: skip
    kept = [f"{pack}.{key}" for key in named]
    Role.objects.filter(pack=pack, withdrawn_on=None).exclude(code__in=kept).update(
        withdrawn_on=clock.today()
    )


def _role(pack: str, key: str, definition: RoleDefinition) -> Role:
    description = definition.description
    return Role(
        code=f"{pack}.{key}",
        pack=pack,
        title_zh=definition.title.zh,
        title_en=definition.title.en,
        description_zh=description.zh if description else "",
        description_en=description.en if description else "",
        reads_records=definition.reads_records,
        categories=definition.categories,
        separated=pack == PLATFORM and key in SEPARATED,
    )
