"""The database keeps its promises: the application owns nothing, personal data are under policies."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

pytestmark = pytest.mark.django_db


def rows(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_the_application_owns_nothing_and_is_no_superuser():
    assert rows("select current_user")[0][0] == settings.DATABASE_APP_ROLE
    assert (
        rows(
            """select relname from pg_class where pg_get_userbyid(relowner) = current_user
           and relnamespace = 'public'::regnamespace"""
        )
        == []
    )
    (flags,) = rows(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
    )
    assert not any(flags)


def test_the_application_cannot_make_tables_or_switch_policies_off():
    for statement in ("create table x (y int)", "alter table journal_news add column x int"):
        with pytest.raises(Exception, match=r"permission denied|must be owner"), transaction.atomic():
            rows(statement)


def test_partitions_are_reached_through_their_parent_only():
    open_doors = rows(
        """select relname from pg_class
           where relispartition and relkind = 'r'
             and has_table_privilege(current_user, oid, 'select, insert, update, delete')"""
    )
    assert open_doors == []


def test_every_policy_is_forced():
    assert rows("select relname from pg_class where relrowsecurity and not relforcerowsecurity") == []


def test_every_function_that_borrows_rights_has_a_fixed_search_path():
    loose = rows(
        """select proname from pg_proc
           where prosecdef and pronamespace = 'public'::regnamespace
             and not exists (select from unnest(proconfig) c where c like 'search_path=%')"""
    )
    assert loose == []


def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
