"""The application form of an item as PDF 申请表: blank for everybody, filled in for those who may see the case.

It is no paper of the house: nobody issues or seals it, and no file of it is kept. A blank one is the same for everybody,
so a process remembers it; what was filed is set when somebody asks for it, with a mark for a character that no font has.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from yizhan.cases import naming, printed_materials
from yizhan.cases.application import Application
from yizhan.cases.application_form import form_of
from yizhan.cases.item import ItemDefinition
from yizhan.forms import on_paper
from yizhan.forms.form import Form
from yizhan.forms.paper_words import Both, both, in_chinese, text
from yizhan.identity.models import Unit
from yizhan.records import gaps, printing, typesetting
from yizhan.records.sheets import Sheet
from yizhan.records.shelf import Made, Shelf
from yizhan.releases.models import definition, release
from yizhan.ui.dates import moment

_TEMPLATE = '#import "application.typ": *\n#application()\n'
shelf = Shelf()
"""The blank forms that this process remembers."""


def is_applied_for(item: ItemDefinition) -> bool:
    """Whether anybody applies for it; the house opens the others by itself."""
    return item.handling.ways != ["house"]


def blank(
    release_id: int, code: str, *, two_languages: bool = False, first: Callable[[], None] = lambda: None
) -> Made:
    """The blank form; set once in a process for each release, language and name of the unit.

    Args:
        release_id: the release of the item.
        code: the item.
        two_languages: with the English beneath the Chinese.
        first: called before it is set, not where it is remembered; what it raises stops the press.

    Raises:
        yizhan.records.fonts.FontsMissing: no fonts are installed.
        yizhan.records.typesetting.TypesettingFailed: it cannot be set, or others are setting it for too long.
    """
    item = definition(release_id, "item", code, ItemDefinition)
    unit = _named(item.unit)
    key = (release_id, code, two_languages, *unit.values())

    def make() -> Made:
        form, at = form_of(release_id, code), release(release_id).published_at
        name = _("%(item)s空白申请表.pdf") % {"item": item.title}
        return Made(
            name, typesetting.house().pdf(blank_sheet(item, form, unit, at, two_languages=two_languages))
        )

    return shelf.get(key, make, first=first)


def blank_sheet(item: ItemDefinition, form: Form, unit: Both, at: datetime, *, two_languages: bool) -> Sheet:
    """The blank form as it goes to the press; ``unit`` is the name of whoever handles it."""
    data = {
        **_head(item, unit),
        "qr": printing.qr(f"{settings.PUBLIC_ADDRESS}/items/{item.code}"),
        "number": "",
        "filed": None,
        "parts": on_paper.parts(form),
        "materials": printed_materials.wanted(item.materials, on_paper.uploads(form)),
        "declared": on_paper.declared(form),
    }
    told = {"item": item.code, "version": item.version, "schema": form.schema}
    return _sheet(data, told, at, two_languages)


def filled(application: Application, *, two_languages: bool = False) -> Made:
    """What was filed with a case, as far as it is for whoever asks; the look is logged.

    Raises:
        yizhan.records.fonts.FontsMissing: no fonts are installed.
        yizhan.records.typesetting.TypesettingFailed: it cannot be set.
    """
    case, form, filing = application.case, application.form, application.filing
    item, added = application.item, application.supplemented_at
    with in_chinese():
        sheet = application.on_paper()
    data = {
        **_head(item, _named(case.unit)),
        "qr": "",
        "number": case.number,
        "filed": {
            "name": case.subject_name,
            "at": both(lambda: moment(case.opened_at)),
            "added": both(lambda: moment(added)) if added else None,
            "how": both(lambda: naming.channel(case.channel)),
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
    return Made(name, gaps.pdf(_sheet(data, told, filing.at, two_languages)))


def _sheet(data: dict[str, Any], told: dict[str, Any], at: datetime, two_languages: bool) -> Sheet:
    paper = {"language": "both" if two_languages else "zh", "title": data["item"]["zh"]}
    return Sheet(_TEMPLATE, at, data, paper, told)


def _head(item: ItemDefinition, unit: Both) -> dict[str, Any]:
    return {
        "item": text(item.title),
        "code": item.basic_code or "",
        "version": item.version,
        "unit": unit,
    }


def _named(code: str) -> Both:
    found = Unit.objects.filter(code=code).only("code", "name", "name_en").first()
    name = found.name if found else code
    return {"zh": name, "en": (found.name_en if found else "") or name}
