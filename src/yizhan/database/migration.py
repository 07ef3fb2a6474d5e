"""Migration operations that more than one room needs."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from psycopg import sql


class CreatePartitioned(migrations.CreateModel):
    """Create a table that is partitioned by the hash of a column.

    The primary key must contain the column. The partitions share one sequence for their numbers. The
    application reaches them through their parent only: a policy of the parent does not hold for a
    partition that is named directly.
    """

    def __init__(self, *args: Any, by: str, parts: int, sequence: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.parts, self.sequence = by, parts, sequence

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the sequence, the table and its partitions."""
        model = to_state.apps.get_model(app_label, self.name)
        table = model._meta.db_table
        if self.sequence:
            schema_editor.execute(f"create sequence {self.sequence}")
        statement, params = schema_editor.table_sql(model)
        schema_editor.execute(f"{statement} partition by hash ({self.by})", params or None)
        for part in range(self.parts):
            schema_editor.execute(
                f"create table {table}_p{part:02d} partition of {table} "
                f"for values with (modulus {self.parts}, remainder {part})"
            )
            schema_editor.execute(f"revoke all on {table}_p{part:02d} from {_application()}")
        schema_editor.deferred_sql.extend(cast(Any, schema_editor)._model_indexes_sql(model))


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
        schema_editor.execute(str(self.sql).replace("{app}", _application()), params=None)


def append_only(*tables: str) -> RunAsOwner:
    """The application may add and read rows of these tables, and never change or delete them."""
    names = ", ".join(tables)
    return RunAsOwner(
        f"revoke update, delete, truncate on {names} from {{app}}",
        reverse_sql=migrations.RunSQL.noop,
    )


def row_security(table: str, using: str, check: str | None = None) -> RunAsOwner:
    """Row-level security, forced, with one policy for reading and writing by the application.

    The owner, who migrates and whose reviewed functions look things up, has a policy of its own; no process
    that serves people logs in as owner.

    Args:
        table: the table's name.
        using: a condition on a row that may be seen.
        check: a condition on a row that may be written; the same as ``using`` when left out.
    """
    return RunAsOwner(
        f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy owner on {table} to current_user using (true) with check (true);
        create policy scope on {table} to {{app}} using ({using}) with check ({check or using});
        """,
        reverse_sql=migrations.RunSQL.noop,
    )


def policies(table: str, *, seen: str, entered: str, changed: str | None = None) -> RunAsOwner:
    """Forced row-level security with a condition of its own for each kind of statement by the application.

    Args:
        table: the table's name.
        seen: a condition on a row that may be read.
        entered: a condition on a row that may be added.
        changed: a condition on a row that may be changed, before and after; none may be when left out.
    """
    update = (
        f"create policy changed on {table} for update to {{app}} using ({changed}) with check ({changed});"
    )
    return RunAsOwner(
        f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy owner on {table} to current_user using (true) with check (true);
        create policy seen on {table} for select to {{app}} using ({seen});
        create policy entered on {table} for insert to {{app}} with check ({entered});
        {update if changed else ""}
        """,
        reverse_sql=migrations.RunSQL.noop,
    )


def _application() -> str:
    return sql.Identifier(settings.DATABASE_APP_ROLE).as_string(None)


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Statements of an earlier migration with some places changed, each of which stands there once.

    Raises:
        ValueError: one does not stand there, or more than once: the statements are not those that were thought.
    """
    for was, becomes in changes:
        if text.count(was) != 1:
            raise ValueError(f"the statements are not what was thought: {was}")
        text = text.replace(was, becomes)
    return text


def replacing(text: str) -> str:
    """Statements that make functions, making them again in the place of the earlier ones."""
    return text.replace("create function", "create or replace function")


def again(text: str, name: str, was: str, becomes: str) -> str:
    """A function of an earlier migration as it stood, with one place changed, in the place of the earlier one.

    Args:
        text: the statements in which it was created.
        name: of the function.
        was: what stands in it once.
        becomes: what stands there from now on.

    Raises:
        ValueError: as with :func:`changed`.
    """
    begins = text.index(f"create function {name}(")
    body = text[begins : text.index("$$;\n", text.index("$$", begins) + 2) + 4]
    return replacing(changed(body, (was, becomes)))
