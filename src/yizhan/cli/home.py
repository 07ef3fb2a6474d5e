"""One running system in one ``YIZHAN_HOME`` 运行目录: who runs in it, and what district it holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from yizhan.cli.locks import Lock
from yizhan.cli.places import HOME, RUN, write_whole
from yizhan.cli.speech import Fault

DISTRICT = HOME / "district"
"""Says ``demo`` or ``empty``: what the first start made, so that a later start never mixes the two."""

RESTORING = HOME / "restoring"
"""There while a restore exchanges old for new; a start in between would mix them."""


@contextmanager
def claimed(address: str, clock: dict[str, str] | None = None) -> Iterator[None]:
    """Nobody else runs the system in this folder inside the block.

    Args:
        address: where it is to be found.
        clock: the variables of its clock, for commands that work beside it.

    Raises:
        Fault: it runs already.
    """
    lock = Lock(RUN / "up.lock")
    if not lock.take():
        note = lock.read_note()
        raise Fault(
            en=f"Yizhan runs already in {HOME}: {note.get('address', '?')} (process {note.get('pid', '?')}).",
            zh=f"一站已在 {HOME} 中运行：{note.get('address', '?')}（进程 {note.get('pid', '?')}）。",
        )
    lock.note(pid=os.getpid(), address=address, clock=clock or {})
    try:
        yield
    finally:
        lock.release()


def is_running() -> bool:
    """Whether `up` runs in this folder."""
    return not Lock(RUN / "up.lock").take()


def clock_of_the_running() -> dict[str, str]:
    """The variables of the clock by which the system in this folder runs; none where it does not run."""
    lock = Lock(RUN / "up.lock")
    noted = {} if lock.take() else lock.read_note().get("clock")
    return {str(name): str(value) for name, value in noted.items()} if isinstance(noted, dict) else {}


def require_whole() -> None:
    """Refuse to start on half of a restore.

    Raises:
        Fault: a restore was cut off during its exchange.
    """
    if RESTORING.exists():
        file = RESTORING.read_text()
        raise Fault(
            en=f"A restore was cut off; run ./yizhan restore {file} --force again.",
            zh=f"上次恢复中断，请重新运行 ./yizhan restore {file} --force。",
        )


def district(*, empty: bool) -> str:
    """What district this folder holds or is to hold.

    Raises:
        Fault: an empty district is asked for where the demo lies.
    """
    if not DISTRICT.exists():
        return "empty" if empty else "demo"
    kind = DISTRICT.read_text()
    if empty and kind == "demo":
        raise Fault(
            en=f"{HOME} holds the demo district; set YIZHAN_HOME to another folder for an empty one.",
            zh=f"{HOME} 中是演示区；要建空区，请把 YIZHAN_HOME 设为另一目录。",
        )
    return kind


def require_demo() -> None:
    """Refuse to bring invented people into a district for real work.

    Raises:
        Fault: this folder holds an empty district, or one at work.
    """
    if DISTRICT.exists() and DISTRICT.read_text() != "demo":
        raise Fault(
            en=f"{HOME} holds a real district: the demo is not loaded and nothing was changed. "
            "Set YIZHAN_HOME to another folder for a demo.",
            zh=f"{HOME} 中是正式运行的区：未载入演示区，数据未改动。要看演示，请把 YIZHAN_HOME 设为另一目录。",
        )


def keep_district(kind: str) -> None:
    """From now on this folder holds that district."""
    if not DISTRICT.exists():
        write_whole(DISTRICT, kind)
