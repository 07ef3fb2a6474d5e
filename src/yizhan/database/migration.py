"""Migration operations that more than one room needs."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from psycopg import sql


class RunAsOwner(migrations.RunSQL):
    """SQL in which ``{app}`` stands for the application's role."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Put the role's name in and run the statements."""
        role = sql.Identifier(settings.DATABASE_APP_ROLE).as_string(None)
        schema_editor.execute(str(self.sql).replace("{app}", role), params=None)


def append_only(*tables: str) -> RunAsOwner:
    """The application may add and read rows of these tables, and never change or delete them."""
    names = ", ".join(tables)
    return RunAsOwner(
        f"revoke update, delete, truncate on {names} from {{app}}",
        reverse_sql=migrations.RunSQL.noop,
    )


def row_security(table: str, using: str, check: str | None = None) -> RunAsOwner:
    """Row-level security, forced, with one policy for reading and writing.

    Args:
        table: the table's name.
        using: a condition on a row that may be seen.
        check: a condition on a row that may be written; the same as ``using`` when left out.
    """
    return RunAsOwner(
        f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy scope on {table} using ({using}) with check ({check or using});
        """,
        reverse_sql=migrations.RunSQL.noop,
    )
