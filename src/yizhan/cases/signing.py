"""Who signs a paper of a case 文书签发人: whoever takes the step that issues it, in the post that its definition names.

Nobody signs for anybody who did not let them: the word is the step itself, taken by the person, or on her behalf by whom
she lets act for her.
"""

from __future__ import annotations

from typing import TypedDict

from yizhan.cases.refusals import MustSign
from yizhan.cases.step import Step
from yizhan.identity.models import Appointment, Role, Unit
from yizhan.records.documents import Document
from yizhan.releases.models import definition
from yizhan.seals import signatories


class Signed(TypedDict):
    """What the errand of a paper keeps of who signs it."""

    appointment: int
    post: str
    name: str


def of(step: Step, release: int, template: str) -> Signed | None:
    """Who signs the paper that a step issues; None where its definition asks for nobody.

    Raises:
        MustSign: whoever steps does not hold that role in the unit of the case.
    """
    role = definition(release, "paper", template, Document).signed_by
    if not role:
        return None
    unit = Unit.objects.get(code=step.case.unit)
    whose = signatories.of(step.by) if step.by.is_staff and step.by.may(role, unit.path) else None
    if whose is None:
        found = Role.objects.filter(code=role).first()
        raise MustSign(str(found or role))
    return Signed(appointment=whose.pk, post=whose.post.title, name=whose.account.name)


def appointment(signed: Signed) -> Appointment:
    """In which post it is signed."""
    return Appointment.objects.select_related("post").get(pk=signed["appointment"])
