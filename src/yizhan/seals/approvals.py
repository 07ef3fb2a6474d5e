"""Approving that a seal is used 用印批准: for one document, by its digest, once."""

from __future__ import annotations

from django.db import connection, transaction

from yizhan import journal
from yizhan.identity.models import Appointment
from yizhan.records.models import Paper
from yizhan.seals import locking
from yizhan.seals.faults import ApprovedOtherwise, SignedByAnother, UsedUp
from yizhan.seals.models import Approval, ApprovalWithdrawal, Seal, Use


def give(paper: Paper, *, unit: str, kind: str, by: str, why: str) -> Approval:
    """Let a unit's seal come on a paper, as it is issued; in the transaction that issues it.

    Args:
        paper: what is sealed; the approval is for what it says and nothing else.
        unit: the code of the unit whose seal it is.
        kind: which of its seals.
        by: who approves, as the journal names them.
        why: what makes them do so: the step, the decision.

    Raises:
        ApprovedOtherwise: see there.
    """
    return give_for(paper.key, paper.digest, unit=unit, kind=kind, by=by, why=why, called=str(paper))


def sign(paper: Paper, *, whose: Appointment, by: str, why: str) -> Approval:
    """Let a person's signature stamp come on a paper, as it is issued: her own word, or of whom she lets act.

    Args:
        paper: what is signed; the approval is for what it says and nothing else.
        whose: the person in the post in which she signs.
        by: who approves, as the journal names them; ``why`` what makes them do so.

    Raises:
        SignedByAnother, ApprovedOtherwise: see there.
    """
    return give_for(
        paper.key, paper.digest, unit=whose.post.unit_id, kind=Seal.Kind.SIGNATURE, by=by, why=why,
        called=str(paper), whose=whose,
    )  # fmt: skip


def give_for(
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
    """The same for any document: its key, the SHA-256 of what is approved, its title and number.

    Given twice, the first one stands.

    Raises:
        ApprovedOtherwise: see there.
    """
    made = Approval(
        document=document,
        called=called[:330],
        digest=digest,
        unit=unit,
        kind=kind,
        by=by,
        why=why[:400],
        appointment=whose,
    )
    if not _entered(made):
        known = Approval.objects.get(document=document, unit=unit, kind=kind)
        is_hers = known.appointment_id == made.appointment_id
        if known.appointment is not None and not is_hers:
            raise SignedByAnother(known.appointment.account.name)
        if known.digest != digest or not is_hers:
            raise ApprovedOtherwise
        return known
    journal.write("seal.approved", subject=document, actor=by, unit=unit, seal_kind=kind, digest=digest)
    return made


def _entered(approval: Approval) -> bool:
    """Whether it is the first for its document; in one statement, since every paper of a case has one."""
    names = [field.attname for field in Approval._meta.concrete_fields]
    values = [getattr(approval, name) for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into seals_approval ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})"  # noqa: S608
            " on conflict do nothing",
            values,
        )
        return bool(cursor.rowcount)


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
