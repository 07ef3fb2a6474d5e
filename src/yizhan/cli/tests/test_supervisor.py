"""The supervisor keeps parts alive, gives up on one that never starts, and stops all."""

import signal
import subprocess
import sys
import time

import pytest

from yizhan.cli import parts
from yizhan.cli import supervisor as module
from yizhan.cli.parts import Program, end_group
from yizhan.cli.processes import is_alive
from yizhan.cli.speech import Fault
from yizhan.cli.supervisor import Supervisor


@pytest.fixture(autouse=True)
def _quick(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "_SHORTEST", 0.05)
    monkeypatch.setattr(module, "_TICK", 0.02)
    monkeypatch.setattr(parts, "LOGS", tmp_path / "logs")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def program(name: str, source: str) -> Program:
    return Program(name, [sys.executable, "-c", source], {})


def until(condition, patience=5.0):
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline
        yield


def test_a_part_that_ends_is_started_again(tmp_path, capsys):
    count = tmp_path / "starts"
    part = program("web", f"open({str(count)!r}, 'a').write('x')")
    watcher = Supervisor()
    watcher.add(part)
    for _ in until(lambda: count.exists() and len(count.read_text()) >= 3):
        watcher._look()
    watcher.stop()
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "web ended (code 0); starting again in 0.05 s."
    assert said[1] == "web ended (code 0); starting again in 0.1 s.", "each fall waits longer"


def test_a_part_that_never_starts_is_told_with_its_last_words():
    part = program("web", "import sys; sys.exit('no such module')")
    watcher = Supervisor()
    watcher.add(part)
    with pytest.raises(Fault, match="web did not start: no such module"):
        watcher.wait_until(lambda: False, part, patience=10)
    watcher.stop()


def test_a_part_that_never_answers_is_not_waited_for_forever():
    part = program("web", "import time; print('thinking', flush=True); time.sleep(60)")
    watcher = Supervisor()
    watcher.add(part)
    with pytest.raises(Fault, match="web did not start"):
        watcher.wait_until(lambda: False, part, patience=0.5)
    watcher.stop()


def test_a_signal_stops_everything():
    watcher = Supervisor()
    watcher.add(program("worker", "import time; time.sleep(60)"))
    pid = watcher._watched[0].process.pid
    signal.raise_signal(signal.SIGTERM)
    watcher.watch()
    watcher.stop()
    assert not is_alive(pid)


def test_children_of_a_killed_part_are_ended_too(tmp_path):
    child = tmp_path / "child"
    source = (
        "import subprocess, sys, time\n"
        f"open({str(child)!r}, 'w').write(str(subprocess.Popen(['sleep', '60']).pid))\n"
        "time.sleep(60)\n"
    )
    process = program("web", source).start()
    for _ in until(lambda: child.exists() and child.read_text()):
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert is_alive(int(child.read_text()))
    end_group(process)
    for _ in until(lambda: not is_alive(int(child.read_text()))):
        time.sleep(0.02)


def test_a_part_that_does_not_listen_is_ended_by_force(monkeypatch, capsys):
    source = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True)"
    part = program("worker", f"{source}; time.sleep(60)")
    monkeypatch.setattr(parts, "_PATIENCE", 0.3)
    process = part.start()
    for _ in until(lambda: part.log.stat().st_size):
        time.sleep(0.02)
    part.stop(process)
    assert process.wait(5) == -signal.SIGKILL


def test_a_log_is_shortened_without_losing_its_last_part(monkeypatch):
    monkeypatch.setattr(parts, "_LARGEST_LOG", 10)
    part = program("web", "")
    part.log.write_text("a long line that must go\n")
    part.shorten_log()
    assert part.log.read_text() == ""
    assert part.log.with_suffix(".log.1").read_text() == "a long line that must go\n"


def test_what_a_killed_supervisor_left_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "HOME", tmp_path)
    mine = subprocess.Popen(["sleep", "60"], env={"YIZHAN_HOME": str(tmp_path), parts.MARK: "web"})
    other = subprocess.Popen(["sleep", "60"], env={"YIZHAN_HOME": "/elsewhere", parts.MARK: "web"})
    parts.end_leftovers()
    assert mine.wait(5) == -signal.SIGTERM
    assert other.poll() is None
    other.kill()
    other.wait()
