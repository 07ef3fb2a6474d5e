"""The product's own code in the district's database: sets, seals, checks; and beside it the least with pyHanko alone."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from yizhan.cli import environment

OFFICE, TITLE = "越秀区人民政府", "关于推进街道统一受理平台建设的通知"


def main() -> None:
    """Questions as lines: what, and how often; seconds of processor and what came of it as answer."""
    environment.become(environment.as_application(environment.database()))
    django.setup()
    from tests.benchmarks.rig.papers import many  # noqa: PLC0415
    from yizhan.identity import scope  # noqa: PLC0415 (models need Django)

    with scope.service():
        works = Works()
    _say({"fonts": works.fonts, "bytes": len(works.sealed)})
    for line in sys.stdin:
        name, times = line.split()
        with scope.service():  # each is committed, so that workers see it
            if name == "issue":
                said: Any = many.issue(int(times))
            elif name == "waiting":
                said = many.waiting()
            else:
                said = works.measure(name, int(times))
        _say(said)


class Works:
    """What is measured, each on the same pages."""

    def __init__(self) -> None:
        from tests.benchmarks.rig.papers import document  # noqa: PLC0415
        from tests.benchmarks.rig.papers.minimal import Minimal  # noqa: PLC0415
        from yizhan import clock  # noqa: PLC0415
        from yizhan.keys import authority, signing, timestamps  # noqa: PLC0415
        from yizhan.keys.algorithms import Family  # noqa: PLC0415
        from yizhan.records import fonts, typesetting  # noqa: PLC0415
        from yizhan.seals import examination, holding, sealing, vouching  # noqa: PLC0415
        from yizhan.seals.stamps import Place, Stamp  # noqa: PLC0415

        self.at = clock.now()
        self.fonts = {role: [str(one) for one in files] for role, files in fonts.files().items()}
        self.house = typesetting.house()
        paper = {"title": TITLE, "number": "越府〔2026〕18号", "issuer": OFFICE, "language": "zh"}
        paper |= {"issued_on": self.at.date().isoformat()}
        data = {"name": "各街道办事处，区政府各部门"}
        self.long = typesetting.Sheet(document.template(), self.at, data, paper)
        seal = holding.in_use("440104-scj", "official")
        certificate = authority.current(seal.key, Family.CLASSIC)
        assert certificate is not None
        by, trust = signing.signer(certificate), vouching.trust(Family.CLASSIC)
        gives = timestamps.stamper(Family.CLASSIC).token
        stamp = Stamp(by, seal.drawing, str(seal), TITLE)
        least = Minimal(by, trust, gives, self.at)
        one = '#import "letter.typ": *\n#show: letter.with(to: data.name)\n\n经审查，准予开办。'
        self.pages = self.house.pdf(typesetting.Sheet(one, self.at, data, paper))

        def own_seal() -> bytes:
            return sealing.seal(
                self.pages, stamp, place=Place(1, 140, 200), at=self.at, trust=trust, stamps_time=gives
            )

        self.sealed = own_seal()
        self.does: dict[str, Callable[[], Any]] = {
            "set": lambda: self.house.pdf(self.long).count(b"/Type/Page/"),
            "seal": own_seal,
            "least seal": lambda: least.seal(self.pages),
            "check": lambda: examination.examine(self.sealed, trust, at=self.at).holds,
            "least check": lambda: least.check(self.sealed),
        }

    def measure(self, name: str, times: int) -> list[Any]:
        """Seconds of processor, the press's included, and the last answer in short."""
        does = self.does[name.replace("-", " ")]
        began = self._used()
        answer: Any = None
        for _turn in range(times):
            answer = does()
        short = len(answer) if isinstance(answer, bytes) else answer
        return [self._used() - began, short]

    def _used(self) -> float:
        press = self.house.press
        return time.process_time() + (_seconds_of(press.pid) if press else 0.0)


def _seconds_of(pid: int) -> float:
    """Processor time of another process, in seconds."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
