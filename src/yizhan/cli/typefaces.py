"""Typefaces 公文字体: free fonts for official papers, taken out of packages of this system's own archive.

Neither Python's nor Node's registry has a whole 仿宋 or 楷体, the archives of Debian and Ubuntu have. Apt fetches the
packages into a folder of the house, by the sources that this machine is told to use; of a package only the font files are
taken, nothing is installed and none of its scripts run. Where that cannot be done, papers are set in stand-ins.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from yizhan.cli.locks import alone
from yizhan.cli.places import HOME, LOGS, RUN, SCRATCH, private_folder, write_whole
from yizhan.cli.speech import say

FOLDER = HOME / "typefaces"
_NOTE = FOLDER / "note.json"
_SECONDS = 600
_LARGEST = 64 * 2**20
_AGAIN = 24 * 3600  # seconds after which what could not be had is asked for again
_ENDINGS = (".ttf", ".otf", ".ttc")


@dataclass(frozen=True)
class Typeface:
    """A font file: the package it comes in, the role that wants it, and its SHA-256 in every release that was looked at."""

    file: str
    package: str
    role: str
    sha256: tuple[str, ...]


# FandolFang and FandolKai 0.3 are the same in all releases; LXGW WenKai is 1.250 in Debian 12 and 1.511 in Debian 13.
TYPEFACES = (
    Typeface(
        "FandolFang-Regular.otf", "texlive-lang-chinese", "fangsong",
        ("d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",),
    ),
    Typeface(
        "FandolKai-Regular.otf", "texlive-lang-chinese", "kaiti",
        ("ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827",),
    ),
    Typeface(
        "LXGWWenKai-Light.ttf", "fonts-lxgw-wenkai", "fangsong",
        (
            "e302f84a1967817f91fc4011de7c8c12489c41072a7f0605a1c7b1399352cb93",
            "44ea30bf9f030c73706108ccd0ec3383da8c558c939dcce2d6dcb5dc96a03e16",
        ),
    ),
    Typeface(
        "LXGWWenKai-Regular.ttf", "fonts-lxgw-wenkai", "kaiti",
        (
            "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
            "be1d5ee371b25f23ca613c3142d6293328db6253ef0b0c09857e9f30657514a8",
        ),
    ),
)  # fmt: skip
_NAMES = {"fangsong": {"en": "FangSong", "zh": "仿宋"}, "kaiti": {"en": "KaiTi", "zh": "楷体"}}


class _NotHad(Exception):
    """A package could not be fetched or opened; in English and Chinese."""

    def __init__(self, *, en: str, zh: str) -> None:
        super().__init__(en)
        self.en, self.zh = en, zh


def install() -> None:
    """Have the typefaces; say in one line what stands in where they cannot be had. A start never fails for them."""
    if is_done():
        return
    with alone(RUN / "typefaces.lock"):
        if not is_done():
            _fetch()


def is_done() -> bool:
    """Whether they are there, or it is known that they cannot be had now."""
    if not missing():
        return True
    try:
        note = json.loads(_NOTE.read_text())
        return bool(note["wanted"] == _wanted() and (note["final"] or time.time() - note["at"] < _AGAIN))
    except (OSError, ValueError, KeyError):
        return False


def missing() -> list[Typeface]:
    """What is not there, and is not played by a font of the district's own."""
    return [face for face in TYPEFACES if not (FOLDER / face.file).exists() and not _has_own(face.role)]


def _wanted() -> str:
    return hashlib.sha256(repr(TYPEFACES).encode()).hexdigest()


def _has_own(role: str) -> bool:
    named = os.environ.get("YIZHAN_FONTS", "")
    folders = [*([Path(named)] if named else []), HOME / "fonts"]
    return any((folder / f"{role}{ending}").exists() for folder in folders for ending in _ENDINGS)


def _fetch() -> None:
    """Package after package; what one of them lacks does not keep the others back."""
    why: list[_NotHad] = []
    with suppress(OSError), tempfile.TemporaryDirectory(dir=private_folder(SCRATCH)) as folder:
        FOLDER.mkdir(parents=True, exist_ok=True)
        apt = _Apt(Path(folder))
        for package in dict.fromkeys(face.package for face in missing()):
            try:
                _take(package, apt.fetched(package))
            except _NotHad as fault:
                why.append(fault)
                if not apt.works:
                    break
    final = bool(why) and all(isinstance(fault, _OtherVersion) for fault in why)
    with suppress(OSError):
        write_whole(_NOTE, json.dumps({"wanted": _wanted(), "at": int(time.time()), "final": final}))
    if missing():
        _say_stand_ins(why)


