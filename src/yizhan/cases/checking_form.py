"""Whether an item's blank application form can be set, in Chinese and in both languages 空白申请表试排."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.cases import printed_form
from yizhan.cases.item import ItemDefinition
from yizhan.forms.form import Form
from yizhan.records import fonts, typesetting
from yizhan.records.sheets import Sheet
from yizhan.releases.faults import Fault
from yizhan.releases.pack import Source

_PLACE = "handling.form"


def check(source: Source, item: ItemDefinition, form: Form) -> Iterator[Fault]:
    """What the press says of it, so that an author hears it and not who wants to print the form."""
    if not printed_form.is_applied_for(item):
        return
    unit = {"zh": item.unit, "en": item.unit}
    told = [
        fault
        for two_languages in (False, True)
        for fault in _tried(
            source, printed_form.blank_sheet(item, form, unit, clock.now(), two_languages=two_languages)
        )
    ]
    yield from dict.fromkeys(told)


def _tried(source: Source, sheet: Sheet) -> Iterator[Fault]:
    try:
        for warning in typesetting.house().warnings(sheet):
            yield source.fault(_PLACE, warning, weight="warning")
    except fonts.FontsMissing as fault:
        yield source.fault(_PLACE, str(fault), suggestion=_("未能试排空白申请表"), weight="warning")
    except typesetting.TypesettingFailed as fault:
        yield source.fault(_PLACE, _("空白申请表排不出来：%(why)s") % {"why": fault})
