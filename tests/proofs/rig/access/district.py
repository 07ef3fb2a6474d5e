"""The district of the proof 查验用演示区: a product of its own, planted, with everybody's sessions and reach."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import psycopg

from tests.product import ROOT, Product
from tests.proofs.rig.access.canaries import Book
from tests.proofs.rig.access.clients import Client
from tests.proofs.rig.access.posts import STAFF
from tests.proofs.rig.access.rule import Raw, Reach, Rule, reach
from yizhan.cli import environment
from yizhan.cli.speech import Fault
from yizhan.cli.speech import step as stage

CLOCK = "2026-11-20T09:30"
TODAY = "2026-11-20"
MANY = 10_000
"""Looks a day for everybody, so that the proof's own questions use nothing up."""


class District:
    """``with District(seed) as district: …``: started, planted, everybody logged in.

    Attributes:
        product: the running system.
        book: the planted values.
        posts: who asks, by name, with what each reaches; the visitor among them.
        rule: what they may meet.
        told: what :mod:`within` made: keys, codes, sessions, routes.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._clock = environment.clock(CLOCK)
        self.product = Product("--clock", CLOCK)
        self.told: dict[str, Any] = {}
        self.posts: dict[str, Reach] = {}

    def __enter__(self) -> District:
        with stage(en="a district of its own", zh="启动专用演示区"):
            self.product.start()
        try:
            with stage(en="posts, planted values, sessions", zh="建立岗位、埋设数值、登录"):
                self._plant()
        except BaseException:
            self.product.destroy()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.product.destroy()

    def _plant(self) -> None:
        self.told = json.loads(self._within(str(self._seed)).splitlines()[-1])
        self.book = Book.read(self.told["canaries"])
        self.unlimited()
        self.raw = Raw.read(self.product.rows)
        self.rule = Rule(self.raw, self.told["persons"], self.told["firms"], self.told["case"])
        self.posts = self._posts()

    def unlimited(self) -> None:
        """Nobody's looks run out."""
        self.product.rows(f"update registry_quota set a_day = {MANY}")

    def _posts(self) -> dict[str, Reach]:
        posts = {"visitor": Reach("visitor")}
        for name, unit, role, scope in STAFF:
            posts[name] = reach(name, unit, role, scope, self.raw)
        handled = self.told["case"]["units"][-1]
        posts["handling"] = reach("handling", handled, "elderly_allowance.approver", "own_unit", self.raw)
        for name in ("leaving", "lapsed"):
            posts[name] = Reach(name, "staff")
        given = posts["committee"]
        posts["delegate"] = Reach("delegate", "staff", given.areas, given.units)
        for name in ("self", "cased", "agent", "stranger", "ended"):
            own = {"self": "firm_own", "agent": "firm_agent"}.get(name)
            posts[name] = Reach(
                name, "citizen" if name != "ended" else "",
                person=self.rule.persons.get(name, ""),
                companies=frozenset({self.rule.firms[own]} if own else ()),
            )  # fmt: skip
        return posts

    def client(self, post: str, *, language: str = "zh-CN,zh") -> Client:
        """A browser with the post's session."""
        return Client(self.product.address, self.session(post), language)

    def session(self, post: str, which: str = "session") -> str:
        """The key of one of a post's sessions; empty for a visitor."""
        return str(self.told["posts"][post][which]) if post in self.told["posts"] else ""

    def application(self) -> psycopg.Connection[Any]:
        """A connection as the application's role, as web and worker have it."""
        password = (self.product.home / "secrets/database.yizhan_app").read_text()
        return psycopg.connect(
            f"postgresql://yizhan_app:{password}@/yizhan?host={self.product.home / 'database'}"
        )

    def superuser(self) -> psycopg.Connection[Any]:
        """A connection past every policy."""
        return psycopg.connect(self.product.superuser())

    @contextmanager
    def scoped(self, post: str) -> Iterator[psycopg.Connection[Any]]:
        """A transaction with the scope that the post's session opens, rolled back at the end."""
        with self.application() as database:
            try:
                key = self.session(post, "spare")
                if key:
                    database.execute("select scope_open_session(%s, %s)", [key, TODAY])
                yield database
            finally:
                database.rollback()

    def keep_alive(self) -> None:
        """Every session stays proved and awake, however long the proof takes."""
        self.product.rows(
            "update identity_presence set proved_at = now(), seen_at = now() where ended_at is null"
        )

    def _within(self, *words: str) -> str:
        variables = {**self.product.env, **self._clock, "YIZHAN_DEMO": "1"}
        variables["PYTHONPATH"] = f"{variables['PYTHONPATH']}{os.pathsep}{ROOT}"
        command = [sys.executable, "-m", "tests.proofs.rig.access.within", *words]
        done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Fault(en=f"planting failed: {done.stderr[-3000:]}", zh=f"埋设失败：{done.stderr[-3000:]}")
        return done.stdout
