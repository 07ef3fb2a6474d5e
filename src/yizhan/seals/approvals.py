"""Approving that a seal is used 用印批准: for one document, by its digest, once."""

from __future__ import annotations

from django.db import transaction

from yizhan import journal
from yizhan.database.rows import entered, new
from yizhan.identity.models import Appointment
from yizhan.journal import writing
from yizhan.journal.models import News
from yizhan.records.models import Paper
from yizhan.seals import locking
from yizhan.seals.faults import ApprovedOtherwise, SignedByAnother, UsedUp
from yizhan.seals.models import Approval, ApprovalWithdrawal, Seal, Use


def of_unit(paper: Paper, *, unit: str, kind: str, by: str, why: str) -> Approval:
    """That a unit's seal may come on a paper, still to be given: in the transaction that issues it.

    Args:
        paper: what is sealed; the approval is for what it says and nothing else.
        unit: the code of the unit whose seal it is.
        kind: which of its seals.
        by: who approves, as the journal names them.
        why: what makes them do so: the step, the decision.
    """
    return of_any(paper.key, paper.digest, unit=unit, kind=kind, by=by, why=why, called=str(paper))


def of_person(paper: Paper, *, whose: Appointment, by: str, why: str) -> Approval:
    """The same for a person's signature stamp: her own word, or of whom she lets act.

    Args:
        paper: what is signed; the approval is for what it says and nothing else.
        whose: the person in the post in which she signs.
        by: who approves, as the journal names them; ``why`` what makes them do so.
    """
    return of_any(
        paper.key, paper.digest, unit=whose.post.unit_id, kind=Seal.Kind.SIGNATURE, by=by, why=why,
        called=str(paper), whose=whose,
    )  # fmt: skip


def of_any(
    document: str,
    digest: str,
    *,
    unit: str,
    kind: str,
    by: str,
    why: str,
    called: str = "",
    whose: Appointment | None = None,
) -> Approval:
    """The same for any document: its key, the SHA-256 of what is approved, its title and number."""
    made: Approval = new(
        Approval,
        document=document,
        called=called[:330],
        digest=digest,
        unit=unit,
        kind=kind,
        by=by,
        why=why[:400],
        appointment=whose,
    )
    return made


def give(made: Approval) -> Approval:
    """Write an approval with its news; where its document has one for this seal already, that one stands.

    Raises:
        SignedByAnother: another person's stamp comes on it.
        ApprovedOtherwise: other bytes were approved.
    """
    if entered(made, once="document, unit, kind"):
        writing.tell(news_of(made))
        return made
    known = Approval.objects.get(document=made.document, unit=made.unit, kind=made.kind)
    is_hers = known.appointment_id == made.appointment_id
    if known.appointment is not None and not is_hers:
        raise SignedByAnother(known.appointment.account.name)
    if known.digest != made.digest or not is_hers:
        raise ApprovedOtherwise
    return known


def news_of(approval: Approval) -> News:
    """That it was given, for whoever writes it with other rows."""
    said = {"unit": approval.unit, "seal_kind": approval.kind, "digest": approval.digest}
    return writing.line("seal.approved", subject=approval.document, actor=approval.by, data=said)


def withdraw(approval: Approval, *, by: str, why: str) -> ApprovalWithdrawal:
    """Take an approval back before the seal came on.

    Raises:
        UsedUp: it has.
    """
    with transaction.atomic():
        locking.alone(approval.document)
        if Use.objects.filter(approval=approval).exists():
            raise UsedUp
        taken, _new = ApprovalWithdrawal.objects.get_or_create(
            approval=approval, defaults={"by": by, "why": why}
        )
        journal.write("seal.approval_withdrawn", subject=approval.document, actor=by)
    return taken


def of(document: str) -> list[Approval]:
    """The approvals of a document that stand, in the order in which they were given; seals of units first."""
    return list(Approval.objects.filter(document=document, withdrawal=None).order_by("at", "kind", "id"))
