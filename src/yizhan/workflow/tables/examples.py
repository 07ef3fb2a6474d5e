"""Worked examples 示例: whether a decision came out as an example says."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.workflow.facts import typed
from yizhan.workflow.problems import Problem
from yizhan.workflow.tables.decision import Decision, Verdict
from yizhan.workflow.tables.definition import ExampleDefinition


def example_problems(path: str, example: ExampleDefinition, decision: Decision) -> Iterator[Problem]:
    """What came out otherwise than an example says."""
    if decision.verdict != example.verdict:
        said = " · ".join(str(words) for words in decision.explain())
        words = {"wanted": _told(Verdict(example.verdict)), "got": _told(decision.verdict)}
        yield Problem(path, _("应得 %(wanted)s，实得 %(got)s") % words, said)
        return
    for name, wanted in example.expect.items():
        if name not in decision.outputs:
            yield Problem(f"{path}.expect.{name}", _("结果里没有 %(name)s") % {"name": name})
            continue
        got = decision.outputs[name]
        if not _same(got, wanted):
            words = {"wanted": wanted, "got": feel.text_of(got)}
            yield Problem(f"{path}.expect.{name}", _("应为 %(wanted)s，实为 %(got)s") % words)


def _told(verdict: Verdict) -> str:
    """A verdict as an example writes it, and what that means."""
    meant = {
        Verdict.DECIDED: _("有结论"),
        Verdict.NO_RULE: _("没有规则成立"),
        Verdict.CONFLICT: _("规则相互冲突"),
        Verdict.MISSING: _("缺少必需的值"),
        Verdict.FAULTY: _("计算出错"),
    }[verdict]
    return _("%(key)s（%(meant)s）") % {"key": verdict.value, "meant": meant}


def _same(got: feel.Value, wanted: object) -> bool:
    """Equal, where a date or duration may be written as text."""
    known, _unfit = typed(wanted, "any")
    if isinstance(known, str) and not isinstance(got, str):
        return feel.text_of(got) == known
    return got == known
