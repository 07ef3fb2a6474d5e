"""The district's authority founded again 重建证书认证: by whoever runs the house, and never by itself.

An issuing certificate that was revoked takes everything below it along; whoever revoked it decides when there is another.
Seals stay what they are: with their next use they get a certificate of the new issuer's, with a key of its own.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import transaction

from yizhan import journal
from yizhan.journal import outbox
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate
from yizhan.seals.faults import CannotSeal, NoSeal


class Again(NamedTuple):
    """Which roots were withdrawn, and which certificates were made."""

    withdrawn: list[Certificate]
    made: list[Certificate]


@transaction.atomic
def again(*, by: str, withdrawing_because: str = "") -> Again:
    """Make what is missing of the authority; what waits for it is sealed at once.

    Args:
        by: who does it, as the journal names them.
        withdrawing_because: why its roots are trusted no more; then all is made anew, with new keys.

    Raises:
        yizhan.keys.faults.Unavailable: the token does not answer.
        yizhan.keys.faults.Unopenable: this installation has no secret for its keys.
    """
    withdrawn: list[Certificate] = []
    organisation = authority.organisation()
    if withdrawing_because:
        for family in Family:
            withdrawn += authority.withdraw(family, by=by, because=withdrawing_because)
    made = authority.found(organisation=organisation) if organisation else []
    for one in withdrawn:
        journal.write("certificate.revoked", subject=one.holder, actor=by, serial=one.serial)
    for one in made:
        journal.write("certificate.issued", subject=one.holder, actor=by, serial=one.serial)
    if made:
        for fault in (CannotSeal, NoSeal):
            outbox.hasten(fault.__name__)
    return Again(withdrawn, made)
