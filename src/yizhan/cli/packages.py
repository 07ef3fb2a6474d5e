"""Installs the locked Python packages into this environment 安装依赖: hash-checked, by uv, else by pip.

Runs before anything is installed, so it uses the standard library alone.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from ast import literal_eval
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from yizhan.cli.children import complete
from yizhan.cli.places import CHECKOUT, write_whole
from yizhan.cli.speech import Fault, say, step
from yizhan.cli.troubles import explain

_ROOM = 100 * 2**20  # bytes; with less free, another installer would fail in the same way
REQUIREMENTS = CHECKOUT / "requirements"
ENVIRONMENT = Path(sys.prefix)

# The test set contains the run set, so an environment for tests also serves a run.
_CONTAINED_IN = {"run": ("run", "test"), "test": ("test",)}


def ensure(wanted: str) -> None:
    """Install ``requirements/<wanted>.txt`` unless that is done, then begin this command again.

    An interpreter outside a virtual environment is left alone: whoever calls it looks after its packages.

    Raises:
        Fault: the packages cannot be had; the sentence says why and what to do.
    """
    if sys.prefix == sys.base_prefix or is_complete(wanted):
        return
    with _alone():
        if not is_complete(wanted):
            with step(en="Python packages installed", zh="安装 Python 软件包"):
                _install(REQUIREMENTS / f"{wanted}.txt")
            write_whole(_stamp(wanted), _locked(wanted))
    again = [sys.executable, "-m", "yizhan.cli", *sys.argv[1:]]
    os.execv(again[0], again)  # noqa: S606 (no shell is wanted)


def is_complete(wanted: str) -> bool:
    """Whether this environment holds what the lock file says."""
    return any(
        _stamp(name).exists() and _stamp(name).read_text() == _locked(name) for name in _CONTAINED_IN[wanted]
    )


def _stamp(wanted: str) -> Path:
    return ENVIRONMENT / f".yizhan-{wanted}"


def _locked(wanted: str) -> str:
    files = sorted({"bootstrap", "run", wanted})
    return hashlib.sha256(b"".join((REQUIREMENTS / f"{name}.txt").read_bytes() for name in files)).hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Only one process at a time installs into this environment."""
    with (ENVIRONMENT / ".yizhan-lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(lock: Path) -> None:
    # Not quiet: only so does pip say that it was a certificate that kept it from a package.
    install = ["--disable-pip-version-check", "install", "--progress-bar=off", "--require-hashes", "-r"]
    pip = [sys.executable, "-m", "pip", *install]
    uv = ENVIRONMENT / "bin" / "uv"
    if not uv.exists():
        complete([*pip, str(REQUIREMENTS / "bootstrap.txt")], explained=explain)
    by_uv = [str(uv), "pip", "install", "-q", "--require-hashes", "--python", sys.executable, "-r", str(lock)]
    try:
        complete(by_uv, {**os.environ, **settings_for_uv(pip_configuration(), os.environ)}, explained=explain)
    except Fault as fault:
        if shutil.disk_usage(ENVIRONMENT).free < _ROOM:
            raise
        say(en=f"  uv did not manage ({fault}); trying pip.", zh=f"  uv 未能完成（{fault}），改用 pip。")
        complete([*pip, str(lock)], explained=explain)


def pip_configuration() -> dict[str, str]:
    """What pip is configured to, by option: the environment beats ``[install]``, which beats ``[global]``."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        section, _, option = key.rpartition(".")
        if section in found:
            found[section][option] = str(literal_eval(value))
    return {**found["global"], **found["install"], **found[":env:"]}


def settings_for_uv(pip: dict[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that make uv look where pip is told to look; what is already said to uv stays.

    uv reads no configuration of pip. Folders that do not exist here are left out, since uv stops at them.
    Addresses travel in variables, not as arguments, because they may hold a password.
    """
    wanted = {
        "UV_DEFAULT_INDEX": " ".join(_existing(pip.get("index-url", ""))),
        "UV_EXTRA_INDEX_URL": " ".join(_existing(pip.get("extra-index-url", ""))),
        "UV_FIND_LINKS": ",".join(_existing(pip.get("find-links", ""))),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_NO_INDEX": "1" if pip.get("no-index", "").lower() in {"1", "true", "yes", "on"} else "",
        "SSL_CERT_FILE": pip.get("cert", ""),
        "ALL_PROXY": pip.get("proxy", ""),
        # pip takes the best version of all indexes; the hashes say which file it must be.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_SYSTEM_CERTS": "true",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    return {name: value for name, value in wanted.items() if value and not environment.get(name)}


def _existing(listed: str) -> list[str]:
    """The entries of a list of addresses and folders, without the local ones that are not there."""
    return [entry for entry in listed.split() if _is_there(entry)]


def _is_there(entry: str) -> bool:
    parts = urlsplit(entry)
    if parts.scheme == "file":
        return Path(url2pathname(parts.path)).exists()
    return bool(parts.scheme) or Path(entry).expanduser().exists()
