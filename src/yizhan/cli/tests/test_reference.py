"""The reference names every variable and every command, and none that is not there."""

import re

from yizhan.cli import __main__ as dispatcher
from yizhan.cli.places import CHECKOUT, SOURCES

_VARIABLE = re.compile(r"\b(?:YIZHAN|DATABASE)_[A-Z][A-Z_]+\b")
_READ = re.compile(r"""["']((?:YIZHAN|DATABASE)_[A-Z][A-Z_]+)["']""")

# Names of settings of Django, not of variables.
_NO_VARIABLES = {"DATABASE_APP_ROLE", "DATABASE_OWNER_ROLE"}


def described() -> set[str]:
    rows = re.findall(r"^\| (`.*?) \|", (CHECKOUT / "docs/reference/settings.md").read_text(), re.MULTILINE)
    return {name for row in rows for name in _VARIABLE.findall(row)}


def read() -> set[str]:
    found: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        if "tests" not in path.parts:
            found.update(_READ.findall(path.read_text()))
    return found - _NO_VARIABLES


def test_every_variable_that_is_read_is_described():
    shell = set(_VARIABLE.findall((CHECKOUT / "yizhan").read_text()))
    assert sorted((read() | shell) - described()) == []


def test_every_variable_that_is_described_is_read():
    shell = set(_VARIABLE.findall((CHECKOUT / "yizhan").read_text()))
    assert sorted(described() - read() - shell) == []


def test_every_command_is_described():
    text = (CHECKOUT / "docs/reference/commands.md").read_text()
    assert [name for name in dispatcher.names() if f"`{name}`" not in text] == []
