"""Commands are found because their file exists; what a person gets wrong is one sentence."""

import subprocess
import sys
from argparse import ArgumentParser

import pytest

from yizhan.cli import __main__ as dispatcher
from yizhan.cli.speech import Fault


@pytest.mark.parametrize("name", dispatcher.names())
def test_every_file_keeps_the_contract(name):
    command = dispatcher.load(name)
    parser = ArgumentParser(allow_abbrev=False)
    command.arguments(parser)
    assert callable(command.run)
    assert dispatcher.summary(name) == command.help


def test_the_overview_lists_every_command(capsys):
    assert dispatcher.main([]) == 0
    listed = capsys.readouterr().out
    for name in dispatcher.names():
        assert f"  {name} " in listed


def test_an_unknown_command_is_one_sentence(capsys):
    assert dispatcher.main(["ups"]) == 1
    assert capsys.readouterr().err == "✗ There is no command ups; ./yizhan --help lists them.\n"


def test_a_fault_becomes_its_sentence_and_exit_code_1(capsys, monkeypatch):
    def fail(_: object) -> int:
        raise Fault(en="The disk is full.", zh="磁盘已满。")

    monkeypatch.setattr(dispatcher.load("lock"), "run", fail)
    monkeypatch.setattr(dispatcher.packages, "ensure", lambda _: None)
    assert dispatcher.main(["lock"]) == 1
    assert capsys.readouterr().err == "✗ The disk is full.\n"


def test_an_unknown_argument_is_refused_unless_the_command_passes_it_on(capsys, monkeypatch):
    monkeypatch.setattr(dispatcher.packages, "ensure", lambda _: None)
    with pytest.raises(SystemExit):
        dispatcher.main(["lock", "--nonsense"])
    given = []
    monkeypatch.setattr(dispatcher.load("test"), "run", lambda options: given.append(options.rest) or 0)
    assert dispatcher.main(["test", "-k", "clock", "src"]) == 0
    assert given == [["-k", "clock", "src"]]


@pytest.mark.parametrize(
    ("line", "english", "chinese"),
    [
        (["restore"], "the following arguments are required: file", "缺少参数：file"),
        (
            ["demo", "load", "--scale", "huge"],
            "invalid choice: 'huge'",
            "没有 'huge' 这个选择，可选：'small'",
        ),
        (["demo", "show"], "argument verb: invalid choice: 'show'", "参数 verb：没有 'show' 这个选择"),
        (["up", "--port", "web"], "invalid int value: 'web'", "取值 'web' 无效"),
        (["up", "--port"], "expected one argument", "后面须有一个值"),
        (["up", "--nonsense", "1"], "unrecognized arguments: --nonsense 1", "无法识别的参数：--nonsense 1"),
        (["up", "--empty=1"], "ignored explicit argument '1'", "此处不应带值 '1'"),
    ],
)
def test_what_is_typed_wrongly_is_told_in_the_terminals_language(capsys, monkeypatch, line, english, chinese):
    monkeypatch.setattr(dispatcher.packages, "ensure", lambda _: None)
    for language, begins, words in (
        ("en_GB", "usage: ./yizhan ", english),
        ("zh_CN", "用法：./yizhan ", chinese),
    ):
        monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")
        with pytest.raises(SystemExit) as ended:
            dispatcher.main(line)
        assert ended.value.code == 2
        told = capsys.readouterr().err
        assert told.startswith(begins)
        assert words in told
        assert language == "en_GB" or "error" not in told


def test_help_is_wholly_chinese_in_a_chinese_terminal(capsys, monkeypatch):
    monkeypatch.setattr(dispatcher.packages, "ensure", lambda _: None)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit):
        dispatcher.main(["backup", "--help"])
    told = capsys.readouterr().out
    for words in ("用法：./yizhan backup", "参数", "选项", "显示本帮助后退出"):
        assert words in told
    for words in ("usage", "arguments", "options:", "show this"):
        assert words not in told


@pytest.mark.parametrize("module", ["yizhan.cli.__main__", "yizhan.cli.commands.up"])
def test_what_starts_and_watches_imports_neither_rooms_nor_drivers(module):
    """The supervisor stays small: no models, no ORM, no PostgreSQL driver."""
    heavy = "{'django.db', 'django.apps', 'psycopg', 'jinja2', 'babel'}"
    program = f"import sys, {module}; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
