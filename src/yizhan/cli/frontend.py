"""The front end's files 前端资源: npm packages by the lock file, then Vite's build.

npm and Vite work on a copy of the sources in the state folder, so that the checkout stays as it is and may
belong to another account.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

from yizhan.cli.children import complete
from yizhan.cli.locks import alone
from yizhan.cli.places import (
    ASSETS,
    CHECKOUT,
    HOME,
    RUN,
    SCRATCH,
    SOURCES,
    Stamp,
    digest,
    pack_folders,
    private_folder,
)
from yizhan.cli.speech import Fault
from yizhan.cli.troubles import explain

_NPM = str(Path(sys.prefix) / "bin" / "npm")
_WORKSHOP = HOME / "frontend"
_INSTALLED = _WORKSHOP / "node_modules" / ".yizhan-lock"
_PACKAGES = (CHECKOUT / "package.json", CHECKOUT / "package-lock.json", CHECKOUT / ".npmrc")
_SETTINGS = CHECKOUT / "vite.config.mjs"

_NAME_ICONS = {".jinja", ".py", ".yaml"}
_ICON = re.compile(r"(?:icon|tile)\b.*")


def build() -> None:
    """Bring packages and built files up to date; does nothing when no source has changed.

    Raises:
        Fault: packages cannot be had, or a source does not compile.
    """
    install_packages()
    built = _built()
    if built.holds():
        return
    with alone(RUN / "frontend.lock"):
        _run_vite()
    built.set()


def install_packages() -> None:
    """Have the npm packages, which also hold the fonts that papers are set in.

    Raises:
        Fault: they cannot be had.
    """
    if has_packages():
        return
    with alone(RUN / "frontend.lock"):
        if not has_packages():
            _install()


def is_built() -> bool:
    """Whether the built files belong to the sources as they are."""
    return _built().holds()


def node_environment() -> dict[str, str]:
    """The environment's variables, proxy and certificates included, with our own node first on the path.

    Node trusts only its own list of authorities unless told to look at the system's too.
    """
    programs = Path(sys.prefix) / "bin"
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path, "TMPDIR": str(private_folder(SCRATCH))}


def _built() -> Stamp:
    """Kept among the files themselves, so that it goes where they go."""
    sources = [path for path in (CHECKOUT / "frontend").rglob("*") if path.is_file()]
    inputs = digest([*sources, *_PACKAGES, _SETTINGS])
    return Stamp("built", f"{inputs}\n{_icons_named()}", ASSETS)


def _icons_named() -> str:
    """A hash of the lines in pages, Python and packs that name icons: the build draws a sprite of these."""
    lines: set[str] = set()
    for folder in (SOURCES / "yizhan", *pack_folders()):
        for path in folder.rglob("*"):
            if path.suffix in _NAME_ICONS and "tests" not in path.parts:
                lines.update(_ICON.findall(path.read_text(errors="replace")))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def has_packages() -> bool:
    """Whether the npm packages are those of the lock file."""
    return _INSTALLED.exists() and _INSTALLED.read_text() == digest(_PACKAGES)


def _install() -> None:
    """Install into a folder beside: papers are set in fonts of the packages while a house is running."""
    unfinished, old, wanted = _WORKSHOP / "unfinished", _WORKSHOP / "old", digest(_PACKAGES)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for file in _PACKAGES:
        shutil.copyfile(file, unfinished / file.name)
    complete([_NPM, "ci", "--no-progress"], node_environment(), folder=unfinished, explained=explain)
    (unfinished / "node_modules" / _INSTALLED.name).write_text(wanted)
    shutil.rmtree(old, ignore_errors=True)
    if (_WORKSHOP / "node_modules").exists():
        (_WORKSHOP / "node_modules").rename(old)
    for file in unfinished.iterdir():
        file.rename(_WORKSHOP / file.name)
    unfinished.rmdir()
    shutil.rmtree(old, ignore_errors=True)


def _run_vite() -> None:
    """Build into a folder beside, so that a running web process never meets a half-built one."""
    unfinished, old = HOME / "assets.unfinished", HOME / "assets.old"
    shutil.rmtree(_WORKSHOP / "frontend", ignore_errors=True)
    shutil.copytree(CHECKOUT / "frontend", _WORKSHOP / "frontend", copy_function=shutil.copyfile)
    shutil.copyfile(_SETTINGS, _WORKSHOP / _SETTINGS.name)
    command = [_NPM, "run", "--silent", "build", "--", "--outDir", str(unfinished), "--emptyOutDir"]
    variables = {**node_environment(), "NO_COLOR": "1", "YIZHAN_CHECKOUT": str(CHECKOUT)}
    complete(command, variables, folder=_WORKSHOP, explained=_not_built)
    shutil.rmtree(old, ignore_errors=True)
    if ASSETS.exists():
        ASSETS.rename(old)
    unfinished.rename(ASSETS)
    shutil.rmtree(old, ignore_errors=True)


def _not_built(_: str, log: Path) -> Fault:
    return Fault(en=f"The front end does not build; see {log}.", zh=f"前端资源生成失败，原因见 {log}。")
