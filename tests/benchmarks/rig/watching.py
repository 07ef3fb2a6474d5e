"""What the database's server tells: which process works for the web server, how many statements a page takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from tests.benchmarks.rig.district import District

# Reading ahead is done by processes of its own; their work belongs to whoever reads.
_BACKENDS = """
    select pid from pg_stat_activity where application_name = 'yizhan web' or backend_type = 'io worker'
"""
_CALLS = """
    select coalesce(sum(calls), 0)::bigint from pg_stat_statements s join pg_roles r on r.oid = s.userid
    where r.rolname = 'yizhan_app'
"""


class Watch:
    """One connection of the superuser beside the product's own."""

    def __init__(self, district: District) -> None:
        self._product, self._district = district.product, district
        self._database = district.database()
        self._set("pg_stat_statements.track", "none")  # counted only where it is not timed

    def close(self) -> None:
        """Let the server go."""
        self._database.close()

    def web(self) -> list[int]:
        """The web server's processes."""
        return self._product.pids("web")

    def backends(self) -> list[int]:
        """The database's processes that work for the web server."""
        return [pid for (pid,) in self._database.execute(_BACKENDS).fetchall()]

    def statements(self, do: Callable[[], object], times: int = 5) -> float:
        """How many statements one time takes, counted by the server; beginning and end of the transaction too."""
        with self._counted():
            do()
            before = self._calls()
            for _ in range(times):
                do()
            return (self._calls() - before) / times

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._district.quiet():
            self._set("pg_stat_statements.track", "top")
            try:
                yield
            finally:
                self._set("pg_stat_statements.track", "none")

    def _calls(self) -> int:
        found = self._database.execute(_CALLS).fetchone()
        assert found is not None
        return int(found[0])

    def _set(self, name: str, value: str) -> None:
        self._database.execute(psycopg.sql.SQL("alter system set {} = {}").format(
            psycopg.sql.SQL(name), psycopg.sql.Literal(value)))  # fmt: skip
        self._database.execute("select pg_reload_conf()")
