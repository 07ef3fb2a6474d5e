"""Under root, web and worker run as an account of their own 服务账户: what it gets, and when it cannot be had.

It may write uploads and its own folder, read one key and the code, and reach the database's socket: nothing
else of the state is open to it, and nothing that it writes is ever run by root. Where it cannot read the
checkout (one under /root, one made with umask 077), it gets a copy of the code. Where it cannot come at all,
web and worker stay root, and ``up`` and ``doctor`` say why.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from yizhan.cli.account import SERVICE_ACCOUNT, Account, known, service_account
from yizhan.cli.cluster_making import own
from yizhan.cli.places import ASSETS, CHECKOUT, FILES, HOME, SECRETS, SERVICE, private_folder
from yizhan.cli.speech import Fault, say, tell
from yizhan.cli.translations import COMPILED

_COPY = HOME / "code"
_PARTS_OF_THE_CODE = ("src", "packs", "requirements", "pyproject.toml")
_LOWEST_FREE_PORT = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")

# Run as the account itself: only the kernel knows for certain what it may read.
_TRY = """
import os, sys
for top in sys.argv[1:]:
    with os.scandir(top) if os.path.isdir(top) else open(top):
        pass
    for folder, folders, files in os.walk(top):
        for name in folders:
            os.scandir(os.path.join(folder, name)).close()
        for name in files:
            open(os.path.join(folder, name)).close()
"""


@dataclass(frozen=True)
class Service:
    """How web and worker are run; without an ``account`` as this process' own."""

    account: Account | None = None
    code: Path = CHECKOUT
    reason: str = ""
    """Why they stay root, when they do."""
    opening_ports: tuple[str, ...] = ()
    """The program in front that keeps the right to listen below port 1024."""

    def variables(self) -> dict[str, str]:
        """What differs in the environment of a process of this account: places that it may write."""
        if self.account is None:
            return {}
        return {
            "PYTHONPATH": str(self.code / "src"),
            "PYTHONPYCACHEPREFIX": str(SERVICE / "python"),
            "TMPDIR": str(SERVICE / "tmp"),
            "HOME": str(SERVICE),
        }

    def identity(self) -> dict[str, Any]:
        """The arguments of ``subprocess.Popen`` that start a process as this account."""
        if self.account is None or self.opening_ports:
            return {}
        return {"user": self.account.user, "group": self.account.group, "extra_groups": []}

    def say_reason(self) -> None:
        """One line when web and worker stay root."""
        if self.reason:
            say(
                en=f"Web and worker run as root, since {SERVICE_ACCOUNT} cannot do it: {self.reason}",
                zh=f"网站和后台处理仍以 root 运行，账户 {SERVICE_ACCOUNT} 无法使用：{self.reason}",
            )

    def begin(self, command: list[str], variables: dict[str, str]) -> None:
        """Become the command, in the place of this process."""
        if self.account and not self.opening_ports:
            os.setgroups([])
            os.setgid(self.account.group)
            os.setuid(self.account.user)
        whole = [*self.opening_ports, *command]
        os.execve(whole[0], whole, {**variables, **self.variables()})  # noqa: S606 (no shell is wanted)

    def listening_at(self, port: int) -> Service:
        """The same for a web server at that port."""
        if self.account is None or port >= _lowest_free_port():
            return self
        program = shutil.which("setpriv")
        if program is None:
            reason = tell(
                en=f"port {port} is root's and there is no setpriv",
                zh=f"端口 {port} 须由 root 使用，且没有 setpriv",
            )
            return Service(reason=reason)
        user, group = f"--reuid={self.account.user}", f"--regid={self.account.group}"
        right = ("--inh-caps=-all,+net_bind_service", "--ambient-caps=-all,+net_bind_service")
        return replace(
            self,
            opening_ports=(program, user, group, "--clear-groups", *right, "--pdeathsig=TERM", "--"),
        )


OURS = Service()
"""As the account of this process, which is all there is when it is not root."""


def find() -> Service:
    """How web and worker would be run now; nothing is made or changed."""
    if os.geteuid() != 0:
        return Service()
    account = known(SERVICE_ACCOUNT)
    return _reaching(account) if account else Service()


def prepare() -> Service:
    """Make the account and hand over to it what it needs; also what an earlier start left to root."""
    try:
        account = service_account()
        if account is None:
            return Service()
        service = _reaching(account)
        if service.account:
            hand_over(account)
        if service.code == _COPY:
            _copy_code()
            return replace(service, reason=why) if (why := _why_not(account, _COPY)) else service
    except Fault as fault:
        return Service(reason=str(fault))
    except OSError as fault:  # a file system that knows no owners
        return Service(reason=f"{fault.strerror}: {fault.filename}")
    return service


def hand_over(account: Account) -> None:
    """Give the account what it writes, and the way to its key and to the database's socket."""
    for folder in (SERVICE, SERVICE / "python", SERVICE / "tmp"):
        own(private_folder(folder), account)
    _give_tree(private_folder(FILES), account)
    os.chown(private_folder(SECRETS), 0, account.group)
    SECRETS.chmod(0o710)  # it may pass through, to the one key that is its own
    with suppress(FileNotFoundError):
        own(SECRETS / "worker", account)


def clear() -> None:
    """Remove what a killed run had in hand."""
    shutil.rmtree(SERVICE / "tmp", ignore_errors=True)


def _give_tree(top: Path, account: Account) -> None:
    """The top comes last, so that one that was given has nothing of another's below it."""
    if top.stat().st_uid == account.user:
        return
    for folder, _, names in os.walk(top, topdown=False):
        for name in names:
            own(Path(folder, name), account)
        own(Path(folder), account)


def _reaching(account: Account) -> Service:
    if not (why := _why_not(account, CHECKOUT)):
        return Service(account)
    if why := _why_not(account):
        return Service(reason=why)
    return Service(account, code=_COPY)


def _why_not(account: Account, code: Path | None = None) -> str:
    """Why the account cannot run our Python, and read the code where one is named; empty when it can."""
    sources = [str(code / part) for part in _PARTS_OF_THE_CODE] if code else []
    fonts = os.environ.get("YIZHAN_FONTS", "")
    read = [*sources, str(ASSETS), str(COMPILED), *([fonts] if fonts else [])]
    command = [sys.executable, "-I", "-B", "-c", _TRY, *filter(os.path.exists, read)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            user=account.user,
            group=account.group,
            extra_groups=[],
        )
    except OSError as fault:
        return f"{fault.strerror}: {fault.filename or sys.executable}"
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else ""


def _copy_code() -> None:
    """Whole or not at all, readable by everybody as source code may be; modes of the checkout do not count."""
    unfinished = _COPY.with_name("code.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for part in _PARTS_OF_THE_CODE:
        for path in [CHECKOUT / part, *sorted((CHECKOUT / part).rglob("*"))]:
            if "__pycache__" in path.parts:
                continue
            target = unfinished / path.relative_to(CHECKOUT)
            if path.is_dir():
                target.mkdir(parents=True)
            else:
                shutil.copyfile(path, target)
            target.chmod(0o755 if path.is_dir() else 0o644)
    unfinished.chmod(0o755)
    shutil.rmtree(_COPY, ignore_errors=True)
    unfinished.rename(_COPY)


def _lowest_free_port() -> int:
    try:
        return int(_LOWEST_FREE_PORT.read_text())
    except (OSError, ValueError):
        return 1024
