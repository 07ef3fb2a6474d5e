"""The machinery of the benchmarks, without their time: accounting, ratios, the empty page, the copies of services."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import ArgumentParser, Namespace

import pytest
from allauth.mfa.totp.internal import auth as totp

from tests.benchmarks.rig import cpu, empty_page, knocking, rounds, services
from tests.benchmarks.rig.empty_page import EmptyPage
from tests.benchmarks.rig.rounds import Turn
from tests.benchmarks.rig.visitor import Refused, Visitor
from yizhan.cli import helps
from yizhan.cli.commands import bench
from yizhan.cli.report import Report
from yizhan.cli.speech import Fault
from yizhan.releases import pack

BUSY = "import time\nwhile time.process_time() < 0.4: pass\nprint('done', flush=True)\ninput()"


def test_processor_time_is_what_a_process_used_and_not_what_it_waited():
    with subprocess.Popen(
        [sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "done\n"
        spent = cpu.used([child.pid])
        assert 0.35 < spent < 0.8
        assert abs(cpu._by_the_tick(child.pid) - spent) < 0.1
        child.communicate("\n")
    assert cpu.used([child.pid]) == 0


def turn(*seconds: float) -> Turn:
    made = Turn("page", lambda: None, tuple)
    for one in seconds:
        made.keep([(one, one, one)])
    return made


def test_a_ratio_is_the_median_of_rounds_each_against_the_unit_of_its_own_round():
    unit, page = turn(1, 2, 4), turn(10, 20, 800)
    assert unit.seconds == [2, 4, 8], "web and database together"
    assert rounds.ratio(page, unit) == 10
    assert rounds.milliseconds(unit.web_seconds) == 2000


def test_every_turn_comes_as_often_as_another_one_and_not_always_first():
    came: list[str] = []
    turns = [Turn(name, lambda name=name: came.append(name), tuple) for name in "abc"]
    rounds.take(turns, rounds=3, times=2)
    assert {name: came.count(name) for name in "abc"} == {"a": 6, "b": 6, "c": 6}
    assert {came[0], came[6], came[12]} == {"a", "b", "c"}
    assert all(len(one.seconds) == 3 for one in turns)


def test_the_empty_page_costs_something_and_is_one_of_itself(tmp_path, capsys):
    report = Report("rig", folder=tmp_path)
    with EmptyPage(tmp_path / "empty", workers=1) as empty:
        visitor = Visitor(empty.address)
        unit, same = (
            Turn(name, lambda: visitor.page(empty_page.PATH, "Hello"), empty.pids)
            for name in ("unit", "same")
        )
        rounds.take([unit, same], rounds=3, times=10)
        with pytest.raises(Refused, match="is not in it"):
            visitor.page(empty_page.PATH, "Goodbye")
        with pytest.raises(Refused, match="404"):
            visitor.page("/elsewhere")
        visitor.close()
    assert all(0 < seconds < 0.1 for seconds in unit.seconds)
    report.at_most("same", rounds.ratio(same, unit), 5, "empty pages")
    assert report.close() == 0
    assert "1 of 1 hold" in capsys.readouterr().out
    assert json.loads((tmp_path / "rig.json").read_text())["figures"][0]["holds"] is True


def test_the_visitor_s_code_is_the_one_that_the_product_accepts():
    secret = knocking.secret_of("bench.many")
    expected = {
        totp.format_hotp_value(totp.hotp_value(secret, n)) for n in totp.yield_hotp_counters_from_time()
    }
    assert {knocking.code_of("bench.many", step=step) for step in (-1, 0, 1)} == expected


@pytest.mark.django_db
def test_a_copied_service_is_a_pack_without_errors_under_its_own_code(tmp_path):
    services.written(tmp_path / "service007", "service007", "服务007", "Service 007")
    copy = pack.read(tmp_path / "service007")
    assert copy.errors == []
    assert list(copy.of("item")) == ["service007"]
    assert "elderly_allowance" not in json.dumps(copy.content())


@pytest.mark.parametrize("name", bench.names())
def test_every_benchmark_keeps_the_contract(name):
    benchmark = bench.load(name)
    benchmark.arguments(ArgumentParser())
    assert callable(benchmark.run)
    assert helps.summary(helps.file_of(bench.FOLDER, name)) == benchmark.help


def test_they_are_listed_and_a_wrong_name_is_said(capsys):
    assert bench.run(Namespace(list=True, name="", rest=[])) == 0
    listed = capsys.readouterr().out
    assert "  pages " in listed
    assert "  login " in listed
    assert "test" not in listed
    with pytest.raises(Fault, match="no benchmark pgaes"):
        bench.run(Namespace(list=False, name="pgaes", rest=[]))
