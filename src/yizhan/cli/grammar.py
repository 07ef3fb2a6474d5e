"""What argparse itself says 命令行提示, in the language of the terminal.

It asks gettext for its own words by two names of its module. Python brings no Chinese for them, so the two are
answered from here; what stands in no line is said in English.
"""

from __future__ import annotations

import argparse

from yizhan.cli.speech import tell

_PAIRS = (
    ("用法：", "usage: "),
    ("参数", "positional arguments"),
    ("选项", "options"),
    ("%(heading)s：", "%(heading)s:"),
    ("显示本帮助后退出", "show this help message and exit"),
    ("%(prog)s：%(message)s\n", "%(prog)s: error: %(message)s\n"),
    ("%(prog)s：请注意，%(message)s\n", "%(prog)s: warning: %(message)s\n"),
    ("参数 %(argument_name)s：%(message)s", "argument %(argument_name)s: %(message)s"),
    ("缺少参数：%s", "the following arguments are required: %s"),
    ("须从这些参数中选填一个：%s", "one of the arguments %s is required"),
    ("无法识别的参数：%s", "unrecognized arguments: %s"),
    ("不能与参数 %s 同时使用", "not allowed with argument %s"),
    ("选项 %(option)s 不明确，可能是 %(matches)s", "ambiguous option: %(option)s could match %(matches)s"),
    ("此处不应带值 %r", "ignored explicit argument %r"),
    ("没有 %(value)r 这个选择，可选：%(choices)s", "invalid choice: %(value)r (choose from %(choices)s)"),
    ("取值 %(value)r 无效", "invalid %(type)s value: %(value)r"),
    ("没有 %(parser_name)r，可选：%(choices)s", "unknown parser %(parser_name)r (choices: %(choices)s)"),
    ("后面须有一个值", "expected one argument"),
    ("后面至少须有一个值", "expected at least one argument"),
    ("后面至多有一个值", "expected at most one argument"),
    ("后面须有 %s 个值", "expected %s argument"),
    ("后面须有 %s 个值", "expected %s arguments"),
    ("无法打开 %(filename)s：%(error)s", "can't open '%(filename)s': %(error)s"),
)
_CHINESE = {english: chinese for chinese, english in _PAIRS}


def bilingual() -> None:
    """From now on argparse speaks the terminal's language in this process."""
    vars(argparse).update(_=_said, ngettext=_counted)


def _said(english: str) -> str:
    return tell(en=english, zh=_CHINESE.get(english, english))


def _counted(one: str, many: str, number: int) -> str:
    return _said(one if number == 1 else many)
