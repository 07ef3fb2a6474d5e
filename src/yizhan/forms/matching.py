"""A question against its place in the schema 匹配: the widget fits, all choices have names."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.forms.schema import Spot, Wrong
from yizhan.forms.sheet import FieldSheet
from yizhan.forms.widgets import WIDGETS
from yizhan.releases.faults import did_you_mean


def against_schema(written: FieldSheet, spot: Spot) -> Iterator[Wrong]:
    """What the sheet says of a question and the schema contradicts."""
    widget = WIDGETS[written.widget]
    if not widget.fits(spot.schema):
        yield Wrong(
            "widget",
            _("控件 %(widget)s 与 schema 不合") % {"widget": written.widget},
            _("它需要 %(wants)s") % {"wants": widget.wants},
        )
    elif widget.choice:
        yield from _choices(written, spot)
    if "pattern" in spot.schema and written.wrong is None:
        yield Wrong("wrong", _("schema 写了 pattern，这里须说明不符合时的提示文字"))
    if written.widget in {"file", "group"} and "maxItems" not in spot.schema:
        yield Wrong("path", _("schema 须写明 maxItems，即最多几份或几行"))
    if spot.required and written.required is not None:
        yield Wrong("required", _("schema 已规定必填，不必再写条件"))


def of_widget(written: FieldSheet, *, in_row: bool) -> Iterator[Wrong]:
    """What a question says that its widget has no use for, or needs and does not find."""
    kind = written.widget
    for part, given, used in (
        ("options", written.options, WIDGETS[kind].choice),
        ("accept", written.accept, kind == "file"),
        ("largest", written.largest, kind == "file"),
        ("fields", written.fields, kind == "group"),
        ("row", written.row, kind == "group"),
    ):
        if given and not used:
            yield Wrong(part, _("控件 %(widget)s 不用这一项") % {"widget": kind})
    if kind == "select" and any(option.hint for option in written.options):
        yield Wrong("options", _("下拉框不显示选项的说明"), _("请改用 radios，或把说明写进 hint"))
    if kind == "group" and not written.fields:
        yield Wrong("fields", _("可增行须写明每一行的填写项"))
    if kind == "group" and in_row:
        yield Wrong("widget", _("可增行里不能再放可增行"))
    if written.bind is not None and in_row and written.bind.mode != "locked":
        yield Wrong("bind.mode", _("可增行里预填的项只能锁定"), _("请写 locked：逐行带出、不可改的项"))


def _choices(written: FieldSheet, spot: Spot) -> Iterator[Wrong]:
    listed = spot.schema["items"] if written.widget == "checkboxes" else spot.schema
    offered, allowed = [option.value for option in written.options], [str(value) for value in listed["enum"]]
    for number, value in enumerate(offered):
        place = f"options[{number}].value"
        if value not in allowed:
            message = _("schema 的 enum 里没有 %(value)s") % {"value": value}
            yield Wrong(place, message, did_you_mean(value, allowed))
        if value in offered[:number]:
            yield Wrong(place, _("选项 %(value)s 出现两次") % {"value": value})
    for value in allowed:
        if value not in offered:
            yield Wrong("options", _("缺少选项 %(value)s 的文字") % {"value": value})
