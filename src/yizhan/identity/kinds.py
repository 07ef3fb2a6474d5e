"""The kind of definition that identity understands, the roles of a pack; and which names others may use."""

from __future__ import annotations

from yizhan.identity import naming, roles
from yizhan.releases import kinds
from yizhan.releases.kinds import Kind
from yizhan.workflow import references

ROLES = kinds.announce(
    Kind(
        name="roles",
        folder="",
        suffix="roles.yaml",
        purpose=("应用包的岗位角色：谁可以办什么", "The roles of a pack: who may do what"),
        model=roles.RolesFile,
        check=naming.check_categories,
        published=roles.publish,
    )
)
references.announce("role", naming.roles_for)
references.announce("unit", naming.units)
