"""Tests run as the application's role, in a database that the owner made (see tests/README.md)."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.models.signals import pre_migrate
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from tests import template
from tests.standing import Standing

from yizhan.cli import testing
from yizhan.database.address import django_settings
from yizhan.database.roles import grants

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# What migrations and the loading of reference data write once; no test changes it.
_KEPT = (
    "django_migrations",
    "django_content_type",
    "journal_epoch",
    "identity_rightsversion",
    "registry_quota",
    "calendar_workday",
    "calendar_release",
    "codes_codelist",
    "codes_code",
    "codes_division",
    "codes_division_successors",
)

_DATABASE = {"db", "transactional_db"}
_RELEASE = frozenset({"release", "release_id"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """A part of all tests, for runs that share them."""
    parser.addoption(
        "--share", help="of the files with tests, these: 1/2 is the first, third … and 2/2 the rest"
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file of another run's share is not even read."""
    if not config.option.share or not collection_path.match("test_*.py"):
        return None
    return collection_path not in _shared_out(config.option.share) or None


@cache
def _shared_out(share: str) -> frozenset[Path]:
    number, of = map(int, share.split("/"))
    return frozenset(testing.files()[number - 1 :: of])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What was read until here is nothing that memory is searched for.

    Raises:
        pytest.UsageError: a test is marked although it begins with what stands, which would be founded for it alone.
    """
    if marked := {str(item.path) for item in items if _begins_twice(item)}:
        raise pytest.UsageError(
            f"these begin with what stands: take the mark django_db away: {sorted(marked)}"
        )
    gc.collect()
    gc.freeze()


def _begins_twice(item: pytest.Item) -> bool:
    return (
        "standing" in getattr(item, "fixturenames", ()) and item.get_closest_marker("django_db") is not None
    )


_standing = Standing()


@pytest.fixture
def standing(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Callable[..., Any]:
    """``standing(founded)`` is what ``founded`` makes, made once for all tests in a row that begin with it."""
    return lambda make: _standing.have(make, lambda: request.getfixturevalue("db"), django_db_blocker.unblock)


@pytest.hookimpl(tryfirst=True)  # before the transaction of a test that begins with nothing
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What stands is taken down for whoever does not ask for it."""
    names = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("django_db") or ("standing" not in names and names & _DATABASE):
        _standing.take_down()


@pytest.fixture(autouse=True)
def _in_chinese() -> None:
    """Every test begins in the language of the source, whatever a page before it was asked for in."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """Copy what was migrated as owner, then let every test work as the application."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    settings.DATABASES["default"]["TEST"]["NAME"] += f"_{worker}" if worker else ""
    with django_db_blocker.unblock():
        pre_migrate.connect(_grant)
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = template.made(_log_in)
        _log_in(settings.DATABASE_OWNER_URL)
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        _log_in(settings.DATABASE_URL)
    yield
    _standing.take_down()
    with django_db_blocker.unblock():
        _log_in(settings.DATABASE_OWNER_URL)
        teardown_databases(made, verbosity=0)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, for tests of concurrency; the owner empties all tables before and after."""
    _standing.take_down()
    with django_db_blocker.unblock():
        _empty_all_tables()
        yield
        connections.close_all()
        _empty_all_tables()


def _log_in(address: str) -> None:
    """Let the default connection use this address' role from now on."""
    connection = connections["default"]
    connection.close()
    for key in ("USER", "PASSWORD"):
        connection.settings_dict[key] = django_settings(address).get(key, "")


def _grant(**_: object) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(grants(settings.DATABASE_OWNER_ROLE, settings.DATABASE_APP_ROLE).as_string(None))


def _empty_all_tables() -> None:
    """Flush is TRUNCATE, which only the owner may do; what migrations wrote is kept.

    Where nothing lies nothing is thrown away: to make a hundred empty tables anew takes longer than most tests.
    """
    _log_in(settings.DATABASE_OWNER_URL)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            """select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
               and relname <> all(%s) and pg_relation_size(oid) > 0""",
            [list(_KEPT)],
        )
        if written := ", ".join(f'"{name}"' for (name,) in cursor.fetchall()):
            cursor.execute(f"truncate {written} restart identity cascade")
    _log_in(settings.DATABASE_URL)
    for remembered in _remembered_by_release():
        remembered.cache_clear()


def _remembered_by_release() -> Iterator[Any]:
    """Releases are numbered anew, and what is remembered of them by number is another one's."""
    for name, module in list(sys.modules.items()):
        if name.startswith("yizhan."):
            for found in vars(module).values():
                if hasattr(found, "cache_clear") and not _RELEASE.isdisjoint(signature(found).parameters):
                    yield found
