"""The application form of an item as PDF 申请表: blank for everybody, filled in for those who may see the case.

It is no paper of the house: nobody issues or seals it, and no file of it is kept. A blank one is the same for everybody,
so a process remembers it; what was filed is set when somebody asks for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from yizhan.cases import printed_materials
from yizhan.cases.application import Application
from yizhan.cases.application_form import form_of
from yizhan.cases.item import ItemDefinition
from yizhan.forms import on_paper
from yizhan.forms.on_paper import Both, both
from yizhan.identity.models import Unit
from yizhan.records import printing, typesetting
from yizhan.records.serving import Made
from yizhan.records.sheets import Sheet
from yizhan.releases.models import definition, release
from yizhan.ui.dates import moment

_TEMPLATE = '#import "application.typ": *\n#application()\n'
_MOST = 128  # blank forms that a process remembers, some 100 kB each
_kept: dict[tuple[int, str, bool], Made] = {}
_setting = threading.Lock()


def is_applied_for(item: ItemDefinition) -> bool:
    """Whether anybody applies for it; the house opens the others by itself."""
    return item.handling.ways != ["house"]


def blank(
    release_id: int, code: str, *, two_languages: bool = False, first: Callable[[], None] = lambda: None
) -> Made:
    """The blank form; set once in a process for each release and language.

    Args:
        release_id: the release of the item.
        code: the item.
        two_languages: with the English beneath the Chinese.
        first: called before it is set, not where it is remembered; what it raises stops the press.

    Raises:
        yizhan.records.fonts.FontsMissing: no fonts are installed.
        yizhan.records.typesetting.TypesettingFailed: it cannot be set.
    """
    key = (release_id, code, two_languages)
    if found := _kept.get(key):
        return found
    with _setting:  # who comes meanwhile waits for this sheet, and sets no second one
        if found := _kept.get(key):
            return found
        first()
        made = _blank(release_id, code, two_languages)
        while len(_kept) >= _MOST:
            del _kept[next(iter(_kept))]
        _kept[key] = made
        return made


def filled(application: Application, *, two_languages: bool = False) -> Made:
    """What was filed with a case, as far as it is for whoever asks; the look is logged.

    Raises:
        yizhan.records.fonts.FontsMissing: no fonts are installed.
        yizhan.records.typesetting.TypesettingFailed: it cannot be set, such as for a character that no font has.
    """
    case, form, filing = application.case, application.form, application.filing
    item, added = application.item, application.supplemented_at
    with on_paper.in_chinese():
        sheet = application.on_paper()
    data = {
        **_head(item, case.unit),
        "qr": "",
        "number": case.number,
        "filed": {
            "name": case.subject_name,
            "at": both(lambda: moment(case.opened_at)),
            "added": both(lambda: moment(added)) if added else None,
            "how": _how(case.channel),
            "online": case.channel == "online",
        },
        "parts": on_paper.parts(form, sheet),
        "materials": printed_materials.filed(application.needed, on_paper.uploads(form, sheet)),
        "declared": on_paper.declared(form, sheet),
    }  # fmt: skip
    name = _("%(item)s申请表 %(number)s.pdf") % {"item": item.title, "number": case.number}
    told = {
        "item": item.code,
        "number": case.number,
        "filed_at": case.opened_at.isoformat(),
        "supplemented_at": added.isoformat() if added else None,
        "form": filing.form,
        "answers": application.data(),
        "schema": form.schema,
    }
    return Made(name, _set(data, told, filing.at, two_languages))


def _blank(release_id: int, code: str, two_languages: bool) -> Made:
    item = definition(release_id, "item", code, ItemDefinition)
    form = form_of(release_id, code)
    data = {
        **_head(item, item.unit),
        "qr": printing.qr(f"{settings.PUBLIC_ADDRESS}/items/{code}"),
        "number": "",
        "filed": None,
        "parts": on_paper.parts(form),
        "materials": printed_materials.wanted(item.materials, on_paper.uploads(form)),
        "declared": on_paper.declared(form),
    }
    told = {"item": code, "version": item.version, "schema": form.schema}
    at = release(release_id).published_at
    return Made(_("%(item)s空白申请表.pdf") % {"item": item.title}, _set(data, told, at, two_languages))


def _set(data: dict[str, Any], told: dict[str, Any], at: Any, two_languages: bool) -> bytes:
    paper = {"language": "both" if two_languages else "zh", "title": data["item"]["zh"]}
    return typesetting.house().pdf(Sheet(_TEMPLATE, at, data, paper, told))


def _head(item: ItemDefinition, unit: str) -> dict[str, Any]:
    found = Unit.objects.filter(code=unit).only("code", "name", "name_en").first()
    name = found.name if found else unit
    return {
        "item": on_paper.text(item.title),
        "code": item.basic_code or "",
        "version": item.version,
        "unit": {"zh": name, "en": (found.name_en if found else "") or name},
    }


def _how(channel: str) -> Both:
    return both(lambda: {"online": _("网上提交"), "window": _("窗口提交")}.get(channel, _("依职权办理")))
