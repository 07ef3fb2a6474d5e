"""The words of the pages on which a unit answers bad ratings 差评办理."""

from __future__ import annotations

from django.utils.translation import gettext as _


def title() -> str:
    """The title of the pages."""
    return _("差评办理")


def verified() -> str:
    """Said after the first step."""
    return _("核实情况已登记，请继续整改并答复。")


def rectified() -> str:
    """Said after the second step."""
    return _("答复已提交，评价人会收到通知。")
