"""The front end's files 前端资源: npm packages by the lock file, then Vite's build into the state folder."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

from yizhan.cli.children import complete
from yizhan.cli.places import ASSETS, CHECKOUT, HOME, SOURCES, Stamp, digest, pack_folders
from yizhan.cli.speech import Fault
from yizhan.cli.troubles import explain

_NPM = str(Path(sys.prefix) / "bin" / "npm")
_LOCK = CHECKOUT / "package-lock.json"
_INSTALLED = CHECKOUT / "node_modules" / ".yizhan-lock"

_NAME_ICONS = {".jinja", ".py", ".yaml"}
_ICON = re.compile(r"(?:icon|tile)\b.*")


def build() -> None:
    """Bring the built files up to date; does nothing when no source has changed.

    Raises:
        Fault: packages cannot be had, or a source does not compile.
    """
    built = _built()
    if built.holds():
        return
    # A run with another YIZHAN_HOME may build from the same checkout.
    with _LOCK.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _install_packages()
        _run_vite()
    built.set()


def is_built() -> bool:
    """Whether the built files belong to the sources as they are."""
    return _built().holds()


def node_environment() -> dict[str, str]:
    """The environment's variables, proxy and certificates included, with our own node first on the path.

    Node trusts only its own list of authorities unless told to look at the system's too.
    """
    programs = Path(sys.prefix) / "bin"
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}


def _built() -> Stamp:
    """Kept among the files themselves, so that it goes where they go."""
    sources = [path for path in (CHECKOUT / "frontend").rglob("*") if path.is_file()]
    inputs = digest([*sources, *CHECKOUT.glob("vite.config.*"), CHECKOUT / "package.json", _LOCK])
    return Stamp("built", f"{inputs}\n{_icons_named()}", ASSETS)


def _icons_named() -> str:
    """A hash of the lines in pages, Python and packs that name icons: the build draws a sprite of these."""
    lines: set[str] = set()
    for folder in (SOURCES / "yizhan", *pack_folders()):
        for path in folder.rglob("*"):
            if path.suffix in _NAME_ICONS and "tests" not in path.parts:
                lines.update(_ICON.findall(path.read_text(errors="replace")))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _install_packages() -> None:
    wanted = digest([_LOCK, CHECKOUT / "package.json"])
    if _INSTALLED.exists() and _INSTALLED.read_text() == wanted:
        return
    complete([_NPM, "ci", "--no-progress"], node_environment(), folder=CHECKOUT, explained=explain)
    _INSTALLED.write_text(wanted)


def _run_vite() -> None:
    """Build into a folder beside, so that a running web process never meets a half-built one."""
    unfinished, old = HOME / "assets.unfinished", HOME / "assets.old"
    command = [_NPM, "run", "--silent", "build", "--", "--outDir", str(unfinished), "--emptyOutDir"]
    complete(command, {**node_environment(), "NO_COLOR": "1"}, folder=CHECKOUT, explained=_not_built)
    shutil.rmtree(old, ignore_errors=True)
    if ASSETS.exists():
        ASSETS.rename(old)
    unfinished.rename(ASSETS)
    shutil.rmtree(old, ignore_errors=True)


def _not_built(_: str, log: Path) -> Fault:
    return Fault(en=f"The front end does not build; see {log}.", zh=f"前端资源生成失败，原因见 {log}。")
