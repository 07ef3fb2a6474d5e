"""The worker's loop: do all rounds; when nothing is left, sleep until woken or due."""

from __future__ import annotations

import threading
import time

import psycopg
from django.db import OperationalError, close_old_connections, connection

from yizhan.journal import outbox, reading, work

ROUNDS_OF_THE_HOUSE = (reading.read_all, outbox.deliver)  # named here so that they are always announced
LONGEST_SLEEP = 5.0
_AFTER_A_FAULT = 2.0


def run(stop: threading.Event) -> None:
    """Work until told to stop. A database that is away is waited for, and said so in the log."""
    with work.until(stop):
        while not stop.is_set():
            try:
                _listen()
                while not stop.is_set():
                    if not all_rounds():
                        _sleep(stop)
            except (OperationalError, psycopg.OperationalError) as fault:
                work.log.warning("the database does not answer (%s); trying again", str(fault).strip())
                connection.close()
                close_old_connections()
                stop.wait(_AFTER_A_FAULT)


def all_rounds() -> int:
    """One pass over all rounds, cut short where the worker is told to stop; how much was done."""
    done = 0
    for round_ in work.rounds.values():
        if work.stopping():
            break
        done += round_()
    return done


def drain(most: int = 1000) -> int:
    """Do all that waits now, for tests, demo data and the command line; how much was done."""
    total = 0
    for _ in range(most):
        done = all_rounds()
        total += done
        if not done:
            return total
    raise RuntimeError("the work does not come to an end")


def _listen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("listen yizhan_work")


def _sleep(stop: threading.Event) -> None:
    """Wait for a notification; short naps let a stop be noticed."""
    until = time.monotonic() + LONGEST_SLEEP
    while not stop.is_set() and (left := until - time.monotonic()) > 0:
        raw = connection.connection
        for _ in raw.notifies(timeout=min(left, 1.0), stop_after=1):
            return
