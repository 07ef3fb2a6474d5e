"""What ``doctor`` looks at 体检项目: each finding is in order, at fault with its remedy, or not there yet."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from yizhan.cli import environment, frontend, home, packages, roles, translations
from yizhan.cli.account import require_passage
from yizhan.cli.cluster_use import in_use
from yizhan.cli.places import CHECKOUT, HOME, SECRETS
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
    for look in _OF_THE_MACHINE + _OF_THE_CHECKOUT:
        yield from look()
    yield _port(port)
    yield from _database()


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


def _packages() -> Iterator[Finding]:
    name = tell(en="packages", zh="依赖")
    differing = [package for package, locked in _locked() if _installed(package) != locked]
    if differing:
        seen = tell(en="not as locked: ", zh="与锁文件不符：") + ", ".join(differing[:5])
        yield Finding(name, seen, _renew())
    else:
        yield Finding(name, tell(en="as locked", zh="与锁文件一致"))


def _renew() -> str:
    return tell(en=f"remove {sys.prefix} and start again", zh=f"请删除 {sys.prefix} 后重新启动")


def _locked() -> Iterator[tuple[str, str]]:
    """Package and version of every line of the lock file that holds on all machines."""
    for line in (packages.REQUIREMENTS / "run.txt").read_text().splitlines():
        package, sign, rest = line.partition("==")
        if sign and ";" not in rest:
            yield package.partition("[")[0], rest.split()[0]


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _node() -> Iterator[Finding]:
    command = [str(Path(sys.prefix) / "bin" / "node"), "--version"]
    try:
        seen = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        yield Finding("Node", seen)
    except (OSError, subprocess.CalledProcessError):
        yield Finding("Node", tell(en="does not run", zh="无法运行"), _renew())


def _front_end() -> Iterator[Finding]:
    name = tell(en="front end", zh="前端资源")
    if frontend.is_built():
        yield Finding(name, tell(en="built", zh="已生成"))
    else:
        seen = tell(en="not built yet; ./yizhan up does it", zh="尚未生成，./yizhan up 会生成")
        yield Finding(name, seen, pending=True)


def _translations() -> Iterator[Finding]:
    name, stale = tell(en="translations", zh="译文"), len(translations.stale())
    if not stale:
        yield Finding(name, tell(en="compiled", zh="已编译"))
    else:
        seen = tell(en=f"{stale} to compile; ./yizhan up does it", zh=f"{stale} 个待编译，./yizhan up 会处理")
        yield Finding(name, seen, pending=True)


def _port(port: int) -> Finding:
    name = tell(en=f"port {port}", zh=f"端口 {port}")
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", port)) == 0
    if not taken:
        return Finding(name, tell(en="free", zh="空闲"))
    if home.is_running():
        return Finding(name, tell(en="in use (Yizhan runs)", zh="使用中（一站正在运行）"))
    remedy = tell(en="choose another with --port", zh="请用 --port 另选一个")
    return Finding(name, tell(en="in use by another program", zh="被其他程序占用"), remedy)


def _database() -> Iterator[Finding]:
    name = tell(en="database", zh="数据库")
    try:
        where = environment.database()
        if where.cluster and not where.cluster.data.exists():
            seen = tell(en="not made yet; ./yizhan up does it", zh="尚未建立，./yizhan up 会建立")
            yield Finding(name, seen, pending=True)
            return
        with in_use(where.cluster):
            yield from _inside_database(where)
    except Fault as fault:
        yield Finding(name, tell(en="cannot be used", zh="无法使用"), str(fault))


def _inside_database(where: environment.Database) -> Iterator[Finding]:
    for address in (where.application, where.owner):
        with roles.connect(address) as connection:
            number = connection.info.server_version
        seen = f"PostgreSQL {number // 10_000}.{number % 10_000}, {roles.name_of(address)}"
        yield Finding(tell(en="database", zh="数据库"), seen)
    remedy = tell(en="run ./yizhan database migrate", zh="请运行 ./yizhan database migrate")
    yield _asked(where, tell(en="tables", zh="数据表"), ("-m", "django", "migrate", "--check"), remedy)
    if (Path(__file__).with_name("commands") / "packs.py").exists():
        remedy = tell(en="./yizhan packs check shows the faults", zh="运行 ./yizhan packs check 查看问题")
        yield _asked(where, tell(en="packs", zh="应用包"), ("-m", "yizhan.cli", "packs", "check"), remedy)


def _asked(where: environment.Database, name: str, arguments: tuple[str, ...], remedy: str) -> Finding:
    """A check that needs Django, in a process of its own."""
    variables = environment.as_application(where)
    done = subprocess.run([sys.executable, *arguments], env=variables, capture_output=True, check=False)
    if done.returncode:
        return Finding(name, tell(en="not in order", zh="有问题"), remedy)
    return Finding(name, tell(en="in order", zh="正常"))


_Look = Callable[[], Iterator[Finding]]
_OF_THE_MACHINE: tuple[_Look, ...] = (_python, _disk, _memory, _locale, _clock, _state_folder, _secrets)
_OF_THE_CHECKOUT: tuple[_Look, ...] = (_packages, _node, _front_end, _translations)
