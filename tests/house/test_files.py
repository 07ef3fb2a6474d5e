"""Files one reads in a sitting; nothing of third parties; no address of a registry."""

from __future__ import annotations

import re
import subprocess

from tests.house import tree

LONGEST = 400
_REGISTRY = re.compile(r"https?://[^\s\"')]*(?:registry\.|/simple/|\.tgz|\.whl|\.deb\b)", re.IGNORECASE)
_THIRD_PARTY = (".min.js", ".min.css", ".ttf", ".otf", ".woff", ".woff2", ".whl", ".tgz", ".map")


def committed() -> list[str]:
    """The files git keeps."""
    return subprocess.run(
        ["git", "ls-files", "-z"], cwd=tree.ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")[:-1]


def test_python_files_are_short_enough_to_read():
    long = [
        f"{tree.name(path)}: {lines}"
        for path in tree.python_files(tests=True)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    ]
    assert long == []


def test_no_third_party_file_is_committed():
    assert [name for name in committed() if name.endswith(_THIRD_PARTY) or "node_modules/" in name] == []


def test_no_lock_file_names_a_registry():
    locks = [n for n in committed() if n.startswith("requirements/") or n.endswith("package-lock.json")]
    assert locks
    found = [name for name in locks if _REGISTRY.search((tree.ROOT / name).read_text(encoding="utf-8"))]
    assert found == []


def test_every_requirement_is_locked_with_a_hash():
    for lock in (tree.ROOT / "requirements").glob("*.txt"):
        pins = re.findall(r"^[a-z0-9].*==.*$", lock.read_text(), re.MULTILINE)
        assert pins
        assert all(pin.rstrip().endswith("\\") for pin in pins), lock
