"""One page, several acts: which form was sent, what its verb said, what stays typed after a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from yizhan.desk import late
from yizhan.identity.actor import Actor
from yizhan.identity.faults import Refused
from yizhan.identity.middleware import Known


class Act(forms.Form):
    """One act of administration: what it asks, and the verb that it carries out."""

    def __init__(self, *args: Any, about: Any, by: Actor, typed_by: str = "", **more: Any) -> None:
        self.about, self.by, self.typed_by = about, by, typed_by
        more.setdefault("initial", self.present(about))
        super().__init__(*args, **more)
        for field in self.fields.values():
            field.error_messages["required"] = _("请填写“%(label)s”") % {"label": field.label}

    @staticmethod
    def present(about: Any) -> dict[str, Any]:
        """What stands in the fields before anybody types."""
        return {}

    def carry_out(self) -> str:
        """Do it; what to tell afterwards.

        Raises:
            Refused: the verb refuses it; nothing was changed.
        """
        raise NotImplementedError


class RefusedAt(Refused):
    """The verb refuses what stands in one field."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass
class Acts:
    """The acts of a page.

    Attributes:
        told: set when one of them was carried out.
        again: one of them was sent after the log-in had run out, and stands here as it was typed.
    """

    forms: dict[str, Act]
    status: int = 200
    told: str | None = None
    again: bool = False

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Id of the field and words, for the summary on top of the page."""
        return [
            (form[name].id_for_label if name in form.fields else f"act-{act}", str(word))
            for act, form in self.forms.items()
            if form.is_bound
            for name, words in form.errors.items()
            for word in words
        ]


def asked(request: Known, kinds: Mapping[str, type[Act]], about: Any = None) -> Acts:
    """The forms of a page; on a POST the one that was sent is carried out.

    Raises:
        Http404: an act that the page does not have.
    """
    sent = request.POST.get("act", "") if request.method == "POST" else ""
    if request.method == "POST" and sent not in kinds:
        raise Http404
    typed = late.typed(request)
    shown = sent or (typed.get("act", "") if typed else "")
    whose = late.mark(request)
    acts = Acts(
        {
            name: kind(
                *((typed or request.POST, request.FILES) if name == shown else ()),
                about=about,
                by=request.actor,
                typed_by=whose,
                prefix=name,
            )
            for name, kind in kinds.items()
        },
        again=typed is not None and shown in kinds,
    )
    if sent:
        _carry_out(acts, acts.forms[sent])
    return acts


def _carry_out(acts: Acts, form: Act) -> None:
    if not form.is_valid():
        acts.status = 422
        return
    try:
        with transaction.atomic():
            acts.told = form.carry_out()
    except RefusedAt as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        acts.status = 422
    except Refused as refused:
        form.add_error(None, str(refused))
        acts.status = 409
