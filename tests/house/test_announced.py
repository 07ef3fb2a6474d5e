"""What a room announces to the worker is there in every process: a module that nobody imports does nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from yizhan.cli.places import SOURCES

_ANNOUNCES = re.compile(r"^@(?:work\.round|journal\.reads|reads|outbox\.handles|handles)\(", re.MULTILINE)


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
        if _ANNOUNCES.search(one.read_text(encoding="utf-8"))
    )


def test_there_are_some() -> None:
    assert len(announcing()) > 10


@pytest.mark.parametrize("module", announcing())
def test_it_is_loaded(loaded: set[str], module: str) -> None:
    assert module in loaded
