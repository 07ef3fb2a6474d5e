"""The district under load: a product of its own, people at work in it, and rest in the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from types import TracebackType
from typing import Any

from tests.product import ROOT, Product
from tests.proofs.rig.crash import people
from tests.proofs.rig.crash.acknowledged import Book, Step
from tests.proofs.rig.crash.driver import Driver
from tests.proofs.rig.crash.pack import CODE
from tests.proofs.rig.crash.roles import Official, Resident
from yizhan.cli import environment
from yizhan.cli.speech import Fault
from yizhan.cli.speech import step as stage

CLOCK = "2026-11-20T09:30"
_PATIENCE = 120.0  # seconds for the worker to finish when the load has ended
_UNFINISHED = """
    select (select count(*) from journal_effect where done_at is null and refused_at is null)
         + (select count(*) from cases_timer t join cases_case c on c.id = t.case_id
            where t.kind = 'limit' and c.item_id = %s)
         + (select count(*) from notices_delivery where state = 'waiting')
"""


class Town:
    """``with Town(book, seed) as town: …``: started, founded, everybody at work."""

    def __init__(self, book: Book, seed: int) -> None:
        self._clock = environment.clock(CLOCK)
        self.product = Product("--clock", CLOCK)
        self.drivers: list[Driver] = [
            *(Resident(self.product.address, name, book, str(seed)) for name in people.RESIDENTS),
            *(Official(self.product.address, name, book, str(seed)) for name in people.staff()),
        ]
        self._book = book

    def __enter__(self) -> Town:
        with stage(en="a district of its own", zh="启动专用演示区"):
            self.product.start()
        try:
            with stage(en="its service and staff", zh="建立事项和人员"):
                self._within("prepare")
            with stage(en="everybody logs in", zh="全员登录"):
                for driver in self.drivers:
                    driver.come_in()
                for driver in self.drivers:
                    driver.start()
        except BaseException:
            self.product.destroy()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        for driver in self.drivers:
            driver.stop()
        self.product.destroy()

    def require_drivers(self) -> None:
        """Everybody is still at work.

        Raises:
            AssertionError: somebody met what the product must not do.
        """
        for driver in self.drivers:
            assert not driver.broke, f"{driver.name}: {driver.broke}"

    def rest(self) -> None:
        """Let everybody finish what is in hand, then the worker what waits."""
        for driver in self.drivers:
            driver.stop()
        for driver in self.drivers:
            driver.join(_PATIENCE * 3)
        self.require_drivers()
        time.sleep(4)  # the last time that must pass, passes
        self.product.wait_until(lambda: not self.unfinished(), _PATIENCE)

    def unfinished(self) -> int:
        """What the worker still has to do."""
        return int(self.product.rows(_UNFINISHED, CODE)[0][0])

    def again(self) -> list[tuple[Step, int, str]]:
        """Every step that was carried out, sent once more; what came back, with status and place."""
        by_name = {driver.name: driver for driver in self.drivers}
        pages = {name: driver.page(driver.home).text for name, driver in by_name.items()}
        found = []
        for step in self._book.done:
            answer = by_name[step.who].again(step, pages[step.who])
            found.append((step, answer.status, answer.location))
        return found

    def look(self) -> dict[str, Any]:
        """What the product itself finds of its cases."""
        found: dict[str, Any] = json.loads(self._within("look"))
        return found

    def _within(self, verb: str) -> str:
        variables = {**self.product.env, **self._clock, "YIZHAN_DEMO": "1"}
        variables["PYTHONPATH"] = f"{variables['PYTHONPATH']}{os.pathsep}{ROOT}"
        command = [sys.executable, "-m", "tests.proofs.rig.crash.within", verb]
        done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Fault(en=f"{verb} failed: {done.stderr[-2000:]}", zh=f"{verb} 失败：{done.stderr[-2000:]}")
        return done.stdout
