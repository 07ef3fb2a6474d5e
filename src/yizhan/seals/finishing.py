"""Finishing a paper 成文用印: set, sealed with every seal that was approved, and kept; in one transaction.

Where the worker is stopped in between nothing is there, and the next try does it all: the pages are the same, and an
approval is used up only together with the file that came of it.
"""

from __future__ import annotations

import hashlib

from django.db import transaction

from yizhan import clock, journal
from yizhan.keys import authority, signing, timestamps
from yizhan.keys.algorithms import Family
from yizhan.records import numbering, originals, typesetting
from yizhan.records.models import Original, Paper
from yizhan.seals import approvals, holding, locking
from yizhan.seals.faults import NoSeal, NotApproved, OtherBytes
from yizhan.seals.models import Approval, Seal, Use
from yizhan.seals.stamps import Place, Stamp


def finish(paper: Paper) -> Original:
    """The file of a paper, made when it is not there yet.

    A paper that will be undone (:func:`yizhan.records.numbering.apart`) is set and bears no seal: a seal is never used
    on what does not stay.

    Raises:
        NotApproved: nobody let a seal come on it.
        OtherBytes: what was approved is not what the paper says.
        NoSeal: a unit has no seal in use.
        yizhan.records.typesetting.TypesettingFailed, yizhan.records.fonts.FontsMissing: it cannot be set.
    """
    known = Original.objects.filter(paper=paper).first()
    if known is not None:
        return known
    pages = originals.typeset(paper)
    if numbering.mark():
        return originals.complete(paper, pages)
    with transaction.atomic():
        locking.alone(paper.key)
        wanted = approvals.of(paper.key)
        if not wanted:
            raise NotApproved
        seals = [_seal_for(approval, paper) for approval in wanted]
        places = _places(paper, len(wanted))
        content = pages
        for number, (approval, seal) in enumerate(zip(wanted, seals, strict=True), start=1):
            content = _sealed(
                content, approval, seal, place=places[number - 1], why=str(paper), last=number == len(wanted)
            )
        return originals.complete(paper, content)


def _seal_for(approval: Approval, paper: Paper) -> Seal:
    if approval.digest != paper.digest:
        raise OtherBytes
    return holding.in_use(approval.unit, approval.kind)


def _places(paper: Paper, wanted: int) -> list[Place | None]:
    """Where the page foresees seals; what it foresees no place for is signed and not seen."""
    found = typesetting.house().places(originals.pages_of(paper))
    places: list[Place | None] = [Place(one.page, one.x_mm, one.y_mm) for one in found[:wanted]]
    return places + [None] * (wanted - len(places))


def _sealed(
    content: bytes, approval: Approval, seal: Seal, *, place: Place | None, why: str, last: bool
) -> bytes:
    """One seal on the content, and the row of its use."""
    from yizhan.seals import sealing, vouching  # noqa: PLC0415 (pyHanko is loaded where something is sealed)

    at = clock.now()
    certificate = authority.current(seal.key, Family.CLASSIC)
    if certificate is None:
        raise NoSeal(seal.unit, seal.kind)
    stamp = Stamp(signing.signer(certificate), seal.drawing, str(seal), why)
    sealed = sealing.seal(
        content,
        stamp,
        place=place,
        at=at,
        trust=vouching.trust(Family.CLASSIC),
        stamps_time=timestamps.stamper(Family.CLASSIC).token,
        last=last,
    )
    Use.objects.create(
        approval=approval,
        seal=seal,
        serials=[certificate.serial],
        at=at,
        before=hashlib.sha256(content).hexdigest(),
        after=hashlib.sha256(sealed).hexdigest(),
    )
    journal.write(
        "seal.used", subject=approval.document, actor=approval.by, seal=str(seal.pk), unit=seal.unit
    )
    return sealed
