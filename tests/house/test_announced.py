"""What a room announces to the worker is there in every process: a module that nobody imports does nothing."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from yizhan.cli.places import SOURCES

_ANNOUNCERS = {("work", "round"), ("journal", "reads"), ("outbox", "handles"), ("", "reads"), ("", "handles")}


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules that are there once Django is set up, in a process of its own."""
    asked = "import django, json, sys; django.setup(); print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def announcing() -> list[str]:
    files = [one for one in SOURCES.rglob("*.py") if "/tests/" not in str(one)]
    return sorted(
        ".".join(one.relative_to(SOURCES).with_suffix("").parts)
        for one in files
        if any(map(_announces, ast.walk(ast.parse(one.read_text(encoding="utf-8")))))
    )


def _announces(node: ast.AST) -> bool:
    """Whether it is a function with such a decorator, however that is laid out."""
    return isinstance(node, ast.FunctionDef) and any(
        _called(one) in _ANNOUNCERS for one in node.decorator_list
    )


def _called(decorator: ast.expr) -> tuple[str, str]:
    """From where, and by which name, a decorator that is called was taken."""
    called = decorator.func if isinstance(decorator, ast.Call) else None
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return called.value.id, called.attr
    return "", called.id if isinstance(called, ast.Name) else ""


def test_there_are_some_of_every_kind() -> None:
    found = {
        _called(decorator)[1]
        for module in announcing()
        for node in ast.walk(ast.parse(_file_of(module).read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
    }
    assert found >= {"round", "reads", "handles"}
    assert len(announcing()) > 10


def _file_of(module: str) -> Path:
    return SOURCES.joinpath(*module.split(".")).with_suffix(".py")


@pytest.mark.parametrize("module", announcing())
def test_it_is_loaded(loaded: set[str], module: str) -> None:
    assert module in loaded
