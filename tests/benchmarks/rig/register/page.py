"""一人一档 as staff open it, in empty pages: processor time of web server and database, in the district as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import psycopg

from tests.benchmarks.rig import empty_page, knocking, rounds
from tests.benchmarks.rig.district import WORKERS
from tests.benchmarks.rig.empty_page import EmptyPage
from tests.benchmarks.rig.rounds import Turn
from tests.benchmarks.rig.visitor import Refused, Visitor
from tests.product import HOME, Product

_ROUNDS, _TIMES, _WARM_UP = 8, 3, 6
_WHY = {"reason": "测量页面用时"}
_TITLE = "身份信息"
_BACKENDS = (
    "select pid from pg_stat_activity where application_name = 'yizhan web' or backend_type = 'io worker'"
)
_NOTHING_USED = """
    delete from registry_tally
    where account in (select id from identity_account where username like 'bench.register.%')
"""


def measure(opened: dict[str, tuple[str, list[str]]]) -> Iterator[tuple[str, Turn, Turn]]:
    """Each looker's turn, and the empty page's.

    Args:
        opened: by size of the area, the looker's user name and the keys of people in it.
    """
    product = Product("--workers", str(WORKERS), home=HOME)
    with (
        product,
        EmptyPage(HOME / "bench/empty", WORKERS) as empty,
        psycopg.connect(product.superuser(), autocommit=True) as database,
    ):
        database.execute(_NOTHING_USED)

        def backends() -> list[int]:
            return [pid for (pid,) in database.execute(_BACKENDS).fetchall()]

        nothing = Visitor(empty.address)
        unit = Turn("empty page", lambda: nothing.page(empty_page.PATH), empty.pids)
        turns = [
            Turn(size, _opening(product, name, keys), partial(product.pids, "web"), backends)
            for size, (name, keys) in opened.items()
        ]
        for turn in (unit, *turns):
            for _ in range(_WARM_UP):
                turn.do()
        rounds.take([unit, *turns], _ROUNDS, _TIMES)
    for turn in turns:
        yield turn.name, turn, unit


class _Opening:
    """Opens one person's file after another, each time for a reason."""

    def __init__(self, visitor: Visitor, token: str, keys: list[str]) -> None:
        self._visitor, self._token, self._keys, self._at = visitor, token, keys, 0

    def __call__(self) -> None:
        """Open the next.

        Raises:
            Refused: the file is not shown.
        """
        self._at += 1
        path = f"/desk/register/persons/{self._keys[self._at % len(self._keys)]}"
        answer = self._visitor.ask("POST", path, {"csrfmiddlewaretoken": self._token, **_WHY})
        if answer.status != 200 or _TITLE not in answer.text:
            raise Refused(f"{path}: {answer.status}")


def _opening(product: Product, name: str, keys: list[str]) -> _Opening:
    visitor = Visitor(product.address)
    knocking.log_in(visitor, name)
    asked = visitor.page(f"/desk/register/persons/{keys[0]}")
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', asked)
    if found is None:
        raise Refused("the page does not ask why")
    return _Opening(visitor, found[1], keys)
