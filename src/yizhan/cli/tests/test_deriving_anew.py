"""All that is derived, worked out anew: by two, without the index meanwhile, and found again afterwards."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from yizhan.cli import deriving_anew
from yizhan.identity import scope
from yizhan.registry import deriving, loading, sources
from yizhan.registry.models import Person
from yizhan.registry.tests import people


@pytest.fixture
def three(committed) -> None:
    """Three people who are sorted and found by nothing."""
    with scope.service():
        sources.declare("police", zh="公安", en="Police", unit="440199-psb")
        loading.load([people.grandmother(), people.son(), people.neighbour()], source="police")
        Person.objects.update(name_sort="", name_tokens="")


def owner() -> str:
    return (
        urlsplit(settings.DATABASE_OWNER_URL)._replace(path="/" + connection.settings_dict["NAME"]).geturl()
    )


def indexed() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass(%s) is not null", [deriving.INDEX])
        return bool(cursor.fetchone()[0])


def test_everybody_is_worked_out_and_the_index_is_there_again(three):
    heard, indexed_meanwhile = [], []

    def told(*counts: int) -> None:
        heard.append(counts)
        indexed_meanwhile.append(indexed())

    assert deriving_anew.derive(owner(), told) == (3, 3)
    assert heard[-1] == (3, 3)
    assert not any(indexed_meanwhile)
    assert indexed()
    with scope.service():
        assert not Person.objects.filter(name_sort="").exists()
    assert deriving_anew.derive(owner(), lambda *_counts: None) == (3, 0)


def test_what_fails_half_way_leaves_the_index(three):
    def told(*_counts: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deriving_anew.derive(owner(), told)
    assert indexed()


def test_the_index_is_made_as_the_register_has_it(three):
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_indexdef(to_regclass(%s)::oid)", [deriving.INDEX])
        (before,) = cursor.fetchone()
    deriving_anew.derive(owner(), lambda *_counts: None)
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_indexdef(to_regclass(%s)::oid)", [deriving.INDEX])
        assert cursor.fetchone() == (before,)