class _Apt:
    """Apt with a state of its own in a folder that goes afterwards: works for any account, changes nothing outside."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.works = folder, False
        for part in ("state/lists/partial", "cache/archives/partial", "log"):
            (folder / part).mkdir(parents=True)
        (folder / "state/status").touch()

    def fetched(self, package: str) -> Path:
        """The package's file.

        Raises:
            _NotHad: apt is not here, or does not get it.
        """
        if not self.works:
            self._run("update")
            self.works = True
        self._run("download", package)
        found = next(iter(self._folder.glob(f"{package}_*.deb")), None)
        if found is None:
            raise _NotHad(en=f"apt brought no {package}", zh=f"apt 未取得 {package}")
        return found

    def _run(self, *words: str) -> None:
        options = {
            "Dir::State": self._folder / "state",
            "Dir::State::status": self._folder / "state/status",
            "Dir::Cache": self._folder / "cache",
            "Dir::Log": self._folder / "log",
            "Acquire::Languages": "none",
            "Acquire::Retries": 1,
            "Acquire::http::Timeout": 20,
            "Acquire::https::Timeout": 20,
            # The folder is private, and under root apt would fetch as an account that may not enter it.
            "APT::Sandbox::User": "root",
        }
        command = ["apt-get", "-q", *(f"-o{name}={value}" for name, value in options.items()), *words]
        try:
            done = subprocess.run(
                command,
                cwd=self._folder,
                env={**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except FileNotFoundError:
            raise _NotHad(en="this system has no apt", zh="本机系统没有 apt") from None
        except subprocess.TimeoutExpired:
            raise _NotHad(en="apt took too long", zh="apt 用时过长") from None
        if done.returncode:
            _log(command, done.stdout + done.stderr)
            raise _NotHad(en=f"apt does not get {words[-1]}", zh=f"apt 未取得 {words[-1]}") from None


class _OtherVersion(_NotHad):
    """The archive has another version than those that were looked at; asking again brings the same."""


def _take(package: str, deb: Path) -> None:
    """The wanted files out of a package, each only if it is known.

    Raises:
        _NotHad: the package cannot be opened, or a file is not one that was looked at.
    """
    wanted = {face.file: face for face in missing() if face.package == package}
    for name, content in _files(deb, set(wanted)):
        if hashlib.sha256(content).hexdigest() in wanted[name].sha256:
            beside = deb.with_name(name)
            beside.write_bytes(content)
            shutil.move(beside, FOLDER / name)
    if strange := [name for name in wanted if not (FOLDER / name).exists()]:
        listed = ", ".join(strange)
        raise _OtherVersion(
            en=f"{package} has other versions of {listed} than are known here",
            zh=f"{package} 中的 {listed} 不是已核对的版本",
        )


def _files(deb: Path, names: set[str]) -> Iterator[tuple[str, bytes]]:
    """The files of these names in a package, read as a stream; dpkg only unpacks, it runs nothing."""
    left = set(names)
    try:
        with subprocess.Popen(
            ["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as unpacking:
            assert unpacking.stdout
            with tarfile.open(fileobj=unpacking.stdout, mode="r|") as content:
                for member in content:
                    name = member.name.rpartition("/")[2]
                    if name in left and member.isreg() and member.size <= _LARGEST:
                        file = content.extractfile(member)
                        assert file
                        left.remove(name)
                        yield name, file.read()
                    if not left:
                        break
            unpacking.kill()
    except (OSError, tarfile.TarError) as fault:
        raise _NotHad(
            en=f"{deb.name} cannot be opened ({fault})", zh=f"{deb.name} 无法打开（{fault}）"
        ) from fault


def _log(command: list[str], output: str) -> None:
    with suppress(OSError):
        private_folder(LOGS)
        with (LOGS / "setup.log").open("a") as file:
            file.write(f"$ {' '.join(command)}\n{output}\n")


def _say_stand_ins(why: list[_NotHad]) -> None:
    lacking = missing()
    roles = list(dict.fromkeys(face.role for face in lacking))
    stood_for = ", ".join(face.file for face in lacking)
    files = ", ".join(f"{role}.ttf" for role in roles)
    why = why or [_NotHad(en="the disk does not take it", zh="磁盘无法写入")]
    names = {language: [_NAMES[role][language] for role in roles] for language in ("en", "zh")}
    say(
        en=f"  Noto stands in for {stood_for} ({' and '.join(names['en'])}): {'; '.join(fault.en for fault in why)}. "
        f"To use a font of your own put {files} into {HOME / 'fonts'}.",
        zh=f"  {'、'.join(names['zh'])}缺 {stood_for}，暂以思源字体代替：{'；'.join(fault.zh for fault in why)}。"
        f"如有自备字体，请以 {files} 为名放入 {HOME / 'fonts'}。",
    )
