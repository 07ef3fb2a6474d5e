"""When something is filled in on paper 填写情形: a condition in words, where nobody can be shown the next page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.feel import tree
from yizhan.forms.field import Field


def words(conditions: tuple[feel.Expression, ...], fields: Mapping[str, Field]) -> str:
    """Which answers make it necessary; in general words where they do not say so simply.

    Args:
        conditions: all of them must hold.
        fields: the questions of the form by path, whose labels are quoted.
    """
    said = [_said(part, fields) for one in conditions for part in _parts(one.tree)]
    if not said:
        return ""
    if "" in said:
        return _("有此情形的填写")
    return _("%(conditions)s的填写") % {"conditions": _("，并且").join(dict.fromkeys(said))}


def _parts(node: tree.Node) -> tuple[tree.Node, ...]:
    return node.parts if isinstance(node, tree.Logic) and node.word == "and" else (node,)


def _said(node: tree.Node, fields: Mapping[str, Field]) -> str:
    """One comparison of an answer with a value in words; empty for anything else."""
    if not isinstance(node, tree.Comparison) or not isinstance(node.right, tree.Constant):
        return ""
    asked = fields.get(_path(node.left))
    if asked is None:
        return ""
    value = node.right.value
    chosen = _chosen(asked, value)
    quoted = {"question": asked.label, "answer": chosen}
    if node.order in ("=", "!="):
        if not chosen:
            return ""
        if node.order == "=":
            return _("“%(question)s”选“%(answer)s”") % quoted
        return _("“%(question)s”不选“%(answer)s”") % quoted
    if isinstance(value, bool | str) or value is None:
        return ""
    number = {"question": asked.label, "n": value}
    return {
        ">=": _("“%(question)s”在 %(n)s 以上（含）"),
        ">": _("“%(question)s”超过 %(n)s"),
        "<=": _("“%(question)s”在 %(n)s 以下（含）"),
        "<": _("“%(question)s”不足 %(n)s"),
    }[node.order] % number


def _path(node: tree.Node) -> str:
    if isinstance(node, tree.Path):
        return f"{_path(node.source)}.{node.name}"
    return node.name if isinstance(node, tree.Name) else ""


def _chosen(asked: Field, value: object) -> str:
    """The words of an answer that is chosen and not typed; empty for others."""
    if isinstance(value, bool):
        return (_("是") if value else _("否")) if asked.sheet.widget == "yes_no" else ""
    known = {option.value: str(option.label) for option in asked.sheet.options}
    return known.get(value, "") if isinstance(value, str) else ""
