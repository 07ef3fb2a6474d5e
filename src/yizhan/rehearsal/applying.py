"""Handing the application of a journey in 申请: at home or at a window, by the verbs that pages call."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from yizhan.cases import attachments, catalogue, drafts, intake
from yizhan.cases.drafts import Desk
from yizhan.forms.paths import Data, put
from yizhan.identity import scope
from yizhan.identity.actor import Actor
from yizhan.records import files
from yizhan.registry import entities, finding
from yizhan.registry.models import Entity, Person
from yizhan.registry.purposes import Reason
from yizhan.rehearsal import scans
from yizhan.rehearsal.cast import Cast
from yizhan.rehearsal.definition import Applying
from yizhan.rehearsal.failure import Failed


def apply(cast: Cast, one: Applying) -> str:
    """Fill in the form and hand it in; the number of the case.

    Raises:
        Refusal: it cannot be handed in.
        Failed: nobody is found at the window.
    """
    subject = cast.subjects[one.for_ or one.by]
    with cast.acting(one.by) as actor:
        if actor.is_staff:
            _found_at_window(subject)
        desk = drafts.begin(catalogue.get(cast.item.code), by=actor, subject=subject)
        drafts.save(desk, laid_over(desk.draft.data, one.form))
        _attach(desk, one)
        return intake.submit(desk, by=actor, command=uuid.uuid4())


def laid_over(data: Data, changes: dict[str, Any]) -> Data:
    """Answers with others laid over them: objects grow together, rows one by one, all else is replaced."""
    return data | {key: _over(data.get(key), value) for key, value in changes.items()}


def _over(mine: Any, value: Any) -> Any:
    if isinstance(mine, dict) and isinstance(value, dict):
        return laid_over(mine, value)
    if _are_rows(mine) and _are_rows(value):  # of a group, such as the household that the register knows
        both = [laid_over(row, change) for row, change in zip(mine, value, strict=False)]
        return both + mine[len(value) :] + value[len(mine) :]
    return value


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def file_for(actor: Actor, owner: str, title: str) -> str:
    """Keep an invented scan; its id."""
    upload = SimpleUploadedFile(f"{title}.pdf", scans.page(), "application/pdf")
    return str(files.keep(upload, by=actor.key, owner=owner, account=actor.account_id).id)


def _attach(desk: Desk, one: Applying) -> None:
    if one.files == "needed":
        wanted = [n.material.at for n in desk.needed if n.standing == "wanted" and n.material.at]
    else:
        wanted = list(one.files)
    data: Data = dict(desk.draft.data)
    for path in wanted:
        put(data, path, [file_for(desk.by, attachments.owner_of(desk), path)])
    if wanted:
        drafts.save(desk, data)


def _found_at_window(subject: str) -> None:
    """A clerk looks up who stands there, by what the documents say."""
    purpose = Reason(_("窗口收件（演练）"))
    kind, _colon, key = subject.partition(":")
    with scope.service():
        known = Person.objects.get(id=key) if kind == "person" else Entity.objects.get(uscc=key)
    if isinstance(known, Person):
        state = finding.exact(known.name, known.id_number, purpose=purpose).outcome.value
    else:
        state = entities.find(known.uscc, known.name, purpose=purpose).state
    if state != "found":
        raise Failed("applies.by", _("窗口没有查到申请人：%(state)s") % {"state": state})
