"""Who sees what was said: the person, the unit that answers for the item, nobody else."""

from __future__ import annotations

import pytest
from django.db import connection

from yizhan.voice import redress
from yizhan.voice.tests.conftest import rate, redress_of

TABLES = ("voice_rating", "voice_redress", "voice_verified", "voice_invitation")


@pytest.fixture
def rated(town, handled, deputy):
    """A bad rating that was verified."""
    rate(town, "chen", handled, 1, words="林晓岚态度不好。")
    with town.acting("deputy") as actor:
        redress.verify(redress_of(handled), "属实。", by=actor)
    return handled


def seen() -> list[int]:
    counts = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")
            counts.append(cursor.fetchone()[0])
    return counts


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("chen", [1, 1, 1, 0]),
        ("deputy", [1, 1, 1, 0]),
        ("clerk", [0, 0, 0, 0]),
        ("stranger", [0, 0, 0, 0]),
        ("wang", [0, 0, 0, 0]),
    ],
)
def test_who_sees_how_many_rows(town, rated, who, counts):
    """The clerk of whom it speaks sees nothing of it: her unit handled the case, the item is the bureau's."""
    with town.acting(who):
        assert seen() == counts


def test_without_a_scope_there_is_nothing_but_counts(rated):
    with connection.cursor() as cursor:
        cursor.execute("select set_config('yizhan.scope', '', true)")
        assert seen() == [0, 0, 0, 0]
        cursor.execute("select grade_1 from voice_tally")
        assert cursor.fetchall() == [(1,)]
