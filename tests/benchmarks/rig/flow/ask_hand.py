"""The peer that is written by hand: a state table and plain SQL for the same rows, and nothing else."""

from __future__ import annotations

import sys

import psycopg

from tests.benchmarks.hand_table import Hand
from tests.benchmarks.rig.flow.answering import answer


def main() -> None:
    """Make the tables anew, then answer."""
    with psycopg.connect(sys.argv[1], prepare_threshold=2) as connection:
        hand = Hand(connection)
        hand.make()
        answer(hand.walk)


main()
