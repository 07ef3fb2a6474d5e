"""Licences are written by one room: nobody else calls the register's writing verbs, nor writes its rows past them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.tree import ROOT

WRITING = {"record", "move", "shown_by"}
ROWS = {"Licence", "LicenceStep"}
PAST_THEM = {"create", "bulk_create", "update", "get_or_create", "update_or_create", "delete", "save"}
MAY = ("src/yizhan/licences/", "src/yizhan/registry/")


def writes(source: str) -> list[int]:
    """The lines on which a module calls a writing verb of ``registry.licences``, or changes rows of licences itself."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "yizhan.registry"
        for alias in node.names
        if alias.name == "licences"
    }
    taken = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "yizhan.registry.licences"
        for alias in node.names
        if alias.name in WRITING
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (_verb_of(node.func, names) or _named(node.func) in taken or _of_rows(node.func))
    ]


def _named(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else ""


def _verb_of(called: ast.expr, names: set[str]) -> bool:
    return isinstance(called, ast.Attribute) and called.attr in WRITING and _named(called.value) in names


def _of_rows(called: ast.expr) -> bool:
    """``Licence.objects.….update(…)``, ``Licence(…)``."""
    if _named(called) in ROWS:
        return True
    if not isinstance(called, ast.Attribute) or called.attr not in PAST_THEM:
        return False
    return any(_named(part) in ROWS for part in ast.walk(called.value) if isinstance(part, ast.expr))


def modules() -> list[Path]:
    found = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    return [path for path in found if not path.relative_to(ROOT).as_posix().startswith(MAY)]


def test_only_the_room_of_licences_writes_them():
    assert {
        path.relative_to(ROOT).as_posix(): lines
        for path in modules()
        if (lines := writes(path.read_text("utf-8")))
    } == {}


@pytest.mark.parametrize(
    "line",
    [
        "licences.record(subject, issued, word=word)",
        "licences.move(one, State.REVOKED, Verb.REVOKED, word=word)",
        "record(subject, issued, word=word)",
        "Licence.objects.filter(id=1).update(state='revoked')",
        "LicenceStep.objects.create(licence=one)",
        "Licence(subject='x').save()",
    ],
)
def test_it_would_be_seen(line):
    begin = "from yizhan.registry import licences\nfrom yizhan.registry.licences import record\n"
    assert writes(begin + line)
    assert not writes(begin + "licences.held(subject, purpose=why)\nrecording.record(case)")
