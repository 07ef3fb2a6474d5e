"""Random processes of BPMN run here and in another engine, bpmn-engine, with the same choices, step by step.

After every step both must wait at the same tasks, messages and times, and both must end together. The other engine
(npm, MIT) lies apart in the state folder and is no part of the product.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.proofs.rig.bpmn_made import Made
from tests.proofs.rig.bpmn_peer import Peer, peer
from yizhan.cli.apart import without_a_database
from yizhan.cli.report import Report
from yizhan.cli.speech import step, tell

help = tell(en="BPMN beside another engine, step by step", zh="BPMN 与另一引擎逐步对照")
_MOST_STEPS = 200
_MOST_TOLD = 5


def arguments(parser: ArgumentParser) -> None:
    """How many processes."""
    parser.add_argument("--processes", type=int, default=400, help=tell(en="how many", zh="流程个数"))


def run(options: Namespace) -> int:
    """Make processes, run each in both, print, keep."""
    report = Report("prove-bpmn", seed=options.seed)
    with without_a_database(), peer() as other:
        random = Random(options.seed)
        with step(
            en=f"{options.processes} processes in both engines",
            zh=f"两个引擎各运行 {options.processes} 个流程",
        ):
            found = [compared(random, other) for _ in range(options.processes)]
    differing = [one for one in found if one.difference]
    for one in differing[:_MOST_TOLD]:
        sys.stdout.write(f"✗ {one.difference}\n{one.source}\n")
    report.equal("processes in which both came to the same", len(found) - len(differing), len(found))
    report.at_least("steps compared", sum(one.steps for one in found), options.processes)
    report.info("processes that ended", sum(one.ended for one in found))
    report.info("tasks done", sum(one.tasks for one in found))
    report.info("messages and times", sum(one.steps - one.tasks for one in found))
    report.info("version of bpmn-engine", other.version)
    return report.close()


@dataclass(frozen=True)
class Compared:
    """One process in both engines."""

    source: str
    steps: int
    tasks: int
    ended: bool
    difference: str = ""


def compared(random: Random, other: Peer) -> Compared:
    """Make a process and run it in both until it ends, or they differ."""
    from tests.proofs.rig.bpmn_own import Own  # noqa: PLC0415 (it brings the rooms)

    made = Made(random, random.randint(1, 3))
    facts = {name: random.random() < 0.5 for name in made.facts}
    own = Own(made, facts)
    answer = other.start(made.written("${{environment.variables.{}}}"), facts)
    done: list[str] = []
    while True:
        waiting = own.waiting()
        difference = _difference(waiting, own.ended, answer)
        if difference or own.ended or len(done) >= _MOST_STEPS:
            tasks = sum(made.kinds[key] == "task" for key in done)
            said = f"after {' '.join(done) or 'the start'}: {difference}" if difference else ""
            return Compared(own.source, len(done), tasks, own.ended, said)
        chosen = random.choice(waiting)
        own.do(chosen)
        answer = other.do(chosen)
        done.append(chosen)


def _difference(waiting: list[str], ended: bool, answer: dict[str, Any]) -> str:
    if "fault" in answer:
        return f"the other engine: {answer['fault']}"
    if ended != answer["ended"]:
        return f"ended here: {ended}, there: {answer['ended']}"
    return "" if waiting == answer["waiting"] else f"here {waiting}, there {answer['waiting']}"
