"""The materials of an application as its receipt lists them 收件清单: each with what was received of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.cases import filed, naming
from yizhan.cases.application_form import form_of
from yizhan.cases.models import Case, Filing
from yizhan.cases.needed import Needed, held_in, needed


def received(case: Case, filing: Filing) -> list[tuple[str, str]]:
    """The materials that an application needs as it was filed, each with what came; without what was left out and may be."""
    form = form_of(case.release_id, case.item_id, filing.form)
    conditions = filed.conditions(form, filing.facts)
    wanted = needed(naming.item(case).materials, form, filing.data, conditions, held_in(filing.facts))
    return [(str(one.material.title), how(one)) for one in wanted if one.standing != "optional"]


def how(one: Needed) -> str:
    """What came of a material."""
    if one.held is not None:
        return _("库内已有，免提交")
    if one.standing == "handed_in":
        return came(one.files)
    return {"waived": _("免提交"), "later": _("可容缺后补")}.get(one.standing, _("未收"))


def came(files: int) -> str:
    """How many files came."""
    return _("已收 %(n)s 份") % {"n": files} if files else _("未收")
