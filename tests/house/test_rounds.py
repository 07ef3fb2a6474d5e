"""Every round of work that a room announces is there in a process that nobody told of the room."""

from __future__ import annotations

import json
import re
import subprocess
import sys

from yizhan.cli.places import SOURCES

_ROUND = re.compile(r"^@work\.round\(\"([^\"]+)\"\)", re.MULTILINE)
_ASKED = """
import json, django
django.setup()
from yizhan.journal import work, worker
print(json.dumps(sorted(work.rounds)))
"""


def test_the_worker_knows_every_round() -> None:
    written = {
        name
        for file in SOURCES.rglob("*.py")
        if "tests" not in file.parts
        for name in _ROUND.findall(file.read_text(encoding="utf-8"))
    }
    done = subprocess.run([sys.executable, "-c", _ASKED], capture_output=True, text=True, check=True)
    assert written == set(json.loads(done.stdout.splitlines()[-1]))
