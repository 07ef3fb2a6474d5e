"""Whether a scenario can be asked of everybody: its section is there, and nobody could type a name into it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.cases.item import ItemDefinition
from yizhan.cases.scenario import WIDGETS
from yizhan.forms.sheet import Sheet
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.pack import Pack, Source


def check(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """What is wrong with the scenario, told at the item or at the question."""
    form = pack.of("form").get(item.handling.form)
    if item.scenario is None or form is None or not isinstance(form.model, Sheet):
        return
    keys = [section.key for section in form.model.sections]
    if item.scenario not in keys:
        words = _("表单里没有 %(key)s 这一部分") % {"key": item.scenario}
        yield source.fault("scenario", words, suggestion=did_you_mean(item.scenario, keys))
        return
    number = keys.index(item.scenario)
    for at, page in enumerate(form.model.sections[number].pages):
        for place, asked in enumerate(page.fields):
            if asked.bind is not None or asked.widget not in WIDGETS:
                words = _(
                    "情形引导不用登录，这里只能是选择、是否、数量一类的问题，不能带出登记信息或填写文字"
                )
                yield form.fault(f"sections[{number}].pages[{at}].fields[{place}]", words)
