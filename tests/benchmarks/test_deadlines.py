"""The measurement of due dates measures something: every clock is explained, and the same clocks come out again."""

from __future__ import annotations

from tests.benchmarks.rig.deadlines import measure
from yizhan.calendar.tests.slow_model import TABLE


def test_every_due_date_is_explained():
    once, again = measure(TABLE, 400), measure(TABLE, 400)
    assert once.number == 400
    assert once.signs == again.signs > 400 * 30
    assert once.seconds > 0
    assert once.ratio > 0
