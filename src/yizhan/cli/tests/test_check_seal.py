"""Sealed files are checked without a database; every difference from what is expected of a suite is told."""

from __future__ import annotations

import json

import pytest

from yizhan.cli import report
from yizhan.cli.__main__ import main
from yizhan.keys.algorithms import Algorithm
from yizhan.keys.tests import openssl
from yizhan.records.tests.test_inspection import QUIET, packed, pdf
from yizhan.seals import examination, examiners
from yizhan.seals.tests.mint import Mint, pages


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    monkeypatch.setattr("yizhan.cli.packages.ensure", lambda _name: None)
    monkeypatch.setattr(
        report.Report.__init__, "__kwdefaults__", {"seed": None, "folder": tmp_path / "reports"}
    )


@pytest.fixture
def suite(tmp_path):
    """Three files: genuine, genuine by national algorithms, cut at the end."""
    folder = tmp_path / "suite"
    (folder / "roots").mkdir(parents=True)
    classic, national = Mint(), Mint(Algorithm.SM2)
    (folder / "roots/one.pem").write_bytes(openssl.pem("CERTIFICATE", classic.root.certificate))
    (folder / "roots/other.cer").write_bytes(national.root.certificate)
    sealed = classic.seal(pages(), classic.unit())
    (folder / "good.pdf").write_bytes(sealed)
    (folder / "national.pdf").write_bytes(national.seal(pages(), national.unit()))
    (folder / "more.pdf").write_bytes(sealed + b"more")
    return folder


def check(suite, *arguments):
    return main(["check-seal", *map(str, arguments), "--roots", str(suite / "roots")])


def test_genuine_files_hold_and_what_cannot_be_known_is_said(suite, capsys):
    assert check(suite, suite / "good.pdf", suite / "national.pdf") == 0
    told = capsys.readouterr().out
    assert told.count("✓ 云津区民政局: holds. 2026-11-20 09:30:00, proven by a time stamp") == 2
    assert "Not known offline" in told


def test_one_that_does_not_hold_fails_them_all(suite, capsys):
    assert check(suite, suite / "good.pdf", suite / "more.pdf", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [(one["holds"], one["why"]) for one in told["files"]] == [(True, None), (False, "appended")]
    assert told["not_known_offline"] == ["as_issued", "authorised", "in_force"]


def test_what_cannot_be_read_is_told_and_the_others_are_checked(suite, capsys):
    huge = suite / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(300 * 2**20)
    assert check(suite, suite, suite / "none.pdf", huge, suite / "roots/one.pem", suite / "good.pdf") == 1
    told = capsys.readouterr().out
    for words in (
        "is a folder",
        "No such file",
        "has 300 MB; 50 MB is the most",
        "no PDF file that can be read",
        "✓ 云津区民政局",
    ):
        assert words in told, told


@pytest.mark.parametrize("roots", ["empty", "missing", "good.pdf"])
def test_without_a_root_nothing_is_checked(suite, capsys, roots):
    (suite / "empty").mkdir()
    assert main(["check-seal", str(suite / "good.pdf"), "--roots", str(suite / roots)]) == 1
    assert str(suite / roots) in capsys.readouterr().err


def conform(suite, capsys, **wanted):
    for name, expected in wanted.items():
        (suite / f"{name}.json").write_text(json.dumps(expected))
    code = main(["conformance", "seal", str(suite)])
    return code, capsys.readouterr().out


def test_a_suite_passes_by_verdict_and_reason_however_it_is_spelled(suite, capsys):
    code, told = conform(
        suite,
        capsys,
        good={"verdict": "valid", "reason": None, "at": "2030-01-01"},
        national=True,
        more={"ok": False, "reason": ["trailing-data", "damaged"]},
    )
    assert (code, "3 passed, 0 failed" in told) == (0, True), told
    for name in ("good", "national", "more"):
        (suite / f"{name}.json").unlink()
    listed = [{"file": "good.pdf", "expected": "ok"}, {"file": "national.pdf", "holds": "yes"}]
    (suite / "expected.json").write_text(json.dumps([*listed, {"file": "more.pdf", "verdict": "invalid"}]))
    assert main(["conformance", "seal", str(suite)]) == 0


def test_every_difference_of_a_suite_is_told(suite, capsys, tmp_path):
    code, told = conform(
        suite,
        capsys,
        good={"verdict": "invalid"},
        more={"verdict": "invalid", "reason": "expired"},
        gone={"verdict": "valid"},
    )
    assert code == 1
    for line in (
        "✗ good.pdf: another verdict",
        "✗ more.pdf: another reason",
        "✗ national.pdf: no expectation",
        "✗ gone.json: the file is not there",
        "0 passed, 4 failed",
    ):
        assert line in told, told
    kept = json.loads((tmp_path / "reports/conformance-seal.json").read_text())
    assert [one["holds"] for one in kept["figures"]] == [False] * 4


BOMBS = {
    "bursts": pdf(QUIET, packed(b"1 0 " + b" " * (80 * 1024 * 1024))),
    "tables": b"%PDF-1.7\n" + b"startxref\n" * 100,
    "long": b"%PDF-1.7\n<" + b"41" * 1_100_000 + b">",
    "objects": pages().replace(b"/Size ", b"/Size 99999999"),
}


@pytest.fixture
def in_a_process_of_its_own(monkeypatch):
    """Whoever reads a file of the suite in the process of the command fails."""
    monkeypatch.setattr(examination, "examine", lambda *_, **__: pytest.fail("read within the command"))


def test_bombs_of_a_suite_get_a_verdict_each_and_the_others_are_judged(
    suite, capsys, in_a_process_of_its_own
):
    for name, content in BOMBS.items():
        (suite / f"{name}.pdf").write_bytes(content)
    code, told = conform(suite, capsys, good=True, national=True, more=False, **dict.fromkeys(BOMBS, False))
    assert (code, "7 passed, 0 failed" in told) == (0, True), told


def test_a_file_that_takes_too_long_is_not_valid_and_the_suite_goes_on(suite, capsys, monkeypatch):
    monkeypatch.setattr(examiners, "SECONDS", 0)
    code, told = conform(
        suite, capsys, good=True, national=False, more={"verdict": "invalid", "reason": "too_many"}
    )
    assert (code, "2 passed, 1 failed" in told) == (1, True), told
    assert "✗ good.pdf: another verdict; invalid: too_many, valid" in told


def test_expectations_that_cannot_be_read_are_told_each_at_its_file(suite, capsys):
    (suite / "good.json").write_text("[" * 200_000)
    (suite / "more.json").write_text(" " * (9 * 2**20) + "true")
    code, told = conform(suite, capsys, national=True)
    assert code == 1
    assert "✗ good.pdf: no expectation: good.json is nested too deeply" in told, told
    assert "✗ more.pdf: no expectation: more.json is larger than any expectation" in told, told
    assert "1 passed, 2 failed" in told
