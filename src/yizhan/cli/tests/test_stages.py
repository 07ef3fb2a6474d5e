"""A start does what has changed, and says what failed."""

import os

import pytest

from yizhan.cli import home, inside, stages
from yizhan.cli.environment import Database
from yizhan.cli.places import Stamp
from yizhan.cli.speech import Fault
from yizhan.cli.stages import Stage, Start

ENGLISH = {**os.environ, "LC_ALL": "en_GB.UTF-8"}
OWN = Database("postgresql://a:b@c/d", "postgresql://e:f@c/d")


def start(demo: str = "") -> Start:
    return Start(OWN, demo, {})


def test_stages_run_in_order_and_only_where_they_apply(monkeypatch, tmp_path, capsys):
    done = []
    monkeypatch.setattr(stages, "FILES", tmp_path / "files")
    monkeypatch.setattr(
        stages,
        "STAGES",
        (
            Stage(lambda _: done.append("tables"), en="tables", zh="数据表"),
            Stage(
                lambda _: done.append("demo"), en="demo", zh="演示区", applies=lambda start: bool(start.demo)
            ),
        ),
    )
    stages.run(start())
    assert done == ["tables"]
    stages.run(start("small"))
    assert done == ["tables", "tables", "demo"]
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["tables", "tables", "demo"]


def test_what_is_stamped_is_not_done_again(tmp_path):
    done = []
    for inputs in ("a", "a", "b"):
        stages._once(Stamp("published", inputs, tmp_path), lambda: done.append(1))
    assert len(done) == 2


def test_a_step_that_failed_is_done_again(tmp_path):
    def fail() -> None:
        raise Fault(en="no", zh="否")

    for _ in range(2):
        with pytest.raises(Fault):
            stages._once(Stamp("published", "a", tmp_path), fail)


def test_a_server_of_the_users_own_is_asked_each_time():
    done = []
    for _ in range(2):
        stages._once(None, lambda: done.append(1))
    assert len(done) == 2


def test_a_folder_keeps_the_kind_of_district_it_began_with(monkeypatch, tmp_path):
    monkeypatch.setattr(home, "DISTRICT", tmp_path / "district")
    assert home.district(empty=True) == "empty"
    home.keep_district("empty")
    assert home.district(empty=False) == "empty"
    home.keep_district("demo")
    assert home.district(empty=False) == "empty"


def test_an_empty_district_is_not_begun_over_a_demo(monkeypatch, tmp_path):
    monkeypatch.setattr(home, "DISTRICT", tmp_path / "district")
    home.keep_district("demo")
    with pytest.raises(Fault, match="holds the demo district"):
        home.district(empty=True)


def test_a_demo_is_not_brought_into_a_real_district(monkeypatch, tmp_path):
    monkeypatch.setattr(home, "DISTRICT", tmp_path / "district")
    home.require_demo()
    home.keep_district("empty")
    with pytest.raises(Fault, match="the demo is not loaded"):
        home.require_demo()


def test_a_rooms_refusal_is_its_own_sentence_and_other_failures_keep_their_words():
    with pytest.raises(Fault) as refused:
        inside.call(stages.LOAD_DEMO, "huge", environment=ENGLISH, speaking=True)
    assert str(refused.value) == "there is no scale huge; known: small, tenth, full"
    with pytest.raises(Fault, match="TypeError: .*details"):
        inside.call(stages.LOAD_DEMO, "one", "two", "too many", environment=dict(os.environ))


def test_a_command_stands_on_the_day_of_the_system_that_runs(monkeypatch, tmp_path):
    monkeypatch.setattr(home, "RUN", tmp_path)
    clock = {"YIZHAN_CLOCK": "2026-09-28T09:30", "YIZHAN_CLOCK_STARTED": "1"}
    with home.claimed("http://127.0.0.1:8000", clock):
        assert home.clock_of_the_running() == clock
    assert home.clock_of_the_running() == {}


def test_only_one_runs_in_a_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(home, "RUN", tmp_path)
    with home.claimed("http://127.0.0.1:8000"):
        assert home.is_running()
        with pytest.raises(Fault, match=r"http://127\.0\.0\.1:8000"), home.claimed("http://127.0.0.1:9000"):
            pass
    assert not home.is_running()
