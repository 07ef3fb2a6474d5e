"""The end of a certificate before its time 撤销证书: told as news of the seal that it belongs to."""

from __future__ import annotations

from django.db import transaction

from yizhan import journal
from yizhan.keys import authority
from yizhan.keys.models import Certificate
from yizhan.keys.revoking import Reason
from yizhan.seals.models import Seal


def revoke(certificate: Certificate, *, by: str, because: str, reason: Reason) -> None:
    """Revoke it, as :func:`yizhan.keys.authority.revoke` does, and write the news of it.

    Raises:
        yizhan.keys.faults.Refused, yizhan.keys.faults.NoAuthority: see there.
    """
    with transaction.atomic():
        authority.revoke(certificate, by=by, because=because, reason=reason)
        journal.write(
            "certificate.revoked", subject=subject_of(certificate), actor=by, serial=certificate.serial
        )


def subject_of(certificate: Certificate) -> str:
    """How the journal calls whom a certificate is for: a seal by its key, anybody else as the certificate does."""
    seal = Seal.held_by(certificate.holder)
    return seal.key if seal is not None else certificate.holder
