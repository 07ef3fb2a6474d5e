"""The kind of definition that identity understands: the roles of a pack."""

from __future__ import annotations

from yizhan.identity import roles
from yizhan.releases import kinds
from yizhan.releases.kinds import Kind

ROLES = kinds.announce(
    Kind(
        name="roles",
        folder="",
        suffix="roles.yaml",
        purpose=("应用包的岗位角色：谁可以办什么", "The roles of a pack: who may do what"),
        model=roles.RolesFile,
        published=roles.publish,
    )
)
