"""Verifying a paper 文书核验: five answers, each for itself.

(1) Is this the file that was issued. (2) Does every seal on it hold. (3) Do they cover the whole file. (4) Was each seal
to be used on it then. (5) Is the document in force. With the code alone the last two can be told; with the file in hand
all five, also where nobody has the code: a file that was issued is known by its bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yizhan.keys.models import Certificate
from yizhan.records import verification
from yizhan.records.models import Paper
from yizhan.records.verification import Verification
from yizhan.seals import examiners, signatories, vouching
from yizhan.seals.found import Examined, Found, Why
from yizhan.seals.models import Approval, Seal, Spell, Use

_POST = "seal__appointment__post"


class Misuse(StrEnum):
    """Why a seal was not to be used as it was."""

    UNKNOWN_SEAL = "unknown_seal"  # the certificate is no seal's of this district
    NO_USE = "no_use"  # the register of uses knows nothing of it
    OTHER_BYTES = "other_bytes"  # it was used on something else
    OTHER_UNIT = "other_unit"  # approved for one unit, sealed with another's
    OTHER_PERSON = "other_person"  # let come by one person, stamped with another's signature
    NOT_IN_POST = "not_in_post"  # a signature stamp's person did not hold the post at that time
    NOT_IN_USE = "not_in_use"  # suspended, lost, replaced or destroyed at that time
    WITHDRAWN = "withdrawn"  # the approval had been taken back


@dataclass(frozen=True)
class Used:
    """A seal as the register of uses has it, or as it was found on the file.

    Attributes:
        name: the seal's.
        misuse: why it was not to be used; None where it was.
        why: why it does not hold on the file in hand; None where it does, or where there is no file.
        signs_as: of a signature stamp the person's post at that time; empty for a seal of a unit.
    """

    name: str
    at: datetime | None
    misuse: Misuse | None
    why: Why | None = None
    signs_as: str = ""


@dataclass(frozen=True)
class Verified:
    """What is told of a paper.

    Attributes:
        paper: what the register of papers says of it.
        as_issued: whether the file in hand is the one; None without a file.
        examined: what is on the file in hand; None without one.
        seals: those on the file in hand, else those that the register knows.
    """

    paper: Verification
    as_issued: bool | None
    examined: Examined | None
    seals: tuple[Used, ...]

    @property
    def sealed(self) -> bool | None:
        """Whether every seal on the file holds; None without a file."""
        if self.examined is None:
            return None
        return bool(self.examined.seals) and all(one.why is None for one in self.examined.seals)

    @property
    def whole(self) -> bool | None:
        """Whether the seals cover all of the file; None without one."""
        return None if self.examined is None else self.examined.why is None

    @property
    def authorised(self) -> bool | None:
        """Whether each seal was to be used; None where there is none to speak of."""
        return all(one.misuse is None for one in self.seals) if self.seals else None

    @property
    def in_force(self) -> bool | None:
        """Whether the document holds; None where it is not known."""
        return None if self.paper.state == "unknown" else self.paper.state == "in force"


def by_code(code: str, factor: str = "") -> Verified:
    """What the code alone tells."""
    paper = verification.verify(code, factor)
    return Verified(paper, None, None, tuple(_registered(paper)))


def with_file(content: bytes, code: str = "", factor: str = "") -> Verified:
    """What code and file tell together, or the file alone.

    Raises:
        yizhan.seals.examiners.TooLong: the file could not be examined in time.
    """
    digest = hashlib.sha256(content).hexdigest()
    paper = verification.verify(code or verification.code_of(digest), factor)
    found = examiners.examine(content, vouching.trust())
    key = f"paper:{paper.paper}" if paper.paper else ""
    seals = tuple(_used(one, _use_with(one, key)) for one in found.seals)
    return Verified(paper, bool(paper.sha256) and digest == paper.sha256, found, seals)


def _used(found: Found, use: Use | None) -> Used:
    return Used(found.name, found.at, _misuse(found, use), found.why, _signs_as(use))


def _misuse(found: Found, use: Use | None) -> Misuse | None:
    if use is None:
        return Misuse.NO_USE if _is_ours(found.serial) else Misuse.UNKNOWN_SEAL
    if found.before and use.serials[found.serial] != found.before:
        return Misuse.OTHER_BYTES
    return _of_use(use)


def _registered(paper: Verification) -> list[Used]:
    if paper.paper is None:
        return []
    uses = Use.objects.filter(approval__document=Paper(pk=paper.paper).key).select_related("approval", _POST)
    return [
        Used(str(one.seal), one.at, _of_use(one), signs_as=_signs_as(one))
        for one in uses.order_by("at", "approval__at", "approval__kind")
    ]


def _signs_as(use: Use | None) -> str:
    """The post in which a person signed, as it is called."""
    appointment = use.seal.appointment if use is not None else None
    return str(appointment.post) if appointment is not None else ""


def _use_with(found: Found, document: str) -> Use | None:
    """The use of this certificate on these bytes; of several the one on this document."""
    mine = Use.objects.filter(serials__has_key=found.serial).select_related("approval__withdrawal", _POST)
    if document:
        return mine.filter(approval__document=document).first()
    return mine.filter(serials__contains={found.serial: found.before}).first()


def _of_use(use: Use) -> Misuse | None:
    approval: Approval = use.approval
    if approval.unit != use.seal.unit or approval.kind != use.seal.kind:
        return Misuse.OTHER_UNIT
    if approval.appointment_id != use.seal.appointment_id:
        return Misuse.OTHER_PERSON
    if use.seal.appointment is not None and not signatories.held(use.seal.appointment, use.at):
        return Misuse.NOT_IN_POST
    withdrawal = getattr(approval, "withdrawal", None)
    if withdrawal is not None and withdrawal.at <= use.at:
        return Misuse.WITHDRAWN
    state = (
        Spell.objects.filter(seal=use.seal, since__lte=use.at)
        .order_by("-since", "-id")
        .values_list("state", flat=True)
        .first()
    )
    return None if state == Spell.State.ACTIVE else Misuse.NOT_IN_USE


def _is_ours(serial: str) -> bool:
    holder = Certificate.objects.filter(serial=serial).values_list("holder", flat=True).first()
    return Seal.held_by(holder or "") is not None
