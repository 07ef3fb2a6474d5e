"""All cases of the proof, in the order in which they are told."""

from __future__ import annotations

from random import Random

from tests.proofs.rig.seal import damage, foreign, genuine, people, times, updates
from tests.proofs.rig.seal.cases import Bench, Case

MAKERS = (
    genuine.papers, genuine.years, genuine.families, damage.flips, damage.cuts, damage.ranges, damage.transplants,
    updates.changes, updates.forms, updates.others, people.terms, people.lists, people.strangers, times.clocks,
    times.families, foreign.by_openssl, foreign.national_by_openssl, foreign.by_pyhanko,
)  # fmt: skip


def cases(random: Random) -> list[Case]:
    """Made anew; the same random numbers make the same."""
    bench = Bench(random)
    for make in MAKERS:
        make(bench)
    return bench.cases
