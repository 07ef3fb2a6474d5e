"""Examiners as the house sees them 验章: one for every file that a stranger brings."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.seals import found
from yizhan.seals.found import Examined
from yizhan.seals.trust import Trust

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
_SOURCE = Path(__file__).parents[2]
_BEGIN = "import sys; sys.path.insert(0, sys.argv[1]); from yizhan.seals.examiner import main; main()"


class TooLong(Exception):
    """The file took more time or memory than any that was issued."""

    def __init__(self) -> None:
        super().__init__(_("这份文件过于庞大或复杂，无法核验；签发的文书不会这样，请勿采信"))


def examine(content: bytes, trust: Trust, *, at: datetime | None = None) -> Examined:
    """What is on a file that a stranger brought, at a moment, now when left out.

    Raises:
        TooLong: see there.
    """
    order = {
        "roots": _packed(trust.roots),
        "certificates": _packed(trust.certificates),
        "revocations": _packed(trust.revocations),
        "at": (at or clock.now()).isoformat(),
        "seconds": SECONDS,
        "memory": MEMORY,
    }
    try:
        done = subprocess.run(  # noqa: S603 (our own file, no shell; what strangers bring goes in as bytes)
            [sys.executable, "-I", "-c", _BEGIN, str(_SOURCE)],
            input=json.dumps(order).encode() + b"\n" + content,
            capture_output=True,
            timeout=SECONDS * 3,
            env={"LANG": "C.UTF-8", "TMPDIR": tempfile.gettempdir()},
            cwd="/",
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as fault:
        raise TooLong from fault
    return found.read(json.loads(done.stdout))


def _packed(many: tuple[bytes, ...]) -> list[str]:
    return [base64.b64encode(one).decode() for one in many]
