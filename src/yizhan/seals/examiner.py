"""The examiner 验章进程: a process of its own that reads what strangers bring, bounded by the kernel.

A file that somebody uploads may be made to hang or to burst whoever reads it. It gets one file and what is trusted, says
what it found as JSON, and is gone. No settings, no database, no network.
"""

from __future__ import annotations

import base64
import json
import logging
import resource
import sys
from datetime import datetime

from yizhan.seals.examination import examine
from yizhan.seals.trust import Trust


def main() -> None:
    """Read the order and the file from the standard input, and answer on the standard output."""
    logging.disable(logging.CRITICAL)
    order = json.loads(sys.stdin.buffer.readline())
    _bound(order["seconds"], order["memory"])
    trust = Trust(
        *(
            tuple(base64.b64decode(one) for one in order[kind])
            for kind in ("roots", "certificates", "revocations")
        )
    )
    found = examine(sys.stdin.buffer.read(), trust, at=datetime.fromisoformat(order["at"]))
    sys.stdout.write(json.dumps(found.plain()))


def _bound(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
