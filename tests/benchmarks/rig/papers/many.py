"""Many licences: firms on record, a list of them, licences issued from it in portions, and their files sealed."""

from __future__ import annotations

import sys
import time

import django

from yizhan.cli import environment

KIND, UNIT, SOURCE = "food_business", "440104-scj", "bench.entities"


def issue(many: int) -> tuple[float, float, int]:
    """So many licences from a new list; seconds by the wall, of processor, and how many came of it."""
    from yizhan.identity.actor import HOUSE  # noqa: PLC0415 (models need Django)
    from yizhan.journal import access  # noqa: PLC0415
    from yizhan.licences import batches  # noqa: PLC0415
    from yizhan.licences.batches import Order  # noqa: PLC0415

    with access.watching(HOUSE.viewer()):
        firms = _firms(many)
        began = f"{time.time_ns() % 10**10:010d}"
        lines = [f"{code},{name},JY{began}{number:05d}" for number, (code, name) in enumerate(firms)]
        data = "\n".join(["code,name,number", *lines]).encode()
        wall, cpu = time.monotonic(), time.process_time()
        _report, batch = batches.take(data, Order(KIND, UNIT, HOUSE.key, "测量批量核发用时"))
        assert batch is not None
        told = batches.run(batch)
    return time.monotonic() - wall, time.process_time() - cpu, told.issued


def _firms(many: int) -> list[tuple[str, str]]:
    """Invented firms, entered when they are not there yet."""
    from yizhan import clock  # noqa: PLC0415 (models need Django)
    from yizhan.codes import uscc  # noqa: PLC0415
    from yizhan.registry import entity_loading, sources  # noqa: PLC0415
    from yizhan.registry.entity_entering import code_of  # noqa: PLC0415
    from yizhan.registry.entity_loading import Told  # noqa: PLC0415

    sources.declare(SOURCE, zh="测量用登记", en="Register for measuring", unit=UNIT)
    firms = [
        (uscc.make("91", "440199", f"MB{number:06d}"), f"示例测量{number:05d}号餐馆")
        for number in range(many)
    ]
    told = [
        Told(
            code=code_of(code),
            name=name,
            representative="郑丽华",
            document="111:440199196001010010",
            as_of=clock.today(),
        )
        for code, name in firms
    ]
    for first in range(0, many, 1000):
        entity_loading.load(told[first : first + 1000], source=SOURCE)
    return firms


def waiting() -> int:
    """How many files are still to be sealed."""
    from yizhan.journal.models import Effect  # noqa: PLC0415 (models need Django)

    return Effect.objects.filter(topic="licence.paper", done_at=None, refused_at=None).count()


def main() -> None:
    """A worker that does nothing but what waits, until nothing does; prints the processor time it took."""
    environment.become(environment.as_application(environment.database()))
    django.setup()
    from yizhan.journal import outbox  # noqa: PLC0415 (models need Django)
    from yizhan.records import typesetting  # noqa: PLC0415

    while outbox.deliver():
        pass
    press = typesetting.house().press
    ticks = 0.0
    if press:
        with open(f"/proc/{press.pid}/stat", encoding="ascii") as file:  # noqa: PTH123
            fields = file.read().rpartition(")")[2].split()
        ticks = (int(fields[11]) + int(fields[12])) / 100
    sys.stdout.write(f"{time.process_time() + ticks}\n")


if __name__ == "__main__":
    main()
