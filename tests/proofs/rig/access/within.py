"""The proof's district from within: ``python -m tests.proofs.rig.access.within SEED`` plants subjects and founds posts.

A process of its own, since it lives on that product's variables. What it made it tells as JSON: the planted values, the
keys of subjects, and for every post its account and two sessions that somebody who logged in would have.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from random import Random
from typing import TYPE_CHECKING, Any

import django

from yizhan.cli import environment

if TYPE_CHECKING:
    from yizhan.identity.models import Account


def prepare(seed: int) -> dict[str, Any]:
    """Plant, found, log in."""
    from tests.proofs.rig.access import founding, planting  # noqa: PLC0415 (they need Django)
    from yizhan.identity import scope  # noqa: PLC0415

    dice = Random(seed)
    with scope.service():
        planted = planting.persons_of(dice)
        staff = founding.staff()
    residents = founding.residents(planted)
    planting.protected(planted, staff)
    with scope.service():
        planting.companies(dice, planted, residents)
    case = founding.case(residents["cased"], planted)
    with scope.service():
        founding.department_of(case, staff)
    standing = {name: _standing(name, account) for name, account in {**residents, **staff}.items()}
    founding.left(staff)
    return {
        "canaries": [asdict(one) for one in planted.canaries],
        "persons": planted.persons,
        "firms": planted.firms,
        "documents": planted.documents,
        "case": case,
        "drafts": founding.drafts(residents),
        "posts": standing,
        "routes": routes(),
    }


def routes() -> list[dict[str, Any]]:
    """All addresses of the running product: name, pattern, its converters, and whom its door lets in."""
    from django.urls import URLResolver, get_resolver  # noqa: PLC0415

    from yizhan.identity.doors import door_of  # noqa: PLC0415

    def walk(resolver: URLResolver, prefix: str, names: str) -> list[dict[str, Any]]:
        found = []
        for one in resolver.url_patterns:
            here = f"{prefix}{one.pattern}"
            if isinstance(one, URLResolver):
                within = f"{one.namespace}:" if one.namespace else names
                found += walk(one, here, within)
                continue
            door = door_of(one.callback)
            name = f"{names}{one.name or here}"
            converters = {key: type(value).__name__ for key, value in one.pattern.converters.items()}
            found.append(
                {"name": name, "route": here, "converters": converters, "door": door.kind if door else ""}
            )
        return found

    return walk(get_resolver(), "", "")


def _standing(name: str, account: Account) -> dict[str, Any]:
    """An account with two sessions: one for its pages, one for plain SQL."""
    from tests.proofs.rig.access import founding  # noqa: PLC0415

    return {
        "account": account.pk,
        "kind": account.kind,
        "session": founding.logged_in(name, account),
        "spare": founding.logged_in(name, account),
    }


if __name__ == "__main__":
    environment.become(environment.as_application(environment.database()))
    django.setup()
    told = prepare(int(sys.argv[1]))
    sys.stdout.write("\n" + json.dumps(told, ensure_ascii=False, default=str))
