"""The environment of the peers: packages that benchmarks compare with, locked with hashes, apart from the product's."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

from tests.product import HOME, ROOT
from yizhan.cli.children import complete
from yizhan.cli.speech import step
from yizhan.cli.troubles import explain

_LOCK = ROOT / "requirements/peers.txt"
_FOLDER = HOME / "bench" / "peers"


def environment() -> Path:
    """The Python of an environment that holds them, made once for each lock."""
    python, stamp = _FOLDER / "bin/python", _FOLDER / "installed"
    wanted = hashlib.sha256(_LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        with step(en="peers installed", zh="安装对照软件"):
            complete([sys.executable, "-m", "venv", "--clear", _FOLDER], explained=explain)
            pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--progress-bar=off"]
            complete([*pip, "--require-hashes", "-r", _LOCK], explained=explain)
        stamp.write_text(wanted)
    return python


def version(package: str) -> str:
    """The locked version of a package.

    Raises:
        ValueError: it is not one of the peers.
    """
    found = re.search(rf"^{re.escape(package.lower())}==(\S+)", _LOCK.read_text(), re.MULTILINE)
    if found is None:
        raise ValueError(f"{package} is none of the peers")
    return found.group(1)
