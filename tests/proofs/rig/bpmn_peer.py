"""The other engine of the proof ``bpmn``: installed apart in the state folder, asked line by line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yizhan.cli.children import complete
from yizhan.cli.places import HOME
from yizhan.cli.speech import step

VERSION = "25.0.1"
FOLDER = HOME / "peers/bpmn"
_SCRIPT = Path(__file__).with_name("bpmn_engine.mjs")


class Peer:
    """A running engine.

    Attributes:
        version: of the engine.
    """

    version = VERSION

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, source: str, variables: Mapping[str, bool]) -> dict[str, Any]:
        """Begin a process; what it waits for."""
        return self._ask({"start": source, "variables": dict(variables)})

    def do(self, key: str) -> dict[str, Any]:
        """Complete a task, let a message come, or a time pass; what it waits for then."""
        return self._ask({"do": key})

    def _ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(request), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, "the other engine has ended"
        found: dict[str, Any] = json.loads(answer)
        return found


@contextmanager
def peer() -> Iterator[Peer]:
    """The engine, for the time of the block."""
    _install()
    node = str(Path(sys.executable).parent / "node")
    process = subprocess.Popen(
        [node, str(FOLDER / _SCRIPT.name)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=FOLDER,
    )
    try:
        yield Peer(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _install() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    shutil.copy(_SCRIPT, FOLDER / _SCRIPT.name)
    wanted = json.dumps({"private": True, "type": "module", "dependencies": {"bpmn-engine": VERSION}})
    file = FOLDER / "package.json"
    if file.exists() and file.read_text() == wanted and (FOLDER / "node_modules/bpmn-engine").exists():
        return
    file.write_text(wanted)
    with step(en=f"bpmn-engine {VERSION}, apart", zh=f"安装对照引擎 bpmn-engine {VERSION}"):
        npm = str(Path(sys.prefix) / "bin" / "npm")
        complete([npm, "install", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix", str(FOLDER)])
