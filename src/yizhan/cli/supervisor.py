"""Watches over the parts of a running system 守护: starts them, starts again what ends, stops all in reverse.

Small on purpose: it imports no Django, so that what must never fall over has little to fall over.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from types import FrameType

from yizhan.cli.parts import Part, Program, end_group
from yizhan.cli.speech import Fault, say, tell
from yizhan.cli.troubles import last_line

_TICK = 0.2  # seconds between two looks at the parts
_CALM = 60.0  # seconds a part must live for its earlier falls to be forgotten
_SHORTEST, _LONGEST = 0.5, 30.0  # seconds to wait before starting a part again


class _Watched:
    """A part with its process and the story of its falls."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.process = part.start()
        self.started = time.monotonic()
        self.falls = 0
        self.again_at: float | None = None

    def look(self) -> None:
        """Notice a fall, and start again when the time has come."""
        if self.again_at is not None:
            if time.monotonic() >= self.again_at:
                self._start_again()
        elif self.process.poll() is not None:
            end_group(self.process)
            self._wait_a_little(_how_it_ended(self.process.returncode))

    def _start_again(self) -> None:
        self.again_at = None
        self.started = time.monotonic()
        try:
            self.process = self.part.start()
        except Fault as fault:
            self._wait_a_little(str(fault))

    def _wait_a_little(self, why: str) -> None:
        self.falls = 0 if time.monotonic() - self.started > _CALM else self.falls
        delay = min(_LONGEST, _SHORTEST * 2**self.falls)
        self.falls += 1
        self.again_at = time.monotonic() + delay
        say(
            en=f"{self.part.name} ended ({why}); starting again in {delay:g} s.",
            zh=f"{self.part.name} 已退出（{why}），{delay:g} 秒后重新启动。",
        )


class Supervisor:
    """All parts of one running system."""

    def __init__(self) -> None:
        self._watched: list[_Watched] = []
        # No event: one that is set by a signal while the same thread waits for it may never let go of its lock.
        self._told_to_stop = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._hear)

    def add(self, part: Part) -> None:
        """Start a part and watch over it from now on."""
        self._watched.append(_Watched(part))

    def wait_until(self, is_ready: Callable[[], bool], program: Program, patience: float) -> bool:
        """Watch the parts until the newest of them is ready; False when told to stop meanwhile.

        Raises:
            Fault: it is not ready in time, or fell three times on the way.
        """
        newest, deadline = self._watched[-1], time.monotonic() + patience
        while not is_ready():
            self._look()
            if self._told_to_stop:
                return False
            if time.monotonic() > deadline or newest.falls >= 3:
                last = last_line(program.log.read_text(errors="replace"))
                raise Fault(
                    en=f"{program.name} did not start: {last} (details: {program.log})",
                    zh=f"{program.name} 未能启动：{last}（详见 {program.log}）",
                )
        return True

    def watch(self) -> None:
        """Watch over all parts until someone says stop."""
        while not self._told_to_stop:
            self._look()

    def stop(self) -> None:
        """Stop all parts: web and worker are asked together, the last started is waited for first."""
        for watched in self._watched:
            if isinstance(watched.part, Program) and watched.again_at is None:
                watched.process.terminate()
        while self._watched:
            last = self._watched.pop()
            if last.again_at is None:
                last.part.stop(last.process)

    def _look(self) -> None:
        for watched in self._watched:
            watched.look()
            if isinstance(watched.part, Program):
                watched.part.shorten_log()
        time.sleep(_TICK)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._told_to_stop = True


def _how_it_ended(code: int) -> str:
    return (
        tell(en=f"signal {-code}", zh=f"信号 {-code}")
        if code < 0
        else tell(en=f"code {code}", zh=f"代码 {code}")
    )
