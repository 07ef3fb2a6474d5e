"""Times that could tell 耗时侧信道: somebody beside nobody, asked by turns, many times; whether the times differ.

A difference counts as telling when both hold: the rank test of Mann and Whitney is sure of it (p below ``SURE``), and
the ratio of the medians, with its bootstrapped range of 95 in 100, lies wholly beyond ``WITHIN``. A smaller difference
may be there and cannot be told apart from noise with that many questions; the area under the curve that is printed
says how often one question of each kind would be sorted right (one half is guessing).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from statistics import median

from tests.proofs.rig.access.clients import Client
from tests.proofs.rig.access.district import District
from tests.proofs.rig.access.filling import NOBODY
from tests.proofs.rig.access.pages import WHY

SURE, WITHIN = 0.001, 0.05
_RESAMPLED = 400
_NOBODY_IS_CALLED = "邰砉骦"


@dataclass(frozen=True)
class Compared:
    """Two kinds of questions: medians in milliseconds, how often one is slower than the other, how sure that is."""

    what: str
    some: float
    none: float
    slower: float
    p: float
    low: float
    high: float

    @property
    def tells(self) -> bool:
        """Whether the times tell somebody from nobody."""
        return self.p < SURE and (self.low > 1 + WITHIN or self.high < 1 - WITHIN)


def rank_test(some: list[float], none: list[float]) -> tuple[float, float]:
    """Mann and Whitney: how often one of ``some`` is larger than one of ``none``, and p of the two-sided test.

    By the normal approximation; times hardly ever tie, ties share their ranks.
    """
    ordered = sorted([(value, 0) for value in some] + [(value, 1) for value in none])
    ranks: dict[float, list[int]] = {}
    for rank, (value, _which) in enumerate(ordered, 1):
        ranks.setdefault(value, []).append(rank)
    total = sum(sum(ranks[value]) / len(ranks[value]) for value in some)
    n, m = len(some), len(none)
    u = total - n * (n + 1) / 2
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return u / (n * m), math.erfc(abs(z) / math.sqrt(2))


def ratio_range(some: list[float], none: list[float], dice: Random) -> tuple[float, float]:
    """The range in which the ratio of the medians lies with 95 in 100, by resampling."""
    ratios = sorted(
        median(dice.choices(some, k=len(some))) / median(dice.choices(none, k=len(none)))
        for _ in range(_RESAMPLED)
    )
    return ratios[int(_RESAMPLED * 0.025)], ratios[int(_RESAMPLED * 0.975) - 1]


def compared(what: str, ask: Callable[[bool], None], rounds: int, dice: Random) -> Compared:
    """Ask both by turns, in an order that is thrown anew each time; the first few do not count."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(rounds + 5):
        for some in dice.sample([True, False], 2):
            began = time.perf_counter()
            ask(some)
            if number >= 5:
                times[some].append((time.perf_counter() - began) * 1000)
    slower, p = rank_test(times[True], times[False])
    low, high = ratio_range(times[True], times[False], dice)
    return Compared(what, median(times[True]), median(times[False]), slower, p, low, high)


def pages(district: District, rounds: int, seed: int, *, only: str = "") -> list[Compared]:
    """Through the front door, as an officer of one committee, a window and a resident."""
    dice, rule = Random(seed), district.rule
    names = {one.subject: one.forms[0] for one in district.book.canaries if one.field == "name"}
    number = district.told["documents"]["outside"]
    no_number = f"{number[:10]}01018712"
    case = district.told["case"]["number"]
    firm = rule.firms["firm_there"]
    officer, window, resident, stranger = clients = [
        district.client(post) for post in ("committee", "window", "self", "stranger")
    ]
    draft = district.told["drafts"]["self"]

    def search(one: str, other: str) -> Callable[[bool], None]:
        return lambda some: _answered(officer, "/desk/search", q=one if some else other, reason=WHY)

    def opened(client: Client, one: str, other: str, **fields: str) -> Callable[[bool], None]:
        return lambda some: _answered(client, one if some else other, **fields)

    item = "/station/items/elderly_allowance"
    asked: dict[str, Callable[[bool], None]] = {
        "search: a name borne outside": search(names["outside"], _NOBODY_IS_CALLED),
        "search: a number borne outside": search(number, no_number),
        "file: a person outside": opened(
            officer, f"/desk/register/persons/{rule.persons['outside']}", f"/desk/register/persons/{NOBODY}", reason=WHY
        ),
        "window: a number that is there, another name": lambda some: _answered(
            window, item, name="示例无此人", number=number if some else no_number
        ),
        "company: one outside": opened(
            officer, f"/desk/register/companies/{firm}", f"/desk/register/companies/{firm[:15]}999"
        ),
        "case: another unit's": opened(officer, f"/desk/cases/{case}", f"/desk/cases/{case[:-4]}9999"),
        "resident: another's case": opened(resident, f"/cases/{case}", f"/cases/{case[:-4]}9999"),
        "resident: another's company": opened(
            resident, f"/my/companies/{firm}/file", f"/my/companies/{firm[:15]}999/file"
        ),
        "resident: another's draft": opened(stranger, f"/drafts/{draft}/check", f"/drafts/{NOBODY}/check"),
    }  # fmt: skip
    found = [compared(what, ask, rounds, dice) for what, ask in asked.items() if only in what]
    for client in clients:
        client.close()
    return found


def _answered(client: Client, path: str, **fields: str) -> None:
    answer = client.post(path, **fields) if fields else client.get(path)
    assert answer.status < 500, f"{path}: {answer.status}"


def functions(district: District, rounds: int, seed: int) -> list[Compared]:
    """The same in the database alone, past web and network: what a program inside could tell."""
    dice, rule, found = Random(seed), district.rule, []
    names = {one.subject: one.forms[0] for one in district.book.canaries if one.field == "name"}
    number = district.told["documents"]["outside"]
    attempts = '{"attempts": [{"how": "exact", "tokens": "\'=%s\'"}], "divisions": [], "address": ""}'
    asked = {
        "registry_facts": ("select registry_facts(%s, current_date, null)", [rule.persons["outside"]], [NOBODY]),
        "registry_search": (
            "select * from registry_search(%s::jsonb, 20)", [attempts % names["outside"]], [attempts % _NOBODY_IS_CALLED]
        ),
        "registry_find": (
            "select * from registry_find('111', %s, '示例无此人')", [number], [f"{number[:10]}01018712"]
        ),
        "registry_entity_facts": (
            "select registry_entity_facts(%s, current_date, null)", [rule.firms["firm_there"]], ["91440199MAYX98999X"]
        ),
    }  # fmt: skip
    for what, (statement, one, other) in asked.items():
        with district.scoped("committee") as database:

            def ask(some: bool, s: str = statement, a: list[str] = one, b: list[str] = other) -> None:
                database.execute(s, a if some else b).fetchall()

            found.append(compared(what, ask, rounds, dice))
    return found
