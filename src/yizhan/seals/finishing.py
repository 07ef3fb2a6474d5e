"""Finishing a paper 成文用印: set, sealed with every seal that was approved, and kept; in one transaction.

Where the worker is stopped in between nothing is there, and the next try does it all: the pages are the same, and an
approval is used up only together with the file that came of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from yizhan import clock, journal
from yizhan.keys import signing, timestamps
from yizhan.keys.algorithms import Family
from yizhan.keys.faults import KeysFault
from yizhan.records import numbering, originals
from yizhan.records.models import Original, Paper
from yizhan.records.sheets import SealPlace
from yizhan.seals import approvals, holding, locking
from yizhan.seals.faults import CannotSeal, NotApproved, OtherBytes
from yizhan.seals.models import Approval, Seal, Use
from yizhan.seals.stamps import Place, Stamp


def finish(paper: Paper) -> Original:
    """The file of a paper, made when it is not there yet.

    A paper that will be undone (:func:`yizhan.records.numbering.apart`) is set and bears no seal: a seal is never used
    on what does not stay.

    Raises:
        NotApproved: nobody let a seal come on it.
        OtherBytes: what was approved is not what the paper says.
        NoSeal: a unit has no seal in use, or its certificate holds no more.
        CannotSeal: keys or time stamps do not work now.
        yizhan.records.typesetting.TypesettingFailed, yizhan.records.fonts.FontsMissing: it cannot be set.
    """
    known = Original.objects.filter(paper=paper).first()
    if known is not None:
        return known
    pages, foreseen = originals.typeset_with_places(paper)
    if numbering.mark():
        return originals.complete(paper, pages)
    with transaction.atomic():
        locking.alone(paper.key)
        wanted = approvals.of(paper.key)
        if not wanted:
            raise NotApproved
        chosen = [(approval, _seal_for(approval, paper)) for approval in wanted]
        places = _places(foreseen, wanted)
        try:
            content = _sealed(pages, chosen, places, why=str(paper))
        except KeysFault as fault:
            raise CannotSeal(str(fault)) from fault
        return originals.complete(paper, content)


def _seal_for(approval: Approval, paper: Paper) -> Seal:
    if approval.digest != paper.digest:
        raise OtherBytes
    return holding.in_use(approval.unit, approval.kind, approval.appointment_id)


def _places(foreseen: Sequence[SealPlace], wanted: Sequence[Approval]) -> list[Place | None]:
    """Where the page foresees seals and stamps; what it foresees no place for is signed and not seen."""
    stamps = iter([one for one in foreseen if one.kind == "stamp"])
    seals = iter([one for one in foreseen if one.kind == "seal"])
    found = [next(stamps if one.kind == Seal.Kind.SIGNATURE else seals, None) for one in wanted]
    return [Place(one.page, one.x_mm, one.y_mm, one.size_mm) if one else None for one in found]


def _sealed(
    pages: bytes, chosen: Sequence[tuple[Approval, Seal]], places: Sequence[Place | None], *, why: str
) -> bytes:
    """All seals on the pages, once with every family of algorithms that the district seals with, and their uses.

    What the first family puts on is seen; the others sign the same beside it.
    """
    from yizhan.seals import sealing, vouching  # noqa: PLC0415 (pyHanko is loaded where something is sealed)

    content, at = pages, clock.now()
    serials: list[dict[str, str]] = [{} for _one in chosen]
    for turn, family in enumerate(map(Family, settings.SEAL_FAMILIES)):
        trust, stamper = vouching.trust(family), timestamps.stamper(family)
        for number, (_approval, seal) in enumerate(chosen):
            certificate = holding.certificate_of(seal, family)
            serials[number][certificate.serial] = hashlib.sha256(content).hexdigest()
            content = sealing.seal(
                content,
                Stamp(signing.signer(certificate), seal.drawing, str(seal), why),
                place=places[number] if turn == 0 else None,
                at=at,
                trust=trust,
                stamps_time=stamper.token,
                last=number == len(chosen) - 1,
            )
    after = hashlib.sha256(content).hexdigest()
    for (approval, seal), signed in zip(chosen, serials, strict=True):
        Use.objects.create(approval=approval, seal=seal, serials=signed, at=at, after=after)
        told = {"seal": str(seal.pk), "unit": seal.unit}
        journal.write("seal.used", subject=approval.document, actor=approval.by, **told)
    return content
