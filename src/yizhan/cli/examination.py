"""What ``doctor`` looks at 体检: each finding is in order, at fault with its remedy, or not there yet."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from yizhan.cli import (
    environment,
    frontend,
    home,
    inside,
    machine,
    outside,
    packages,
    roles,
    translations,
    typefaces,
)
from yizhan.cli.cluster_use import in_use
from yizhan.cli.machine import Finding
from yizhan.cli.speech import Fault, tell


def examine(port: int) -> Iterator[Finding]:
    """Look at everything, one finding after another."""
    yield from machine.examine(port)
    for look in (_packages, _node, _front_end, _typefaces, _translations, _database):
        yield from look()
    yield from outside.examine()


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


def _typefaces() -> Iterator[Finding]:
    name = tell(en="typefaces", zh="公文字体")
    if faces := typefaces.missing():
        files = ", ".join(face.file for face in faces)
        seen = tell(en=f"Noto stands in for {files}", zh=f"缺 {files}，以思源字体代替")
        yield Finding(name, seen, pending=True)
    else:
        yield Finding(name, tell(en="complete", zh="齐全"))


def _translations() -> Iterator[Finding]:
    name, stale = tell(en="translations", zh="译文"), len(translations.stale())
    if not stale:
        yield Finding(name, tell(en="compiled", zh="已编译"))
    else:
        seen = tell(en=f"{stale} to compile; ./yizhan up does it", zh=f"{stale} 个待编译，./yizhan up 会处理")
        yield Finding(name, seen, pending=True)


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
        roles.require_unicode(address)
        with roles.connect(address) as connection:
            number = connection.info.server_version
        seen = f"PostgreSQL {number // 10_000}.{number % 10_000}, {roles.name_of(address)}"
        yield Finding(tell(en="database", zh="数据库"), seen)
    remedy = tell(en="run ./yizhan database migrate", zh="请运行 ./yizhan database migrate")
    tables = _asked(where, tell(en="tables", zh="数据表"), ("-m", "django", "migrate", "--check"), remedy)
    yield tables
    yield from _invented_numbers(where)
    if not tables.remedy:
        yield _keys(where)
        yield _seals(where)
    if (Path(__file__).with_name("commands") / "packs.py").exists():
        remedy = tell(en="./yizhan packs check shows the faults", zh="运行 ./yizhan packs check 查看问题")
        yield _asked(where, tell(en="packs", zh="应用包"), ("-m", "yizhan.cli", "packs", "check"), remedy)


def _invented_numbers(where: environment.Database) -> Iterator[Finding]:
    """A real register in which somebody's test data lie among people."""
    if not home.DISTRICT.exists() or home.DISTRICT.read_text() == "demo":
        return
    name = tell(en="identity numbers", zh="公民身份号码")
    many = int(
        inside.call("yizhan.registry.numbers:count_invented", environment=environment.as_application(where))
    )
    if many:
        seen = tell(
            en=f"{many} of division 440199, which was never issued",
            zh=f"有 {many} 个的区划 440199 从未编发",
        )
        remedy = tell(
            en="find the file they came with and correct these people in the register",
            zh="请查明是哪次导入带入的，并在基础库中更正",
        )
        yield Finding(name, seen, remedy)
    else:
        yield Finding(name, tell(en="none invented", zh="没有演示用号码"))


def _keys(where: environment.Database) -> Finding:
    """The house can sign with every key it certified: secret, national algorithms and token are there."""
    variables = environment.as_application(where)
    fault = inside.call("yizhan.keys.health:fault", environment=variables, speaking=True).strip()
    name = tell(en="keys", zh="密钥")
    if not fault:
        return Finding(name, tell(en="in order", zh="正常"))
    remedy = tell(
        en="see ./yizhan keys list --all and the settings of keys",
        zh="请查看 ./yizhan keys list --all 和密钥相关设置",
    )
    return Finding(name, fault, remedy)


def _seals(where: environment.Database) -> Finding:
    """No paper waits for a seal that its unit does not have."""
    variables = environment.as_application(where)
    waiting = inside.call("yizhan.seals.waiting:fault", environment=variables, speaking=True).strip()
    name = tell(en="seals", zh="印章")
    if not waiting:
        return Finding(name, tell(en="no paper waits for one", zh="没有待用印的文书"))
    remedy = tell(
        en="let whoever is named act at the desk; the papers are sealed by themselves then",
        zh="请由所列人员在工作台处理，处理后自动用印",
    )
    return Finding(name, waiting, remedy)


def _asked(where: environment.Database, name: str, arguments: tuple[str, ...], remedy: str) -> Finding:
    """A check that needs Django, in a process of its own."""
    variables = environment.as_application(where)
    done = subprocess.run([sys.executable, *arguments], env=variables, capture_output=True, check=False)
    if done.returncode:
        return Finding(name, tell(en="not in order", zh="有问题"), remedy)
    return Finding(name, tell(en="in order", zh="正常"))
