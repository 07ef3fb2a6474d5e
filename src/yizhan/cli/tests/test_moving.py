"""``packs move``: tried first, then done with a reason; the report names every case."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser

import pytest

from yizhan.cases.models import Move
from yizhan.cases.tests.conftest import _a_demo_on_a_day, town  # noqa: F401 (fixtures)
from yizhan.cases.tests.moves import in_flight
from yizhan.cli import moving
from yizhan.cli.speech import Fault
from yizhan.identity import scope


@pytest.fixture(autouse=True)
def _in_english(monkeypatch):
    monkeypatch.setenv("YIZHAN_LANG", "en")
    monkeypatch.setenv("LANG", "C")


@pytest.fixture
def flight(town):  # noqa: F811 (the fixture)
    """Two cases; where one stands, the new version has nothing."""
    return in_flight(town)


def move(*words):
    parser = ArgumentParser()
    moving.arguments(parser.add_subparsers())
    return moving.run(parser.parse_args(["move", "elderly_allowance", *words]))


def test_a_trial_changes_nothing_and_its_reports_name_every_case(town, flight, tmp_path, capsys):  # noqa: F811
    first, second = flight
    for name in ("a.csv", "a.json", "a.txt"):
        assert move("--dry-run", "--report", str(tmp_path / name)) == 0
    said = capsys.readouterr().out
    assert said.count("elderly_allowance 3: can go 1, staying 1, there already 0") == 3
    with scope.service():
        assert not Move.objects.exists()
    assert {town.case(number).release.version for number in flight} == {2}

    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert {row["number"]: row["result"] for row in rows} == {first: "goes", second: "stays"}
    cases = {one["number"]: one for one in json.loads((tmp_path / "a.json").read_text("utf-8"))["cases"]}
    assert (cases[first]["goes"], cases[first]["why"], cases[second]["goes"]) == (True, None, False)
    assert cases[second]["why"]["zh"].startswith("办件停在“材料核对”（check）")
    text = (tmp_path / "a.txt").read_text("utf-8")
    assert text.startswith("elderly_allowance 3: going 1, staying 1\n")
    assert text.index(second) < text.index(first)


def test_it_is_done_with_a_reason_and_done_once(town, flight, capsys):  # noqa: F811
    first, _second = flight
    with pytest.raises(Fault):
        move()
    assert move("--reason", "受理改由综合窗口登记") == 0
    assert town.task(first).node == "intake"
    assert move("--reason", "受理改由综合窗口登记") == 0
    said = capsys.readouterr().out
    assert "gone over 1, staying 1, there already 0" in said
    assert "gone over 0, staying 1, there already 1" in said


@pytest.mark.parametrize("words", [["--to", "9", "--dry-run"], ["--to", "-1", "--dry-run"]])
def test_a_version_that_never_was_is_one_sentence(flight, words):
    with pytest.raises(Fault):
        move(*words)


def test_a_report_that_cannot_be_written_is_one_sentence(flight, tmp_path):
    with pytest.raises(Fault):
        move("--dry-run", "--report", str(tmp_path / "none" / "a.csv"))
