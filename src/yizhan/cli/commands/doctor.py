"""``./yizhan doctor``: what is wrong here, and what to do about it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yizhan.cli.examination import examine
from yizhan.cli.speech import say, tell

help = tell(en="Examine this installation and name the remedies", zh="检查本机安装，指出问题和处理办法")


def arguments(parser: ArgumentParser) -> None:
    """The port that `up` would use."""
    parser.add_argument("--port", type=int, default=8000)


def run(options: Namespace) -> int:
    """Print every finding; 1 when one is a fault."""
    faults = 0
    for finding in examine(options.port):
        mark = "✗" if finding.remedy else "–" if finding.pending else "✓"
        remedy = f" → {finding.remedy}" if finding.remedy else ""
        print(f"  {mark} {finding.name}: {finding.seen}{remedy}", flush=True)
        faults += bool(finding.remedy)
    if faults:
        say(en=f"{faults} to mend.", zh=f"有 {faults} 处需要处理。")
    else:
        say(en="All in order.", zh="一切正常。")
    return 1 if faults else 0
