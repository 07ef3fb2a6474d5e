"""What the YAML reader complains of, in words for people who write packs, with what to do."""

from __future__ import annotations

from collections.abc import Callable

import yaml
from django.utils.translation import gettext as _

_Words = Callable[[], tuple[str, str]]

# By what the reader's own words begin with or hold; the first that fits is taken.
_KNOWN: tuple[tuple[str, _Words], ...] = (
    ("'\\t'", lambda: (_("这一行用了制表符"), _("缩进请用空格"))),
    ("'?'", lambda: (_("问号的位置不对"), _("花括号里带问号、冒号或逗号的文字要加引号"))),
    ("'%'", lambda: (_("文字不能以百分号开头"), _("请给整句加引号"))),
    ("'@'", lambda: (_("文字不能以 @ 开头"), _("请给整句加引号"))),
    ("'`'", lambda: (_("文字不能以反引号开头"), _("请给整句加引号"))),
    (
        "mapping values are not allowed",
        lambda: (_("这里不该有冒号"), _("带冒号的文字要加引号；或检查这一行和上一行的缩进")),
    ),
    ("could not find expected ':'", lambda: (_("键后面缺少冒号"), _("写成“键: 值”，冒号后留一个空格"))),
    (
        "expected ',' or '}'",
        lambda: (_("花括号没有写完整"), _("各项用逗号分开，以 } 结束；带逗号的文字要加引号")),
    ),
    (
        "expected ',' or ']'",
        lambda: (_("方括号没有写完整"), _("各项用逗号分开，以 ] 结束；带逗号的文字要加引号")),
    ),
    ("found unexpected end of stream", lambda: (_("引号没有写完整"), _("请补上右引号"))),
    ("expected <block end>", lambda: (_("缩进对不齐，或引号后面还有文字"), _("同一级的键左边要对齐"))),
    ("expected the node content", lambda: (_("这里缺少内容"), _('空文字请写成 ""'))),
    ("unknown escape character", lambda: (_("双引号里的反斜线写法不对"), _("请改用单引号，或写成 \\\\"))),
    ("found unhashable key", lambda: (_("键只能是文字"), "")),
    ("could not determine a constructor", lambda: (_("不允许使用标签（!）"), _("以 ! 开头的文字要加引号"))),
    (
        "but found another document",
        lambda: (_("一个文件只能写一份定义"), _("请删去 --- 以下的内容，或分成两个文件")),
    ),
)


def said(fault: yaml.MarkedYAMLError) -> tuple[str, str]:
    """Why a text is no YAML, and a suggestion; the reader's own words where it is a rare case."""
    original = " ".join(filter(None, (fault.context, fault.problem)))
    for mark, words in _KNOWN:
        if mark in original:
            return words()
    return fault.problem or fault.context or "", ""
