"""What a start makes beside the tables."""

import os
import time

import pytest

from yizhan.cli import beside, children
from yizhan.cli.speech import Fault


@pytest.fixture
def doing(monkeypatch):
    """Something is missing, and a line of the shell makes it."""
    monkeypatch.setattr(beside.frontend, "is_built", lambda: False)
    return lambda line: monkeypatch.setattr(beside, "_COMMAND", ["sh", "-c", line])


def test_where_nothing_is_missing_nothing_begins(monkeypatch, doing, tmp_path):
    doing(f"touch {tmp_path}/begun")
    for name in ("is_built", "has_packages"):
        monkeypatch.setattr(beside.frontend, name, lambda: True)
    monkeypatch.setattr(beside.typefaces, "is_done", lambda: True)
    with beside.Beside() as made:
        made.end()
    assert not (tmp_path / "begun").exists()


def test_what_it_says_is_said_when_it_is_waited_for(doing, capsys):
    doing("echo 公文以代用字体排版")
    with beside.Beside() as made:
        made.end()
    assert capsys.readouterr().out == "公文以代用字体排版\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("echo before; echo '✗ no network' >&2; exit 1", "^no network$"),
        ("echo '✗ no network' >&2; exit 1", "^no network$"),
        ("echo Traceback; echo 'OSError: [Errno 28] No space left on device'; exit 1", "disk is full"),
        ("kill -9 $$", "setup.log"),
    ],
)
def test_its_fault_is_that_of_the_start_in_one_sentence(doing, monkeypatch, tmp_path, capsys, line, told):
    monkeypatch.setattr(children, "LOGS", tmp_path)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    doing(line)
    with pytest.raises(Fault, match=told), beside.Beside() as made:
        made.end()
    assert capsys.readouterr().out == ""
    assert line in (tmp_path / "setup.log").read_text(), "what it wrote is kept"


def test_a_start_that_is_broken_off_leaves_nothing_of_it_running(doing, tmp_path):
    doing(f"sleep 600 & echo $! > {tmp_path}/pid; wait")
    with pytest.raises(KeyboardInterrupt), beside.Beside():
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            time.sleep(0.01)
        raise KeyboardInterrupt
    pid = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        for _ in range(200):
            os.kill(pid, 0)
            time.sleep(0.02)
