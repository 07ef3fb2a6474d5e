"""The engines of the flow benchmark answer alike, and what they are compared with is what it says it is."""

from __future__ import annotations

import io
import json
from datetime import datetime

import pytest

from tests.benchmarks import hand_rows
from tests.benchmarks.rig import peers
from tests.benchmarks.rig.flow import form, pack
from tests.benchmarks.rig.flow.answering import answer
from yizhan.releases.pack import read


def asked(monkeypatch, capsys, *lines: str) -> list[object]:
    """What an engine of two steps and one more for each department answers."""

    def walk(departments):
        yield "start"
        yield from (f"review {place}" for place in range(departments))
        yield "timer"

    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    answer(walk, colour=lambda: "red")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_engine_tells_its_questions_and_what_its_cases_took(monkeypatch, capsys):
    questions, colour, took = asked(monkeypatch, capsys, "colour", "3 4")
    assert (questions, colour) == (["colour"], "red")
    wall, cpu, steps = took
    assert steps == 4 * 5
    assert wall > 0
    assert cpu > 0


def test_a_case_is_walked_step_by_step_while_somebody_looks(monkeypatch, capsys):
    told = asked(monkeypatch, capsys, "step 1", "on", "on", "on", "colour")
    assert told[1:] == ["start", "review 0", "timer", None, "red"]


def test_by_hand_a_weekend_is_not_counted():
    friday = datetime(2026, 11, 20, 15, tzinfo=hand_rows.ZONE)
    assert hand_rows.end_of(friday, 1).isoformat() == "2026-11-23T18:00:00+08:00"
    assert hand_rows.end_of(friday, 6).date().isoformat() == "2026-11-30"


@pytest.mark.django_db
def test_the_measured_process_is_a_pack_without_errors(tmp_path):
    written = read(pack.write(tmp_path, 3))
    assert written.errors == []
    assert [form.unit(number) for number in range(3)] == ["flow-00", "flow-01", "flow-02"]
    assert "flow-02" in json.dumps(written.content())


def test_the_form_has_23_fields():
    assert sum(len(page) for page in form.DATA.values()) == 23


def test_peers_are_pinned():
    assert peers.version("SpiffWorkflow").startswith("3.2.")
    with pytest.raises(ValueError, match="none of the peers"):
        peers.version("django")
