"""What the scope reaches, asked once and put into a query 范围条件: the rule of the persons' policy once more.

For reads that no reviewed function stands before, such as who lives in a house: should the policy of a table be
dropped, they still show nobody else.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Q


def persons_seen() -> Q:
    """A condition on rows with a ``person``: one's own, whom one was admitted to, and those of one's areas."""
    with connection.cursor() as cursor:
        cursor.execute("select scope_all(), scope_areas(), registry_persons_in_scope()")
        everything, areas, persons = cursor.fetchone() or (False, [], [])
    if everything:
        return Q()
    seen = Q(person__in=persons)
    for area in areas:
        seen |= Q(person__register_division__startswith=area) | Q(person__living_division__startswith=area)
    return seen
