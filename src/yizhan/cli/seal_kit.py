"""Sealed files of other makers 验章对照集: each against the verdict and the reason that are expected of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yizhan import clock
from yizhan.cli.seal_expectations import ALL_IN_ONE, Wanted, says_a_verdict, wanted
from yizhan.cli.speech import Fault
from yizhan.cli.trusted_files import trusted
from yizhan.seals import examiners, limits
from yizhan.seals.found import Examined, Why
from yizhan.seals.trust import Trust

_ROOTS = ("roots", "root", "trust", "anchors", "ca")
_LISTS = ("lists", "crls", "crl")


@dataclass(frozen=True)
class Judged:
    """What came of one file; ``failure`` is empty where it is as expected."""

    name: str
    got: str
    wanted: str
    failure: str


def judged(suite: Path) -> Iterator[Judged]:
    """Every PDF below a folder, and every expectation without one.

    Raises:
        Fault: there is no folder, no root, or no PDF.
    """
    if not suite.is_dir():
        raise Fault(en=f"There is no folder {suite}.", zh=f"没有文件夹 {suite}。")
    files = sorted(one for one in suite.rglob("*") if one.suffix.lower() == ".pdf" and one.is_file())
    if not files:
        raise Fault(en=f"There is no file *.pdf below {suite}.", zh=f"{suite} 下没有 *.pdf 文件。")
    known: dict[Path, Trust] = {}
    for file in files:
        folder = _with_roots(file.parent, suite)
        if folder not in known:
            known[folder] = _trust_of(folder)
        yield _judge(file, suite, known[folder])
    beside = {file.with_suffix("") for file in files} | set(files)
    for one in sorted(suite.rglob("*.json")):
        if one.name not in ALL_IN_ONE and one.with_suffix("") not in beside and says_a_verdict(one):
            yield Judged(str(one.relative_to(suite)), "no file", "a PDF beside it", "the file is not there")


def _judge(file: Path, suite: Path, trust: Trust) -> Judged:
    name = str(file.relative_to(suite))
    try:
        expected = wanted(file, suite)
    except (ValueError, OSError) as fault:
        return Judged(name, "-", "?", f"no expectation: {fault}")
    try:
        found = _examined(file, trust, expected.at or clock.now())
    except OSError as fault:
        return Judged(name, "-", str(expected), f"it cannot be read: {fault.strerror}")
    reasons = [one for one in (found.why, *(seal.why for seal in found.seals)) if one is not None]
    got = "valid" if found.holds else f"invalid: {'|'.join(dict.fromkeys(reasons))}"
    return Judged(name, got, str(expected), _difference(found.holds, reasons, expected))


def _examined(file: Path, trust: Trust, at: datetime) -> Examined:
    """What is on it; the suite may be a stranger's, so each file is examined within the bounds of the page."""
    if file.stat().st_size > limits.LARGEST:
        return Examined((), Why.TOO_LARGE)
    try:
        return examiners.examine(file.read_bytes(), trust, at=at)
    except examiners.TooLong:
        return Examined((), Why.TOO_MANY)


def _difference(holds: bool, reasons: list[Why], expected: Wanted) -> str:
    if holds != expected.holds:
        return "another verdict"
    if not holds and expected.reasons and not expected.reasons & set(reasons):
        unknown = expected.reasons - set(Why)
        return f"unknown reason {', '.join(sorted(unknown))}" if unknown else "another reason"
    return ""


def _with_roots(folder: Path, suite: Path) -> Path:
    """The nearest folder, upwards to the suite's own, that has roots."""
    while folder != suite and not any((folder / name).is_dir() for name in _ROOTS):
        folder = folder.parent
    return folder


def _trust_of(folder: Path) -> Trust:
    roots = next((folder / name for name in _ROOTS if (folder / name).is_dir()), folder)
    lists = next((folder / name for name in _LISTS if (folder / name).is_dir()), None)
    return trusted(roots, lists)
