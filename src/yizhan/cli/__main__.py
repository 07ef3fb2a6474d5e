"""Finds a command by its file and runs it: ``python -m yizhan.cli <command> …``. Never imports Django."""

from __future__ import annotations

import errno
import os
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from yizhan.cli import grammar, helps, packages
from yizhan.cli.places import HOME
from yizhan.cli.speech import Fault, say, tell

# Full disks and closed folders, wherever they are met.
_FOR_PEOPLE_TO_MEND = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS}

COMMANDS = Path(__file__).with_name("commands")


class Command(Protocol):
    """What a file in ``commands`` offers; see :mod:`yizhan.cli.commands`."""

    help: str

    def arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, options: Namespace) -> int:
        """Do it and return the exit code."""


def names() -> list[str]:
    """All commands, as one types them."""
    return helps.names(COMMANDS)


def load(name: str) -> Command:
    """Import one command."""
    return cast(Command, import_module(f"yizhan.cli.commands.{name.replace('-', '_')}"))


def main(arguments: list[str]) -> int:
    """Run one command line and return its exit code; faults become one sentence."""
    try:
        return _run(arguments)
    except Fault as fault:
        print(f"✗ {fault}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as fault:
        if fault.errno not in _FOR_PEOPLE_TO_MEND:
            raise
        print(f"✗ {fault.strerror}: {fault.filename or HOME}", file=sys.stderr)
        return 1
    except Exception as fault:
        if type(fault).__module__ not in {"django.db.utils", "psycopg.errors", "psycopg"}:
            raise
        words = str(fault).strip().partition("\n")[0]
        told = Fault(
            en=f"The database does not do it: {words}. ./yizhan doctor says what is wrong.",
            zh=f"数据库未能完成：{words}。可运行 ./yizhan doctor 查明原因。",
        )
        print(f"✗ {told}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say(en="Stopped.", zh="已停止。")
        return 130


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        _print_overview()
        return 0
    name, rest = arguments[0], arguments[1:]
    if name not in names():
        raise Fault(
            en=f"There is no command {name}; ./yizhan --help lists them.",
            zh=f"没有命令 {name}；运行 ./yizhan --help 查看全部命令。",
        )
    packages.ensure("run")  # before the import: a command may need any package
    grammar.bilingual()
    command = load(name)
    parser = ArgumentParser(prog=f"./yizhan {name}", description=command.help, allow_abbrev=False)
    command.arguments(parser)
    options, unknown = parser.parse_known_args(rest)
    if unknown and not getattr(command, "takes_rest", False):
        parser.error(tell(en="unrecognized arguments: {}", zh="无法识别的参数：{}").format(" ".join(unknown)))
    options.rest = unknown
    packages.ensure(getattr(command, "requirements", "run"))
    return command.run(options)


def summary(name: str) -> str:
    """A command's ``help``, without importing it."""
    return helps.summary(helps.file_of(COMMANDS, name))


def _print_overview() -> None:
    print(
        tell(
            en="Yizhan 一站: one platform for a district.\n\n  ./yizhan COMMAND …\n",
            zh="一站：一个城区的政务平台。\n\n  ./yizhan 命令 …\n",
        )
    )
    width = max(map(len, names()))
    for name in names():
        print(f"  {name:{width}}  {summary(name)}")
    print(
        tell(en="\n./yizhan COMMAND --help explains one.", zh="\n./yizhan 命令 --help 查看某个命令的用法。")
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
