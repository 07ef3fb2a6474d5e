"""Figures, limits, and an exit code that cannot flatter."""

import json

from yizhan.cli.report import Report


def test_all_that_hold_make_exit_code_0(tmp_path, capsys):
    report = Report("intake", seed=7, folder=tmp_path)
    report.at_most("submit p95", 212.4, 300, "ms")
    report.at_least("submissions", 80, 75, "1/s")
    report.equal("lost", 0, 0)
    report.info("load generator's own CPU", 11.5, "%")
    assert report.close() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["submit", "p95", "[ms]", "212.4", "<=", "300", "holds"]
    assert lines[3].split()[-3:] == ["11.5", "-", "info"]
    assert lines[-1] == "3 of 3 hold"
    kept = json.loads((tmp_path / "intake.json").read_text())
    assert kept["seed"] == 7
    assert kept["machine"]["cores"] >= 1
    assert [figure["holds"] for figure in kept["figures"]] == [True, True, True, None]


def test_one_that_falls_short_makes_exit_code_1(tmp_path, capsys):
    report = Report("intake", folder=tmp_path)
    report.at_most("a", 2, 1)
    report.at_most("b", 1, 1)
    assert report.close() == 1
    assert "falls short" in capsys.readouterr().out.splitlines()[0]


def test_no_number_falls_short_and_is_still_kept(tmp_path):
    report = Report("intake", folder=tmp_path)
    report.at_most("median of nothing", float("nan"), 1)
    assert report.close() == 1
    assert json.loads((tmp_path / "intake.json").read_text())["figures"][0]["value"] == "nan"


def test_a_report_without_limits_proves_nothing(tmp_path, capsys):
    report = Report("intake", folder=tmp_path)
    report.info("pages", 3)
    assert report.close() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 of 0 hold"
