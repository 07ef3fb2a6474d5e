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


MAY_BE_DELETED = {
    # what runs out by itself
    "identity_phonecode", "identity_spentcode", "identity_lockout", "identity_presence", "django_session",
    "portal_tries", "notices_sunk", "mfa_authenticator",
    "registry_owncontact",  # by policy only what was never proved
    # what stands for the present only: events, passages and filings tell what was
    "cases_draft", "cases_token", "cases_timer", "cases_itembasis", "journal_cursor", "releases_current",
    "notices_preference",
    # reference data that editions replace, and tables of libraries that the house leaves empty
    "calendar_workday", "codes_code", "codes_codelist", "codes_division", "codes_division_successors",
    "account_emailaddress", "account_emailconfirmation", "demo_loaded",
}  # fmt: skip


def test_only_what_runs_out_can_be_deleted_by_the_application():
    """A new table comes with the right to delete; whether it needs it is decided here."""
    deletable = rows(
        """select relname from pg_class
           where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
             and has_table_privilege(oid, 'delete')"""
    )
    assert {name for (name,) in deletable} - MAY_BE_DELETED == set()


@pytest.mark.parametrize(
    "statement",
    [
        "update cases_decision set outcome = 'granted'",
        "update cases_event set actor = ''",
        "update journal_access set account = ''",
        "update django_migrations set name = ''",
        "insert into auth_group (name) values ('x')",
        "set role {owner}",
        "select * from identity_secrets.scope",
        "select scope_admit('person:1')",
        "copy journal_news to program 'cat'",
        "select pg_read_file('/etc/hostname')",
        "create extension dblink",
    ],
)
def test_not_even_the_programs_own_role_may(statement):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        rows(statement.format(owner=settings.DATABASE_OWNER_ROLE))


def test_no_index_is_what_another_begins_with():
    """Each costs every row that is written, and the longer one answers what the shorter does."""
    twice = rows(
        """select short.indexrelid::regclass::text, long.indexrelid::regclass::text
           from pg_index short join pg_index long using (indrelid)
           join pg_class one on one.oid = short.indexrelid join pg_class other on other.oid = long.indexrelid
           where short.indexrelid <> long.indexrelid and one.relam = other.relam and not short.indisunique
             and one.relam = (select oid from pg_am where amname = 'btree')
             and short.indnatts = 1 and short.indkey[0] = long.indkey[0] and short.indclass[0] = long.indclass[0]
             and short.indexprs is null and short.indpred is null and long.indpred is null
             and not exists (select from pg_inherits where inhrelid = short.indexrelid)
             and short.indrelid::regclass::text !~ '^(account|auth|django|mfa)_|^codes_division_successors$'"""
    )
    assert twice == []
