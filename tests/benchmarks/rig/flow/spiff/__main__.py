"""The peer's process, in an environment of its own: make the tables anew, then answer."""

from __future__ import annotations

import sys

import psycopg

from tests.benchmarks.rig.flow.answering import answer
from tests.benchmarks.rig.flow.spiff.walking import Spiff

with psycopg.connect(sys.argv[1], prepare_threshold=2) as connection:
    spiff = Spiff(connection)
    spiff.make()
    answer(spiff.walk)
