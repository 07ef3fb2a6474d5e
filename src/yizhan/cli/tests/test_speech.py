"""Sentences follow the language of the terminal."""

import pytest

from yizhan.cli.speech import Fault, step, tell


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "好"),
        ({"LANG": "en_US.UTF-8"}, "good"),
        ({}, "good"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "good"),
        ({"LANG": "C.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "好"),
    ],
)
def test_the_first_variable_that_is_set_decides(monkeypatch, variables, said):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert tell(en="good", zh="好") == said
    assert str(Fault(en="good", zh="好")) == said


def test_a_step_tells_how_it_ended_and_how_long_it_took(capsys):
    with step(en="tables", zh="数据表"):
        pass
    with pytest.raises(Fault), step(en="packs", zh="应用包"):
        raise Fault(en="no", zh="否")
    first, second = capsys.readouterr().out.splitlines()
    assert first == "  ✓ tables  0.0 s"
    assert second == "  ✗ packs  0.0 s"
