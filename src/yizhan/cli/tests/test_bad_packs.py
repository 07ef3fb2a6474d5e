"""Whoever writes a bad pack is told by ``./yizhan packs check`` what is wrong and where, in either language, at once."""

from __future__ import annotations

import time
from argparse import Namespace
from contextlib import contextmanager

import pytest
from django.utils import translation

from yizhan.cli.commands import packs
from yizhan.cli.speech import Fault, tell
from yizhan.cli.tests.bad_packs import GAPS, TRAPS

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, settings, monkeypatch, capsys):
    """The command in one language, among packs of its own; its exit code and what it printed."""
    settings.PACKS = [tmp_path / "packs"]
    settings.PACKS[0].mkdir()

    @contextmanager
    def ready():  # the database stands already
        with translation.override(tell(en="en", zh="zh-hans")):
            yield

    monkeypatch.setattr(packs, "application", ready)
    monkeypatch.setattr(packs.frontend, "install_packages", lambda: None)
    monkeypatch.setattr(packs.typefaces, "install", lambda: None)

    def ran(language, verb):
        monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8" if language == "zh" else "en_GB.UTF-8")
        code = packs.run(Namespace(verb=verb, packs=[]))
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return code, printed.out

    ran.root = settings.PACKS[0]
    return ran


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fault_is_told_at_its_place_in_words_and_soon(run, language):
    for trap in TRAPS:
        trap.lay(run.root)
    began = time.process_time()
    code, printed = run(language, "check")
    assert time.process_time() - began < 20
    assert code == 1
    told = printed.splitlines()
    assert [trap for trap in TRAPS if not any(_tells(line, trap, language) for line in told)] == [], printed
    # nothing else is said to be wrong of a pack than what was done to it
    assert {line[2:].partition("/")[0] for line in told if line.startswith("✗")} == {
        one.code for one in TRAPS
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_gaps_and_overlaps_are_remarked_on_and_forbid_nothing(run, language):
    for trap in GAPS:
        trap.lay(run.root)
    code, printed = run(language, "check")
    assert code == 0
    for trap in GAPS:
        words = trap.zh if language == "zh" else trap.en
        assert any(
            line.startswith(f"! {trap.code}/{trap.place}: {words}") for line in printed.splitlines()
        ), printed


def test_none_of_them_is_published(run, capsys):
    by_code = {trap.code: trap for trap in TRAPS}
    by_code["many"].lay(run.root)
    with pytest.raises(Fault) as refused:
        run("zh", "publish")
    assert "没有发布任何内容" in str(refused.value)
    assert "states.check.cases[0].when: 计算步数超过 100000" in capsys.readouterr().out


def _tells(line, trap, language):
    """Whether a line is about the trap's place, in its words."""
    place = f"✗ {trap.code}/{trap.place}"
    return line.startswith((f"{place}:", f"{place} ")) and (trap.zh if language == "zh" else trap.en) in line
