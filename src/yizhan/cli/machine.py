"""What ``doctor`` looks at on the machine 本机体检: Python, disk, memory, locale, clock, folders, port."""

from __future__ import annotations

import errno
import locale
import os
import platform
import shutil
import socket
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from yizhan.cli import home, service
from yizhan.cli.account import SERVICE_ACCOUNT, known, require_passage
from yizhan.cli.places import CHECKOUT, HOME, SECRETS
from yizhan.cli.secret import COMING
from yizhan.cli.speech import Fault, tell

_DISK_GB, _MEMORY_MB = 2, 1024


@dataclass(frozen=True)
class Finding:
    """One line of the report: a fault has a ``remedy``; what the next ``up`` will do is ``pending``."""

    name: str
    seen: str
    remedy: str = ""
    pending: bool = False


def examine(port: int) -> Iterator[Finding]:
    """Look at everything, one finding after another."""
    for look in (_python, _disk, _memory, _locale, _clock, _state_folder, _secrets, _account):
        yield from look()
    yield _port(port)


def _python() -> Iterator[Finding]:
    yield Finding("Python", f"{platform.python_version()} ({sys.executable})")


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(HOME).free / 2**30
    remedy = tell(en=f"free {_DISK_GB} GB", zh=f"请腾出 {_DISK_GB} GB 空间") if free < _DISK_GB else ""
    yield Finding(
        tell(en="disk", zh="磁盘"), tell(en=f"{free:.1f} GB free", zh=f"剩余 {free:.1f} GB"), remedy
    )


def _memory() -> Iterator[Finding]:
    free = _available_mb()
    remedy = ""
    if free < _MEMORY_MB and not home.is_running():
        remedy = tell(en=f"{_MEMORY_MB} MB are needed", zh=f"需要 {_MEMORY_MB} MB")
    yield Finding(tell(en="memory", zh="内存"), tell(en=f"{free} MB available", zh=f"可用 {free} MB"), remedy)


def _available_mb() -> int:
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


def _locale() -> Iterator[Finding]:
    name, seen, remedy = tell(en="locale", zh="区域"), "C.UTF-8", ""
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        seen = tell(en="no C.UTF-8", zh="没有 C.UTF-8")
        remedy = tell(en="install the C.UTF-8 locale of your system", zh="请安装系统的 C.UTF-8 区域设置")
    yield Finding(name, seen, remedy)


def _clock() -> Iterator[Finding]:
    now, remedy = datetime.now(UTC), ""
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        remedy = tell(en="install tzdata", zh="请安装 tzdata")
    if now.timestamp() < (CHECKOUT / "pyproject.toml").stat().st_mtime - 86_400:
        remedy = tell(en="the clock is behind; set it", zh="系统时间落后，请校准")
    elif os.environ.get("YIZHAN_CLOCK") and home.DISTRICT.exists() and home.DISTRICT.read_text() == "empty":
        remedy = tell(en="unset YIZHAN_CLOCK for real work", zh="正式运行请取消 YIZHAN_CLOCK")
    yield Finding(tell(en="clock", zh="时钟"), now.isoformat(timespec="seconds"), remedy)


def _state_folder() -> Iterator[Finding]:
    remedy = ""
    if not os.access(HOME, os.W_OK):
        remedy = tell(en="make it writable, or set YIZHAN_HOME", zh="请授予写权限，或另设 YIZHAN_HOME")
    elif os.geteuid() == 0 and not os.environ.get("DATABASE_URL"):
        try:
            require_passage(HOME / "database")
        except Fault as fault:
            remedy = str(fault)
    yield Finding(tell(en="state folder", zh="运行目录"), str(HOME), remedy)


def _secrets() -> Iterator[Finding]:
    if any(stat.S_IMODE(path.stat().st_mode) & 0o077 for path in SECRETS.glob("*")):
        seen = tell(en="readable by others", zh="其他账户可读")
        remedy = tell(en=f"run chmod 600 {SECRETS}/*", zh=f"请运行 chmod 600 {SECRETS}/*")
        yield Finding(tell(en="secrets", zh="密钥"), seen, remedy)
    if (SECRETS / COMING).exists():
        seen = tell(en="a change of their secret was cut off", zh="更换密钥口令中断")
        remedy = tell(en="run ./yizhan keys reseal again", zh="请再运行一次 ./yizhan keys reseal")
        yield Finding(tell(en="secrets", zh="密钥"), seen, remedy)


def _account() -> Iterator[Finding]:
    """Under root: whether web and worker can have an account of their own."""
    if os.geteuid() != 0:
        return
    name, found = tell(en="account of web and worker", zh="网站和后台处理的账户"), service.find()
    if found.reason:
        advice = tell(
            en="it works, but is less safe: set YIZHAN_HOME to a folder that others can reach, such as /var/lib/yizhan; "
            f"where it is Python, remove {sys.prefix} and name one outside /root in YIZHAN_PYTHON",
            zh="可以运行，但不够安全：请把 YIZHAN_HOME 设为其他账户可进入的目录（如 /var/lib/yizhan）；"
            f"如系 Python 无法运行，请删除 {sys.prefix}，并用 YIZHAN_PYTHON 指明 /root 以外的 Python",
        )
        yield Finding(name, f"root: {found.reason} ({advice})", pending=True)
    elif not known(SERVICE_ACCOUNT):
        seen = tell(en="not made yet; ./yizhan up does it", zh="尚未建立，./yizhan up 会建立")
        yield Finding(name, seen, pending=True)
    elif found.code != CHECKOUT:
        copy = tell(
            en=f"{SERVICE_ACCOUNT}, from a copy of the code in {found.code}, since it cannot read {CHECKOUT}",
            zh=f"{SERVICE_ACCOUNT}，运行 {found.code} 中的代码副本（它无法读取 {CHECKOUT}）",
        )
        yield Finding(name, copy)
    else:
        yield Finding(name, SERVICE_ACCOUNT)


def _port(port: int) -> Finding:
    name = tell(en=f"port {port}", zh=f"端口 {port}")
    reason = why_not(("127.0.0.1", port))
    if not reason:
        return Finding(name, tell(en="free", zh="空闲"))
    if reason == errno.EADDRINUSE and home.is_running():
        return Finding(name, tell(en="in use (Yizhan runs)", zh="使用中（一站正在运行）"))
    remedy = tell(en="choose another with --port", zh="请用 --port 另选一个")
    if reason == errno.EADDRINUSE:
        return Finding(name, tell(en="in use by another program", zh="被其他程序占用"), remedy)
    return Finding(name, words(reason), remedy)


def words(number: int) -> str:
    """An error number of ``why_not`` in the terminal's language."""
    said = os.strerror(number)
    known = {
        errno.EADDRINUSE: tell(en=said, zh="已被占用"),
        errno.EACCES: tell(
            en=f"{said}: ports below 1024 are root's", zh="没有权限，1024 以下的端口须由 root 使用"
        ),
        errno.EADDRNOTAVAIL: tell(en=said, zh="本机没有这个地址"),
        errno.EINVAL: tell(en="no port has that number", zh="端口号无效"),
    }
    return known.get(number, said)


def why_not(place: tuple[str, int]) -> int:
    """The system's error number (errno) where a port cannot be listened on, else 0."""
    with socket.socket(socket.AF_INET6 if ":" in place[0] else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OverflowError:
            return errno.EINVAL
        except socket.gaierror:
            return errno.EADDRNOTAVAIL
        except OSError as fault:
            return fault.errno or errno.EADDRNOTAVAIL
    return 0
