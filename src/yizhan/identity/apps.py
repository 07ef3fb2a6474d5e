"""The room as Django sees it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IdentityConfig(AppConfig):
    """identity 身份与组织."""

    name = "yizhan.identity"
    verbose_name = "身份与组织"

    def ready(self) -> None:
        """Announce the kind of definition, fill the top bar, open the scope in every worker's transaction."""
        from yizhan.identity import kinds, scope, tidying  # noqa: F401, PLC0415 (they need the tables)
        from yizhan.journal import work  # noqa: PLC0415
        from yizhan.ui import navigation  # noqa: PLC0415

        navigation.fill("desk-post", "identity/post_switch.jinja")
        navigation.fill("desk-who", "identity/who.jinja")
        work.in_every_transaction(scope.open_as_service)
        post_migrate.connect(complete, sender=self)


def complete(**_: Any) -> None:
    """After a migration, which the owner runs: the platform's roles, and the token of its processes."""
    from django.db import connection  # noqa: PLC0415

    from yizhan.identity import roles, service_token  # noqa: PLC0415 (they need the tables)

    if "identity_role" in connection.introspection.table_names():
        roles.publish_platform()
        service_token.make()
